"""What goes to other depots and what comes from them: the list, one of them, a crate's travels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from depot.base.actors import Actor
from depot.base.kinds import DateKind, Direction, TransferState
from depot.kernel.weights import Total, total_weight, weigh_goods
from depot.models import (
    Crate,
    Depot,
    Item,
    Membership,
    StockEntry,
    Transfer,
    TransferCrate,
    TransferEntry,
    TransferLine,
)
from depot.models.item_names import ITEM_NAME
from labels.symbols import codes

#: Something is still to be done about these.
OPEN: Final[tuple[TransferState, ...]] = ("asked", "sent", "arriving")
#: So many that are over stand on the page; the file has all.
CLOSED_SHOWN: Final = 30


@dataclass(frozen=True, slots=True)
class TransferLineRow:
    """A line of a transfer: what it is by the sender's name, by ours, and what became of it."""

    line: int
    item: str
    item_id: int | None
    own_item: str | None
    unit: str
    lot_code: str
    date_kind: DateKind
    date_text: str
    crate_code: str
    quantity: int
    arrived: int
    damaged: int

    @property
    def outstanding(self) -> int:
        return self.quantity - self.arrived - self.damaged


@dataclass(frozen=True, slots=True)
class TransferCrateRow:
    """A crate that goes along."""

    code: str
    stands_on: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class TransferRow:
    """A transfer as one of the two depots knows it.

    `missing` counts, in lines, what did not come of one that is over.
    """

    id: int
    direction: Direction
    state: TransferState
    other_id: int | None
    other: str
    note: str
    made_at: datetime
    sent_at: datetime | None
    closed_at: datetime | None
    lines: tuple[TransferLineRow, ...]
    asked: tuple[TransferLineRow, ...]
    crates: tuple[TransferCrateRow, ...]
    #: Of what was sent, by its sender's weights.
    total: Total
    #: What both ends call it; it is in its symbol.
    code: str

    @property
    def awaits(self) -> bool:
        """Whether something of it may still be received here."""
        return self.direction == "in" and (self.state in ("sent", "arriving") or bool(self.missing))

    @property
    def is_by_file(self) -> bool:
        """Whether the other depot is on another server."""
        return self.other_id is None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def last_at(self) -> datetime:
        return self.closed_at or self.sent_at or self.made_at

    @property
    def missing(self) -> tuple[TransferLineRow, ...]:
        """What did not come, of one that is over."""
        if self.state != "arrived":
            return ()
        return tuple(line for line in self.lines if line.outstanding)

    @property
    def loose(self) -> tuple[TransferLineRow, ...]:
        """What travels in no crate."""
        return tuple(line for line in self.lines if not line.crate_code)

    def inside(self, code: str) -> tuple[TransferLineRow, ...]:
        """Return what travels in the crate."""
        return tuple(line for line in self.lines if line.crate_code == code)


def listed_transfers(
    session: Session, depot_id: int, closed: int | None = None
) -> list[TransferRow]:
    """Return the transfers, open ones first, the newest first; `closed` is how many of the others.

    Four statements.
    """
    own = select(Transfer).where(Transfer.depot_id == depot_id)
    found = _in_order(session.scalars(own.where(Transfer.state.in_(OPEN))))[::-1]
    is_over = own.where(Transfer.state.not_in(OPEN))
    over = session.scalars(is_over.order_by(Transfer.id.desc()).limit(closed)).all()
    return _rows(session, depot_id, [*found, *over])


def _in_order(found: Iterable[Transfer]) -> list[Transfer]:
    """Put the few open ones in order; a database asked to would look through all there are."""
    return sorted(found, key=lambda transfer: transfer.id)


def transfers_after(session: Session, depot_id: int, after: int, limit: int) -> list[TransferRow]:
    """Return a page of the transfers by number (three statements)."""
    found = session.scalars(
        select(Transfer)
        .where(Transfer.depot_id == depot_id, Transfer.id > after)
        .order_by(Transfer.id)
        .limit(limit)
    ).all()
    return _rows(session, depot_id, found)


def transfer_row(session: Session, depot_id: int, transfer_id: int) -> TransferRow | None:
    """Return a transfer of the depot, or None if it has none with that number."""
    found = session.scalars(
        select(Transfer).where(Transfer.depot_id == depot_id, Transfer.id == transfer_id)
    ).all()
    return next(iter(_rows(session, depot_id, found)), None)


def transfer_by_code(session: Session, depot_id: int, code: str) -> TransferRow | None:
    """Return the transfer that both its depots call so, if this one is an end of it."""
    number = session.scalar(
        select(Transfer.id).where(Transfer.depot_id == depot_id, Transfer.code == code)
    )
    return None if number is None else transfer_row(session, depot_id, number)


def open_transfers(session: Session, depot_id: int, limit: int) -> list[TransferRow]:
    """Return what is on the way to the depot, or asked of it, the oldest first."""
    found = session.scalars(
        select(Transfer).where(
            Transfer.depot_id == depot_id,
            Transfer.state.in_(OPEN),
            (Transfer.direction == "in") & (Transfer.state != "asked")
            | (Transfer.direction == "out") & (Transfer.state == "asked"),
        )
    )
    return _rows(session, depot_id, _in_order(found)[:limit])


def _rows(session: Session, depot_id: int, found: Sequence[Transfer]) -> list[TransferRow]:
    ids = [transfer.id for transfer in found]
    if not ids:
        return []
    lines, asked = _lines(session, depot_id, TransferLine.transfer_id.in_(ids))
    crates: defaultdict[int, list[TransferCrateRow]] = defaultdict(list)
    for row in session.execute(
        select(
            TransferCrate.transfer_id,
            TransferCrate.code,
            TransferCrate.stands_on,
            TransferCrate.is_here,
        )
        .where(TransferCrate.depot_id == depot_id, TransferCrate.transfer_id.in_(ids))
        .order_by(TransferCrate.code)
    ):
        crates[row.transfer_id].append(TransferCrateRow(row.code, row.stands_on, row.is_here))
    return [
        TransferRow(
            transfer.id,
            transfer.direction,
            transfer.state,
            transfer.other_id,
            transfer.other_name,
            transfer.note,
            transfer.made_at,
            transfer.sent_at,
            transfer.closed_at,
            tuple(row for row, _ in lines[transfer.id]),
            tuple(row for row, _ in asked[transfer.id]),
            tuple(crates[transfer.id]),
            total_weight(
                weigh_goods(row.quantity, row.unit, weight, None)
                for row, weight in lines[transfer.id]
            ),
            transfer.code,
        )
        for transfer in found
    ]


_Found = defaultdict[int, list[tuple[TransferLineRow, int | None]]]


def _lines(session: Session, depot_id: int, which: ColumnElement[bool]) -> tuple[_Found, _Found]:
    """Return the lines that were sent and those that were asked for, with weights, by transfer."""
    sent: _Found = defaultdict(list)
    asked: _Found = defaultdict(list)
    rows = session.execute(
        select(TransferLine, ITEM_NAME)
        .outerjoin(
            Item, (Item.id == TransferLine.item_id) & (Item.depot_id == TransferLine.depot_id)
        )
        .where(TransferLine.depot_id == depot_id, which)
        .order_by(TransferLine.line)
    )
    for line, own_item in rows:
        row = TransferLineRow(
            line.line,
            line.item_name,
            line.item_id,
            own_item,
            line.base_unit,
            line.lot_code,
            line.date_kind,
            line.date_text,
            line.crate_code,
            line.quantity,
            line.arrived,
            line.damaged,
        )
        (asked if line.is_asked else sent)[line.transfer_id].append(
            (row, line.unit_weight_milligrams)
        )
    return sent, asked


@dataclass(frozen=True, slots=True)
class Travel:
    """A crate went to another depot, or came from one."""

    transfer_id: int
    direction: Direction
    other: str
    at: datetime
    is_here: bool
    state: TransferState


def crate_travels(session: Session, depot_id: int, code: str) -> list[Travel]:
    """Return where the crate went and came from, the newest first (one statement)."""
    rows = session.execute(
        select(
            Transfer.id,
            Transfer.direction,
            Transfer.other_name,
            func.coalesce(Transfer.closed_at, Transfer.sent_at),
            TransferCrate.is_here,
            Transfer.state,
            Transfer.sent_at,
        )
        .join(
            TransferCrate,
            (TransferCrate.transfer_id == Transfer.id)
            & (TransferCrate.depot_id == Transfer.depot_id),
        )
        .where(
            TransferCrate.depot_id == depot_id,
            TransferCrate.code == code,
            Transfer.state != "undone",
        )
    ).all()
    return [
        Travel(
            row.id,
            row.direction,
            row.other_name,
            row.sent_at if row.direction == "out" else row[3],
            row.is_here,
            row.state,
        )
        for row in sorted(rows, key=lambda row: row.id, reverse=True)
    ]


def transfer_entries(session: Session, depot_id: int, transfer_id: int) -> list[int]:
    """Return the numbers in the book of the entries that are of a transfer, in order."""
    return list(
        session.scalars(
            select(StockEntry.id)
            .join(TransferEntry, TransferEntry.entry_id == StockEntry.id)
            .where(TransferEntry.depot_id == depot_id, TransferEntry.transfer_id == transfer_id)
            .order_by(StockEntry.seq)
        )
    )


def incoming_row(session: Session, depot_id: int, transfer_id: int) -> TransferRow | None:
    """Return a transfer to the depot of which something may still come."""
    row = transfer_row(session, depot_id, transfer_id)
    is_coming = row is not None and row.direction == "in" and row.sent_at is not None
    return row if is_coming and row is not None and row.state != "undone" else None


@dataclass(frozen=True, slots=True)
class OwnDepot:
    """Another depot in which somebody works, and that has what was scanned."""

    id: int
    name: str


def depots_with_crate(session: Session, who: Actor, text: str) -> list[OwnDepot]:
    """Return in which of the person's other depots a crate with that code is in use, by name.

    A depot in which they do not work is not looked at. No statement for what is no code.
    """
    code = codes.normalise_code(text)
    if code is None:
        return []
    return _own_depots(session, who, Crate, Crate.code == code, Crate.state != "retired")


def depots_with_transfer(session: Session, who: Actor, code: str) -> list[OwnDepot]:
    """Return which of the person's other depots is an end of that transfer, by name."""
    return _own_depots(session, who, Transfer, Transfer.code == code)


def _own_depots(
    session: Session, who: Actor, model: Any, *which: ColumnElement[bool]
) -> list[OwnDepot]:
    if who.person_id is None:
        return []
    rows = session.execute(
        select(Depot.id, Depot.name)
        .join(Membership, Membership.depot_id == Depot.id)
        .join(model, model.depot_id == Membership.depot_id)
        .where(
            Membership.person_id == who.person_id,
            Membership.ended_at.is_(None),
            Membership.depot_id != who.depot_id,
            *which,
        )
        .order_by(Depot.name)
    )
    return [OwnDepot(*row) for row in rows]
