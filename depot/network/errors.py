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


class FileNotSigned(DepotError):
    """A file that is no transfer, or in which a letter was changed since it was signed."""

    code = "file_not_signed"
    template = N_("That is no transfer, or it was changed on the way. Nothing was taken from it.")


class PartsMissing(DepotError):
    code = "parts_missing"
    template = N_("Of %(count)s codes these are missing: %(numbers)s. Scan them too.")


class OtherParts(DepotError):
    code = "other_parts"
    template = N_("These codes are of more than one transfer. Scan those of one.")


class SenderUnknown(DepotError):
    """A transfer of a depot whose key nobody here has accepted, or for another depot."""

    code = "sender_unknown"
    template = N_("The file is signed with the key %(fingerprint)s, which nobody here accepted.")


class FileForOthers(DepotError):
    code = "file_for_others"
    template = N_("This transfer is for another depot.")


class ChainBroken(DepotError):
    """A file does not continue the chain of seals that files before it told of."""

    code = "chain_broken"
    template = N_(
        "The book of %(name)s does not go on from what an earlier file said: entry %(seq)s has"
        " another seal now. Ask them before you take it."
    )
