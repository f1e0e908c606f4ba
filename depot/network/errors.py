"""What can be wrong between two depots."""

from __future__ import annotations

from depot.base.errors import DepotError
from depot.base.text import N_


class NotLinked(DepotError):
    """A depot that is not in this one's network, or that does not exist: nobody can tell which."""

    code = "not_linked"
    template = N_("This depot does not work with “%(name)s”. Two coordinators can change that.")


class InvitationCodeWrong(DepotError):
    code = "invitation_code_wrong"
    template = N_("That code is not known, was used already or has expired. Ask for a new one.")


class TransferOver(DepotError):
    """What was to be done with a transfer is too late, or too early."""

    code = "transfer_state"
    template = N_("That cannot be done with this transfer any more: %(reason)s")


class NotInTransfer(DepotError):
    code = "not_in_transfer"
    template = N_("“%(name)s” is not in this transfer. What came besides is logged as a donation.")


class OfferGone(DepotError):
    """An offer has ended, or less is left of it than is wanted."""

    code = "offer_gone"
    template = N_("Of %(item)s only %(left)s is left, or the offer has ended.")
