"""Recalls: goods are called back, people are told, and one day it is closed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select, update

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid, NotFound
from depot.base.kinds import ContactKind, ToldWay
from depot.base.text import N_
from depot.kernel.answers import Answer, SavedId
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.kernel.second.needed import need_second
from depot.ledger.past.making import MADE, lots_made_of
from depot.mail.commands.queue import Letter, queue_mail
from depot.models import (
    DistributionEvent,
    HeldLot,
    Membership,
    Partner,
    Person,
    Recall,
    RecallNotice,
)
from depot.safety.commands.holds import HeldBy, PlaceHold, book_hold
from depot.safety.errors import RecallClosed
from depot.safety.lifting import told_of_hold


@dataclass(frozen=True, slots=True, kw_only=True)
class StartRecall:
    """Call goods back: what fits all that is named, and what was made of it."""

    command_id: UUID
    name: str
    by: HeldBy = field(default_factory=HeldBy)


@dataclass(frozen=True, slots=True, kw_only=True)
class StartedRecall(Answer):
    """The recall, its hold, and how much of it is here, in base units of whatever it is."""

    id: int
    hold_id: int
    lots: int
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TellOfRecall:
    """Somebody was told, or is told by the mail that goes with this."""

    command_id: UUID
    way: ToldWay
    recall_id: int = 0
    kind: ContactKind = "other"
    #: The partner, event or person; 0: whoever bears the name.
    contact_id: int = 0
    name: str = ""
    language: str = ""
    note: str = ""
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseRecall:
    """All is found that will be, and all are told. What it held stays held."""

    command_id: UUID
    recall_id: int = 0
    note: str = ""


def start_recall(
    command: StartRecall, actor: Actor, clock: Clock = utc_now
) -> Outcome[StartedRecall]:
    """Call goods back and hold them. Raises as `place_hold`, and Invalid without a name."""
    return run_once(command, actor, clock, _start, StartedRecall)


def tell_of_recall(
    command: TellOfRecall, letter: Letter | None, actor: Actor, clock: Clock = utc_now
) -> Outcome[SavedId]:
    """Write down who was told; `letter` is mailed, which only a coordinator does.

    Raises Forbidden, NotFound, Invalid for nobody, and as `queue_mail` does.
    """
    if command.way == "mail":
        need_coordinator(actor)
    return run_once(command, actor, clock, lambda asked, work: _tell(asked, letter, work), SavedId)


def close_recall(command: CloseRecall, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedId]:
    """Close a recall; its hold stays. Raises Forbidden, NotFound, RecallClosed."""
    need_coordinator(actor)
    return run_once(command, actor, clock, _close, SavedId)


def _start(command: StartRecall, work: Work) -> StartedRecall:
    if not command.name.strip():
        raise Invalid(field="name", problem=N_("Give it a name: what is called back, and why."))
    asked = PlaceHold(command_id=command.command_id, reason=command.name, by=command.by)
    held = book_hold(asked, work)
    _hold_what_was_made(work, held.id)
    recall_id: int = work.session.execute(
        insert(Recall)
        .values(
            depot_id=work.depot_id,
            name=command.name,
            hold_id=held.id,
            made_at=work.recorded_at,
            person_id=work.actor.person_id,
            token_id=work.actor.token_id,
        )
        .returning(Recall.id)
    ).scalar_one()
    return StartedRecall(id=recall_id, hold_id=held.id, lots=held.lots, quantity=held.quantity)


def _hold_what_was_made(work: Work, hold_id: int) -> None:
    """Hold as well what was made of the lots, and of that, and so on (a statement a step)."""
    held = select(HeldLot.lot_id).where(
        HeldLot.depot_id == work.depot_id, HeldLot.hold_id == hold_id
    )
    step = lots_made_of(held).where(MADE.id.not_in(held))
    while made := work.session.scalars(step).all():
        rows = [{"hold_id": hold_id, "lot_id": one, "depot_id": work.depot_id} for one in made]
        work.session.execute(insert(HeldLot), rows)


def _tell(command: TellOfRecall, letter: Letter | None, work: Work) -> SavedId:
    need_recall(work, command.recall_id)
    name = _name_of(work, command)
    if not name:
        raise Invalid(field="name", problem=N_("Say who was told."))
    if letter is not None:
        queue_mail(work, letter.to, letter.subject, letter.text, letter.attachments)
    told: int = work.session.execute(
        insert(RecallNotice)
        .values(
            depot_id=work.depot_id,
            recall_id=command.recall_id,
            kind=command.kind,
            contact_id=command.contact_id,
            name=name,
            way=command.way,
            address=letter.to if letter else "",
            language=command.language,
            note=command.note,
            told_at=work.occurred_at,
            recorded_at=work.recorded_at,
            person_id=work.actor.person_id,
            token_id=work.actor.token_id,
        )
        .returning(RecallNotice.id)
    ).scalar_one()
    return SavedId(id=told)


def _name_of(work: Work, command: TellOfRecall) -> str:
    """Return the name of who was told, as it is now. Raises NotFound for another depot's."""
    number = command.contact_id
    if command.kind == "other" or not number:
        return command.name.strip()
    asked = {
        "event": select(DistributionEvent.name).where(
            DistributionEvent.depot_id == work.depot_id, DistributionEvent.id == number
        ),
        "coordinator": select(Person.name)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.depot_id == work.depot_id, Person.id == number),
    }.get(
        command.kind,
        select(Partner.name).where(Partner.depot_id == work.depot_id, Partner.id == number),
    )
    name = work.session.scalar(asked)
    if name is None:
        raise NotFound(field="contact_id", what=N_("contact"), name=number)
    return name


def _close(command: CloseRecall, work: Work) -> SavedId:
    found = need_recall(work, command.recall_id)
    if found.closed_at is not None:
        raise RecallClosed()
    need_second(work, "recall", told_of_hold(work, found.name, found.hold_id))
    work.session.execute(
        update(Recall)
        .where(Recall.depot_id == work.depot_id, Recall.id == command.recall_id)
        .values(
            closed_at=work.recorded_at,
            closed_by_id=work.actor.person_id,
            closed_program_id=work.actor.token_id,
            close_note=command.note,
        )
        .execution_options(synchronize_session=False)
    )
    return SavedId(id=command.recall_id)


@dataclass(frozen=True, slots=True)
class KnownRecall:
    """A recall as its commands need it."""

    hold_id: int
    name: str
    closed_at: datetime | None


def need_recall(work: Work, recall_id: int) -> KnownRecall:
    """Return a recall of the depot. Raises NotFound."""
    found = work.session.execute(
        select(Recall.hold_id, Recall.name, Recall.closed_at).where(
            Recall.depot_id == work.depot_id, Recall.id == recall_id
        )
    ).one_or_none()
    if found is None:
        raise NotFound(what=N_("recall"), name=str(recall_id))
    return KnownRecall(*found)
