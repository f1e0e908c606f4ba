"""The one place where a named error becomes a status, a code and a sentence."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final

from flask import has_request_context, request

from blueprints.frame.language import current_reader
from depot.base import errors
from depot.conduct import errors as treating
from depot.decisions import errors as deciding
from depot.distribution import errors as handing_out
from depot.kernel.asked import errors as two
from depot.meetings import errors as meeting
from depot.network import errors as between
from depot.partners import errors as asking
from depot.production import errors as making
from depot.rota import errors as together
from depot.safety import errors as recalls
from depot.words.errors import WAYS_OUT, error_words

STATUS: Final[dict[type[errors.DepotError], int]] = {
    errors.NotFound: 404,
    errors.UnknownCrate: 404,
    errors.UnknownItem: 404,
    errors.UnknownCode: 404,
    errors.UnknownCategory: 404,
    errors.UnknownLocation: 404,
    errors.Forbidden: 403,
    errors.SignInFailed: 401,
    errors.LinkExpired: 410,
    errors.TooManyTries: 429,
    errors.WrongCode: 401,
    errors.Invalid: 422,
    errors.NameTaken: 409,
    errors.CodeTaken: 409,
    errors.CommandIdReused: 409,
    errors.OtherPerson: 409,
    errors.OtherDepot: 409,
    errors.CrateRetired: 409,
    errors.CodeInUse: 409,
    errors.CrateNotEmpty: 409,
    errors.CrateInItself: 409,
    errors.PastUseBy: 409,
    errors.OnHold: 409,
    errors.HoldLifted: 409,
    errors.InsufficientStock: 409,
    errors.TareTooHeavy: 422,
    errors.AlreadyReversed: 409,
    errors.NotReversible: 409,
    making.WastedMore: 422,
    making.NotOfTheLine: 422,
    making.NotWhole: 409,
    making.AlreadyTakenApart: 409,
    making.OtherUnit: 422,
    making.NoVariant: 422,
    making.EmptyCategory: 409,
    making.TooLateToFreeze: 409,
    making.AlreadyFrozen: 409,
    making.AlreadyThawed: 409,
    making.FewerHere: 409,
    making.NoDateAfter: 422,
    making.DateOutside: 422,
    making.NothingToTakeApart: 409,
    handing_out.PastForPicking: 409,
    handing_out.NotOnTheList: 409,
    handing_out.NotHereToPick: 409,
    handing_out.OtherUnit: 422,
    recalls.RecallStillOpen: 409,
    recalls.RecallClosed: 409,
    recalls.NotRecalled: 404,
    recalls.LessThere: 409,
    recalls.NothingToHold: 409,
    treating.WordedMeanwhile: 409,
    meeting.NoMeeting: 409,
    deciding.ObjectionsStand: 409,
    deciding.NotYetAsked: 409,
    deciding.ProposalSettled: 409,
    deciding.NotInForce: 409,
    deciding.WordsChanged: 409,
    asking.NotAnAgency: 409,
    asking.RequestSettled: 409,
    asking.NotApproved: 409,
    asking.AlreadyHandedOver: 409,
    asking.TooManyRequests: 429,
    asking.MoreThanFree: 409,
    asking.MoreThanAsked: 422,
    asking.MoreIsOut: 409,
    asking.WrongHandOverCode: 422,
    asking.BadSignature: 422,
    together.ActivityState: 409,
    between.NotLinked: 404,
    between.InvitationCodeWrong: 410,
    between.TransferOver: 409,
    between.NotInTransfer: 422,
    between.OfferGone: 409,
    between.FileNotSigned: 422,
    between.PartsMissing: 422,
    between.OtherParts: 422,
    between.SenderUnknown: 409,
    between.FileForOthers: 409,
    between.ChainBroken: 409,
    two.AwaitsSecond: 202,
    two.AskedOver: 409,
    two.SamePerson: 409,
    two.OnlyAsker: 409,
    two.TiedToAsker: 409,
    two.AskerGone: 409,
    two.OtherGoods: 409,
    two.OtherThanAsked: 409,
    errors.EventState: 409,
    errors.Question: 409,
    errors.Unconfirmed: 409,
    errors.CountSheetClosed: 409,
    errors.CountSheetOpen: 409,
    errors.CountChanged: 409,
    errors.CountersDisagree: 409,
    errors.SameCounter: 409,
    errors.DropOffSettled: 409,
    errors.ImportUndone: 409,
    errors.TooManyDropOffs: 429,
    errors.StorageUnavailable: 503,
    errors.StorageDamaged: 503,
}


def status_of(error: errors.DepotError) -> int:
    """Return the HTTP status of a named error; one not listed is a bug, 500."""
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 500)


def message_of(error: errors.DepotError) -> str:
    """Return the error's sentence in the reader's language; people read what they can do, too."""
    reader, way_out = current_reader(), WAYS_OUT.get(type(error))
    said = error_words(error, reader)
    for_programs = has_request_context() and request.path.startswith("/api/")
    return f"{said} {reader.gettext(way_out)}" if way_out and not for_programs else said


def body_of(error: errors.DepotError) -> dict[str, Any]:
    """Return the API's answer to a named error."""
    sentence = message_of(error)
    found = {error.field: [sentence]} if error.field else {}
    body: dict[str, Any] = {"code": error.code, "message": sentence, "errors": found}
    if isinstance(error, errors.Unconfirmed):
        body["questions"] = [asdict(asked) for asked in asked_of(error)]
    if isinstance(error, two.AwaitsSecond):
        body["asked"] = {"id": error.asked_id, "until": error.until.isoformat()}
    return body


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as people and programs get it; `confirm` sent back says yes to it."""

    confirm: str
    code: str
    field: str | None
    message: str
    #: The other choice in words, taken by sending `confirm` and a "!"; empty: there is none.
    instead: str = ""


def asked_of(error: errors.Unconfirmed) -> list[Asked]:
    """Return the questions of what is not confirmed, in the reader's language."""
    return [
        Asked(key, question.code, question.field, message_of(question), _instead(question))
        for key, question in error.questions.items()
    ]


def _instead(question: errors.Question) -> str:
    """Return the other choice of a question; its parameters are names."""
    return current_reader().gettext(question.instead, **question.params) if question.instead else ""
