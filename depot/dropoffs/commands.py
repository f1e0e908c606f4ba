"""Announcing a delivery, confirming it at the door, calling it off; the link for donors."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, TypeAlias
from uuid import UUID

from sqlalchemy import func, insert, select, update

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import DropOffSettled, Invalid, NotFound, TooManyDropOffs
from depot.base.text import N_
from depot.intake.commands.receipts import ReceiveGoods, book_receipt
from depot.intake.receipt_lines import ReceiptLine
from depot.kernel.answers import Answer, Booked, BookedGoods
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.models import DropOff, DropOffLine, DropOffLink

#: Things that one announcement names.
MAX_LINES: Final = 30
MAX_WHAT: Final = 200
#: So many wait at most: a link that was passed on too far fills no database.
MAX_WAITING: Final = 200
#: Nobody plans a delivery further ahead.
_FARTHEST: Final = timedelta(days=366)
_SECRET_BYTES: Final = 9

#: What became of a line: it came as announced, something else came instead, or nothing.
Came: TypeAlias = Literal["yes", "other", "no"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnounceDropOff:
    """Somebody will bring something."""

    command_id: UUID
    donor: str
    expected_at: datetime
    #: One thing each, in the words of who brings it.
    lines: tuple[str, ...]
    note: str = ""
    by_donor: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmDropOff:
    """It is here: what became of each line, and what came, as it is booked."""

    command_id: UUID
    drop_off_id: int = 0
    came: tuple[Came, ...]
    receipt: tuple[ReceiptLine, ...]
    note: str = ""
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallOffDropOff:
    """It does not come."""

    command_id: UUID
    drop_off_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDropOffLink:
    """Donors may announce through a link; a new one ends the one before. Or they may not."""

    command_id: UUID
    is_open: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedDropOff(Answer):
    """A delivery that was announced, and its state."""

    id: int
    donor: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmedDropOff(Booked):
    """What came in with it, a line each."""

    drop_off_id: int
    donor: str
    lines: tuple[BookedGoods, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedDropOffLink(Answer):
    """Whether donors may announce now."""

    is_open: bool


def announce_drop_off(
    command: AnnounceDropOff, actor: Actor, clock: Clock = utc_now
) -> Outcome[SavedDropOff]:
    """Keep what somebody will bring. It is no stock.

    Raises Invalid for no line, too many, or a day that cannot be; TooManyDropOffs.
    """
    return run_once(command, actor, clock, _announce, SavedDropOff)


def confirm_drop_off(
    command: ConfirmDropOff, actor: Actor, clock: Clock = utc_now
) -> Outcome[ConfirmedDropOff]:
    """Book what came as one receipt from the donor, and say what became of each line.

    Raises NotFound, DropOffSettled, Invalid where a line is not answered or nothing came, and what
    `receive_goods` raises.
    """
    return run_once(command, actor, clock, _confirm, ConfirmedDropOff)


def call_off_drop_off(
    command: CallOffDropOff, actor: Actor, clock: Clock = utc_now
) -> Outcome[SavedDropOff]:
    """Say that it does not come. Raises NotFound, DropOffSettled."""
    return run_once(command, actor, clock, _call_off, SavedDropOff)


def open_drop_off_link(
    command: OpenDropOffLink, actor: Actor, clock: Clock = utc_now
) -> Outcome[SavedDropOffLink]:
    """Make a new link for donors, or end it. Raises Forbidden for a volunteer."""
    need_coordinator(actor)
    return run_once(command, actor, clock, _open_link, SavedDropOffLink)


def _announce(command: AnnounceDropOff, work: Work) -> SavedDropOff:
    lines = [line for line in command.lines if line]
    if not 1 <= len(lines) <= MAX_LINES:
        raise Invalid(field="lines", problem=N_("Between 1 and 30 things, one in a line, please."))
    if any(len(line) > MAX_WHAT for line in lines):
        raise Invalid(field="lines", problem=N_("At most 200 letters in a line, please."))
    _check_day(command.expected_at, work)
    _check_room(work)
    drop_off_id = work.session.execute(
        insert(DropOff)
        .values(
            depot_id=work.depot_id,
            donor=command.donor,
            expected_at=command.expected_at,
            note=command.note,
            by_donor=command.by_donor,
            person_id=work.actor.person_id,
            announced_at=work.recorded_at,
            state="announced",
        )
        .returning(DropOff.id)
    ).scalar_one()
    owner = {"depot_id": work.depot_id, "drop_off_id": drop_off_id, "came": ""}
    work.session.execute(
        insert(DropOffLine),
        [owner | {"line": number, "what": what} for number, what in enumerate(lines, start=1)],
    )
    return SavedDropOff(id=drop_off_id, donor=command.donor, state="announced")


def _check_day(expected_at: datetime, work: Work) -> None:
    if expected_at.tzinfo is None:
        raise Invalid(field="expected_at", problem=N_("The time needs its time zone."))
    if not work.recorded_at - timedelta(days=1) <= expected_at <= work.recorded_at + _FARTHEST:
        raise Invalid(field="expected_at", problem=N_("Choose a day from today on, please."))


def _check_room(work: Work) -> None:
    waiting = work.session.scalar(
        select(func.count())
        .select_from(DropOff)
        .where(DropOff.depot_id == work.depot_id, DropOff.state == "announced")
    )
    if (waiting or 0) >= MAX_WAITING:
        raise TooManyDropOffs(count=waiting)


def _load(work: Work, drop_off_id: int) -> DropOff:
    """Return a delivery that is still to come. Raises NotFound, DropOffSettled."""
    found = None
    if 0 < drop_off_id < 2**63:
        found = work.session.scalar(
            select(DropOff)
            .where(DropOff.id == drop_off_id, DropOff.depot_id == work.depot_id)
            .execution_options(populate_existing=True)
        )
    if found is None:
        raise NotFound(what=N_("delivery"), name=str(drop_off_id))
    if found.state != "announced":
        raise DropOffSettled(donor=found.donor)
    return found


def _confirm(command: ConfirmDropOff, work: Work) -> ConfirmedDropOff:
    found = _load(work, command.drop_off_id)
    lines = _lines(work, found.id)
    if len(command.came) != len(lines):
        raise Invalid(field="came", problem=N_("Say of each line whether it came."))
    if not command.receipt:
        raise Invalid(field="receipt", problem=N_("If nothing came, call it off."))
    receipt = ReceiveGoods(
        command_id=command.command_id,
        lines=command.receipt,
        partner=found.donor,
        note=command.note,
        occurred_at=command.occurred_at,
    )
    booked = book_receipt(receipt, work)
    _settle(work, found.id, state="arrived", entry_id=booked.entry_id)
    _answer_lines(work, found.id, dict(zip(lines, command.came, strict=True)))
    return ConfirmedDropOff(
        entry_id=booked.entry_id,
        seq=booked.seq,
        discrepancies=booked.discrepancies,
        drop_off_id=found.id,
        donor=found.donor,
        lines=booked.lines,
    )


def _lines(work: Work, drop_off_id: int) -> Sequence[int]:
    return work.session.scalars(
        select(DropOffLine.line)
        .where(DropOffLine.drop_off_id == drop_off_id)
        .order_by(DropOffLine.line)
    ).all()


def _answer_lines(work: Work, drop_off_id: int, came: Mapping[int, Came]) -> None:
    for line, answer in came.items():
        work.session.execute(
            update(DropOffLine)
            .where(DropOffLine.drop_off_id == drop_off_id, DropOffLine.line == line)
            .values(came=answer)
            .execution_options(synchronize_session=False)
        )


def _settle(work: Work, drop_off_id: int, **values: object) -> None:
    work.session.execute(
        update(DropOff)
        .where(DropOff.id == drop_off_id, DropOff.depot_id == work.depot_id)
        .values(settled_at=work.recorded_at, **values)
        .execution_options(synchronize_session=False)
    )


def _call_off(command: CallOffDropOff, work: Work) -> SavedDropOff:
    found = _load(work, command.drop_off_id)
    _settle(work, found.id, state="called_off")
    return SavedDropOff(id=found.id, donor=found.donor, state="called_off")


def _open_link(command: OpenDropOffLink, work: Work) -> SavedDropOffLink:
    link = work.session.get(DropOffLink, work.depot_id)
    if link is not None:
        work.session.delete(link)
        work.session.flush()
    if command.is_open:
        secret = secrets.token_urlsafe(_SECRET_BYTES)
        work.session.add(DropOffLink(depot_id=work.depot_id, secret=secret))
    return SavedDropOffLink(is_open=command.is_open)
