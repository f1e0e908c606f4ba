"""Delivering what a phone kept: one command of a batch from JSON to an answer, each by itself.

Which types there are stands in `blueprints/deliveries.py`; the slices that deliver do not know it,
the application hands it to them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from functools import cache, partial
from typing import Any, Final, TypeAlias

from flask import current_app, url_for
from flask_babel import gettext as _
from marshmallow import RAISE, Schema, ValidationError, fields
from sqlalchemy.exc import DBAPIError

from blueprints.frame.asked.telling import tell_others
from blueprints.frame.errors import asked_of, message_of, status_of
from blueprints.frame.fields import WholeNumber
from blueprints.frame.forms import nest, sentences_of, take_stated_time
from blueprints.frame.guards import CONFIRMED, read_confirmed
from blueprints.frame.web import Answer, complete_answer
from blueprints.outbox import clocks
from blueprints.outbox.schemas import MAX_ID
from depot.base.actors import Actor, Asking
from depot.base.errors import DepotError, StorageUnavailable, Unconfirmed, UnknownCrate
from depot.crates.queries.crate_lists import near_crates
from depot.db.database import current_session
from depot.db.transaction import end_read, storage_failure
from depot.kernel.asked.errors import AwaitsSecond
from depot.kernel.once import A, AnyOutcome, Outcome

log = logging.getLogger("depot")
EXTENSION: Final = "deliveries"
#: How much a page's form may hold.
MAX_FIELDS: Final = 2_500
MAX_FIELD_LENGTH: Final = 20_000
MAX_ID_LENGTH: Final = 40
Json = dict[str, Any]
AddressFields: TypeAlias = dict[str, Any]
#: A command of the API or of a page, and the sentence that answers it.
RunCommand: TypeAlias = Callable[[Any, Actor], Outcome[A]]
Translate: TypeAlias = Callable[[Outcome[A]], Answer]


@dataclass(frozen=True, slots=True)
class Delivery:
    """How one type of command is read, done and put into words.

    `names` are the fields that an address names on the page or in the API; `schema` reads the
    others; `run` gets both.
    """

    schema: Callable[[Actor], Schema]
    run: Callable[[Any, Json, Actor], AnyOutcome]
    say: Callable[[Outcome[Any], Json], Answer]
    names: Mapping[str, fields.Field[Any]] = field(default_factory=dict)
    #: Whether the command has a time of its own; an undo has that of what it undoes.
    is_timed: bool = True
    #: Reads `names`; made with the first of them.
    address: Callable[[], Schema] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Have the schema of the names made once, not with each command."""
        made = cache(lambda: Schema.from_dict(dict(self.names))())
        object.__setattr__(self, "address", made)


def always(schema: Callable[[], Schema]) -> Callable[[Actor], Schema]:
    """Return what gives the schema: made with the first command that it reads, for all of them.

    To make one takes longer than to read a command with it, and it keeps nothing of what it reads.
    """
    made = cache(schema)
    return lambda _who: made()


def of_form(schema: type[Schema]) -> Callable[[Actor], Schema]:
    """As `always`, of a schema that reads what a page's form sends."""
    options: dict[str, Any] = {"form": True}
    return always(partial(schema, **options))


def plain(say: Translate[A]) -> Callable[[Outcome[A], AddressFields], Answer]:
    """Return what answers with the sentence, whatever the address named."""
    return lambda outcome, _named: say(outcome)


def id_field() -> WholeNumber:
    """Return what reads an id."""
    return WholeNumber(required=True, most=MAX_ID)


def whole(schema: type[Schema], command: RunCommand[A], say: Translate[A]) -> Delivery:
    """Return the row of a command that names all it needs itself."""
    return Delivery(always(schema), lambda loaded, _named, who: command(loaded, who), plain(say))


def plain_form(schema: type[Schema], command: RunCommand[A], say: Translate[A]) -> Delivery:
    """Return the row of a page whose form says all that its command needs."""
    return Delivery(of_form(schema), lambda form, _named, who: command(form, who), plain(say))


def prepare_nothing(_commands: Sequence[Any], _who: Actor) -> AbstractContextManager[None]:
    """Do nothing ahead."""
    return nullcontext()


@dataclass(frozen=True, slots=True)
class DeliveryTable:
    """What may be delivered: commands by type, and pages' forms by name."""

    commands: Mapping[str, Delivery]
    forms: Mapping[str, Delivery]
    #: What is done once for the commands of a batch, while they are delivered.
    prepare: Callable[[Sequence[Any], Actor], AbstractContextManager[None]] = prepare_nothing


@dataclass(frozen=True, slots=True)
class Batch:
    """What the commands of one batch have in common."""

    #: The phone's clock when it sent them.
    sent_at: datetime | None = None
    #: Who did it, if somebody else delivers it.
    done_by: str = ""


def deliver(sent: Any, batch: Batch, who: Actor, now: datetime) -> Json:
    """Do one command of a batch and answer what became of it, also if it is refused.

    Raises what is no refusal: that the database cannot be used, and bugs.
    """
    told: Json = {"command_id": id_of(sent)}
    try:
        return told | _done(sent, batch, who, now)
    except ValidationError as error:
        found = sentences_of(error)
        sentence = next(iter(found.values()))[0]
        return told | _refused("invalid", sentence, {"errors": found})
    except AwaitsSecond as error:
        tell_others(error)
        return told | _asked_for(error)
    except DepotError as error:
        if status_of(error) >= 500:
            raise
        return told | _refused_by(error, who)


def deliver_alone(sent: Any, batch: Batch, who: Actor, now: datetime) -> Json:
    """As `deliver`, in a transaction of its own; a bug does not hold up the commands behind it.

    Raises StorageUnavailable or DBAPIError, after which the same may be sent again.
    """
    try:
        return deliver(sent, batch, who, now)
    except StorageUnavailable:
        raise
    except Exception as error:
        if isinstance(error, DBAPIError) and storage_failure(error) is not None:
            raise
        return {"command_id": id_of(sent)} | _broken(error)


def id_of(sent: Any) -> str | None:
    """Return the id that a command was sent with, whatever it looks like."""
    found = sent.get("command_id") if isinstance(sent, dict) else None
    return found[:MAX_ID_LENGTH] if isinstance(found, str) else None


def _done(sent: Any, batch: Batch, who: Actor, now: datetime) -> Json:
    if not isinstance(sent, dict):
        raise ValidationError(_("A command is an object."))
    delivery, given = _read(dict(sent), current_app.extensions[EXTENSION])
    confirmed = read_confirmed(given.pop(CONFIRMED, None))
    is_late = clocks.is_late(_instant(given.get("occurred_at")), batch.sent_at, now)
    asking = Asking(confirmed, take_stated_time(given), is_late)
    # what a person wrote down is right whatever the phone's clock says
    happened = None if asking.states_time else _instant(given.get("occurred_at"))
    carried = clocks.carriage(happened, batch.sent_at, now, batch.done_by)
    if not delivery.is_timed:
        given.pop("occurred_at", None)
    named = _named(delivery, given)
    loaded = delivery.schema(who).load(given)
    outcome = delivery.run(loaded, named, replace(who, carriage=carried, asking=asking))
    answer = complete_answer(delivery.say(outcome, named), outcome)
    return {
        "result": "repeated" if outcome.repeated else "posted",
        "message": answer.message,
        "body": outcome.body,
        "href": answer.href,
        "link_text": answer.link_text,
        "urgent": answer.kind == "stop",
    }


def _read(sent: Json, table: DeliveryTable) -> tuple[Delivery, Json]:
    """Return how a command is delivered and its fields; a page's form is flattened to its own."""
    kind = sent.pop("type", None)
    if kind == "form":
        return _read_form(sent, table)
    found = table.commands.get(kind) if isinstance(kind, str) else None
    if found is None:
        raise ValidationError(_("This program does not know what that is."), "type")
    return found, sent


class FormSchema(Schema):
    """A page's own form, kept as typed; `args` is what the page's address names."""

    class Meta:
        unknown = RAISE

    command_id = fields.UUID(required=True)
    occurred_at = fields.Raw(load_default=None, allow_none=True)
    form = fields.String(required=True)
    args = fields.Dict(keys=fields.String(), values=fields.Raw(), load_default=dict)
    fields_ = fields.Dict(
        keys=fields.String(), values=fields.String(), required=True, data_key="fields"
    )


def _read_form(sent: Json, table: DeliveryTable) -> tuple[Delivery, Json]:
    loaded = FormSchema().load(sent)
    found = table.forms.get(loaded["form"])
    if found is None:
        raise ValidationError(_("This program does not know what that is."), "form")
    typed: dict[str, str] = loaded["fields_"]
    if len(typed) > MAX_FIELDS or any(len(text) > MAX_FIELD_LENGTH for text in typed.values()):
        raise ValidationError(_("That is too much for one form."))
    own = {"command_id": str(loaded["command_id"])}
    if loaded["occurred_at"] is not None:
        own["occurred_at"] = loaded["occurred_at"]
    args = {name: value for name, value in loaded["args"].items() if name in found.names}
    return found, nest(typed) | args | own


def _instant(text: Any) -> datetime | None:
    """Return the command's own time; one that cannot be read is refused by its schema."""
    try:
        found = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return found if found.tzinfo else None


def _named(delivery: Delivery, given: Json) -> Json:
    """Take what an address names out of the fields and read it. Raises ValidationError."""
    named = {name: given.pop(name) for name in delivery.names if name in given}
    loaded: Json = delivery.address().load(named)
    return loaded


def _asked_for(error: AwaitsSecond) -> Json:
    """Answer that it is taken, and waits for a second person: the phone need not keep it."""
    return {
        "result": "posted",
        "code": error.code,
        "message": message_of(error),
        "body": {"asked": error.asked_id},
        "href": url_for("agreeing.show", act_id=error.asked_id),
        "link_text": _("What is asked"),
        "urgent": False,
    }


def _refused(code: str, sentence: str, body: Json) -> Json:
    return {"result": "refused", "code": code, "message": sentence, "body": body}


def _refused_by(error: DepotError, who: Actor) -> Json:
    sentence = message_of(error)
    body: Json = {"errors": {error.field or "form": [sentence]}}
    if isinstance(error, Unconfirmed):
        body = {"errors": {}, "questions": [asdict(asked) for asked in asked_of(error)]}
    if isinstance(error, UnknownCrate):
        near = near_crates(current_session(), who.depot_id, str(error.params.get("code", ""))[:80])
        body["near"] = [crate.code for crate in near]
    return _refused(error.code, sentence, body)


def _broken(error: Exception) -> Json:
    end_read()
    log.exception("a command of a batch met a bug", exc_info=error)
    return _refused("internal", _("Something went wrong on our side. Nothing was saved."), {})
