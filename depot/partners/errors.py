"""What can be wrong with what agencies ask for, are promised and take."""

from __future__ import annotations

from depot.base.errors import DepotError
from depot.base.text import N_


class NotAnAgency(DepotError):
    """A partner that gives goods and does not ask for any."""

    code = "not_an_agency"
    template = N_("%(name)s is not marked as an agency, or is no longer in use.")


class RequestSettled(DepotError):
    """A request that was answered already, or withdrawn."""

    code = "request_settled"
    template = N_("This request was answered or withdrawn already. Nothing in it can be changed.")


class NotApproved(DepotError):
    """Goods are handed over that were not approved, or not any more."""

    code = "not_approved"
    template = N_("This request is not approved, or its hand-out was called off.")


class AlreadyHandedOver(DepotError):
    code = "already_handed_over"
    template = N_("This request was handed over already, by entry %(seq)s. Undo that first.")


class TooManyRequests(DepotError):
    code = "too_many_requests"
    template = N_("%(count)s requests wait for an answer already. Change one of them instead.")


class MoreThanFree(DepotError):
    code = "more_than_free"
    template = N_("%(item)s: %(wanted)s is more than the %(free)s that are free.")


class MoreThanAsked(DepotError):
    code = "more_than_asked"
    template = N_("%(item)s: %(wanted)s is more than the %(asked)s that were asked for.")


class MoreIsOut(DepotError):
    """Less was taken than went out for it already."""

    code = "more_is_out"
    template = N_(
        "%(item)s: %(out)s went out for this already, and %(taken)s was taken. Bring the rest back"
        " first."
    )


class WrongHandOverCode(DepotError):
    code = "wrong_hand_over_code"
    template = N_("That is not the code that stands on the agency’s page.")


class BadSignature(DepotError):
    code = "bad_signature"
    template = N_("The drawing could not be read. Let them sign again, or take their code.")
