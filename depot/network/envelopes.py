"""What goes with the goods: the same lines at both ends, each with its own depot's rows.

No row points into another depot. The two ends know each other by depot and code.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select, update

from depot.base.errors import NotFound
from depot.base.kinds import DateKind, DatePrecision, Direction, TransferState
from depot.base.text import N_
from depot.kernel.once import Work
from depot.models import (
    Category,
    Item,
    ItemCode,
    Lot,
    Transfer,
    TransferCrate,
    TransferEntry,
    TransferLine,
)
from depot.network.balance import SentGoods
from depot.network.errors import TransferOver
from depot.network.links import Destination, LinkedDepot


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """A line as both ends have it."""

    line: int
    item_name: str
    base_unit: str
    quantity: int
    category: str = ""
    unit_weight_milligrams: int | None = None
    product_codes: str = ""
    lot_code: str = ""
    gtin: str = ""
    date_kind: DateKind = "none"
    date_text: str = ""
    date_precision: DatePrecision = ""
    date_on: date | None = None
    crate_code: str = ""


@dataclass(frozen=True, slots=True)
class PackedCrate:
    """A crate that goes along, the one it stands on, and the number painted on it."""

    code: str
    stands_on: str
    box_number: str = ""


@dataclass(frozen=True, slots=True)
class End:
    """One end of a transfer as a command needs it."""

    id: int
    depot_id: int
    code: str
    other_id: int | None
    peer_id: int | None
    other_name: str
    state: TransferState
    direction: Direction

    @property
    def source(self) -> str:
        """Return which depot it is at the other end, as what was learned of it says."""
        return f"peer {self.peer_id}" if self.other_id is None else f"depot {self.other_id}"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of one end, with that depot's own item and lot."""

    item_id: int | None
    lot_id: int | None
    packed: Packed
    sent: SentGoods


def find_end(work: Work, transfer_id: int, direction: Direction) -> End:
    """Return the depot's own end and lock both, the sender's first. Raises NotFound.

    Whoever undoes meets whoever receives at the sender's row.
    """
    own = _find(work, Transfer.id == transfer_id, work.depot_id, direction)
    if own is None:
        raise NotFound(what=N_("transfer"), name=str(transfer_id))
    ends: dict[Direction, int | None] = {"out": own.other_id, "in": own.other_id}
    ends[direction] = work.depot_id
    for end, depot_id in ends.items():
        if depot_id is not None:
            _find(work, Transfer.code == own.code, depot_id, end, is_locking=True)
    return _find(work, Transfer.id == transfer_id, work.depot_id, direction) or own


def _find(
    work: Work, which: Any, depot_id: int, direction: Direction, *, is_locking: bool = False
) -> End | None:
    asked = select(
        Transfer.id,
        Transfer.depot_id,
        Transfer.code,
        Transfer.other_id,
        Transfer.peer_id,
        Transfer.other_name,
        Transfer.state,
        Transfer.direction,
    ).where(Transfer.depot_id == depot_id, Transfer.direction == direction, which)
    row = work.session.execute(asked.with_for_update() if is_locking else asked).one_or_none()
    return None if row is None else End(*row)


def other_end_id(work: Work, end: End) -> int | None:
    """Return the number of the other end's row; None where it is kept on another server."""
    if end.other_id is None:
        return None
    return work.session.scalar(
        select(Transfer.id).where(Transfer.depot_id == end.other_id, Transfer.code == end.code)
    )


def need_state(end: End, states: Iterable[TransferState], reason: str) -> None:
    """Raise TransferOver with the reason unless the transfer is in one of the states."""
    if end.state not in states:
        raise TransferOver(reason=reason)


def set_state(
    work: Work, end: End, state: TransferState, closed_at: datetime | None = None, **more: Any
) -> None:
    """Say at both ends how far the transfer is."""
    for depot_id in (end.depot_id, end.other_id):
        if depot_id is not None:
            work.session.execute(
                update(Transfer)
                .where(Transfer.depot_id == depot_id, Transfer.code == end.code)
                .values(state=state, closed_at=closed_at, **more)
            )


def add_end(
    work: Work,
    *,
    depot_id: int,
    direction: Direction,
    code: str,
    other_name: str,
    state: TransferState,
    note: str,
    sent_at: datetime | None,
    other_id: int | None = None,
    peer_id: int | None = None,
) -> int:
    """Add one end of a transfer and return its number."""
    made: int = work.session.execute(
        insert(Transfer)
        .values(
            depot_id=depot_id,
            direction=direction,
            code=code,
            other_id=other_id,
            peer_id=peer_id,
            other_name=other_name,
            state=state,
            note=note,
            made_at=work.recorded_at,
            sent_at=sent_at,
        )
        .returning(Transfer.id)
    ).scalar_one()
    return made


def add_lines(
    work: Work,
    depot_id: int,
    transfer_id: int,
    lines: Sequence[Packed],
    own: Sequence[tuple[int | None, int | None]] = (),
    *,
    is_asked: bool = False,
) -> None:
    """Add the lines to one end; `own` are the item and the lot of each there, where it has them."""
    ids = own or [(None, None)] * len(lines)
    rows = [
        asdict(line)
        | {
            "depot_id": depot_id,
            "transfer_id": transfer_id,
            "is_asked": is_asked,
            "item_id": item_id,
            "lot_id": lot_id,
        }
        for line, (item_id, lot_id) in zip(lines, ids, strict=True)
    ]
    if rows:
        work.session.execute(insert(TransferLine), rows)


def add_crates(work: Work, depot_id: int, transfer_id: int, crates: Sequence[PackedCrate]) -> None:
    """Add the crates that go along to one end."""
    rows = [asdict(crate) | {"depot_id": depot_id, "transfer_id": transfer_id} for crate in crates]
    if rows:
        work.session.execute(insert(TransferCrate), rows)


def load_lines(work: Work, depot_id: int, transfer_id: int) -> list[Line]:
    """Return what was sent, line by line, as one end has it (one statement)."""
    rows = work.session.scalars(
        select(TransferLine)
        .where(
            TransferLine.depot_id == depot_id,
            TransferLine.transfer_id == transfer_id,
            ~TransferLine.is_asked,
        )
        .order_by(TransferLine.line)
    )
    return [
        Line(
            row.item_id,
            row.lot_id,
            packed_of(row),
            SentGoods(row.line, row.quantity, row.arrived, row.damaged),
        )
        for row in rows
    ]


def packed_of(row: TransferLine) -> Packed:
    """Return the part of a line that both ends have."""
    return Packed(
        line=row.line,
        item_name=row.item_name,
        base_unit=row.base_unit,
        quantity=row.quantity,
        category=row.category,
        unit_weight_milligrams=row.unit_weight_milligrams,
        product_codes=row.product_codes,
        lot_code=row.lot_code,
        gtin=row.gtin,
        date_kind=row.date_kind,
        date_text=row.date_text,
        date_precision=row.date_precision,
        date_on=row.date_on,
        crate_code=row.crate_code,
    )


@dataclass(frozen=True, slots=True)
class Picked:
    """So much of a lot leaves, in one crate or loose."""

    item_id: int
    lot_id: int
    crate_code: str
    quantity: int


def pack(work: Work, picked: Sequence[Picked]) -> list[Packed]:
    """Write down what each lot is, for a depot that does not know it (two statements)."""
    lots = {
        row.Lot.id: row
        for row in work.session.execute(
            select(Lot, Item, Category.name.label("category"))
            .join(Item, Item.id == Lot.item_id)
            .join(Category, Category.id == Item.category_id)
            .where(Lot.depot_id == work.depot_id, Lot.id.in_({one.lot_id for one in picked}))
        )
    }
    codes = _product_codes(work, {one.item_id for one in picked})
    return [
        _pack(number, one, lots[one.lot_id], codes.get(one.item_id, []))
        for number, one in enumerate(picked, start=1)
    ]


def _pack(number: int, one: Picked, row: Any, codes: Sequence[str]) -> Packed:
    lot, item = row.Lot, row.Item
    return Packed(
        line=number,
        item_name=item.name,
        base_unit=item.base_unit,
        quantity=one.quantity,
        category=row.category,
        unit_weight_milligrams=item.unit_weight_milligrams,
        product_codes=" ".join(sorted(codes)),
        lot_code=lot.lot_code,
        gtin=lot.gtin,
        date_kind=lot.date_kind,
        date_text=lot.date_text,
        date_precision=lot.date_precision,
        date_on=lot.date_on,
        crate_code=one.crate_code,
    )


def _product_codes(work: Work, items: set[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = work.session.execute(
        select(ItemCode.item_id, ItemCode.code).where(
            ItemCode.depot_id == work.depot_id, ItemCode.item_id.in_(items)
        )
    )
    for item_id, code in rows:
        if " " not in code:
            found.setdefault(item_id, []).append(code)
    return found


def add_both(
    work: Work,
    other: Destination,
    code: str,
    state: TransferState,
    note: str,
    sent_at: datetime | None,
    *,
    is_ours: bool = True,
) -> int:
    """Add both ends of a transfer; return the number of this depot's, which sends if `is_ours`.

    The end of a depot on another server is made there, by the file that is sent.
    """
    own: Direction = "out" if is_ours else "in"
    own_id = add_end(
        work,
        depot_id=work.depot_id,
        direction=own,
        code=code,
        other_id=other.other_id,
        peer_id=other.peer_id,
        other_name=other.name,
        state=state,
        note=note,
        sent_at=sent_at,
    )
    if other.other_id is not None:
        add_end(
            work,
            depot_id=other.other_id,
            direction="in" if is_ours else "out",
            code=code,
            other_id=work.depot_id,
            other_name=work.actor.depot.name,
            state=state,
            note=note,
            sent_at=sent_at,
        )
    return own_id


def note_entry(work: Work, entry_id: int | None, transfer_id: int) -> None:
    """Write down that an entry is an end of the transfer."""
    if entry_id is not None:
        work.session.execute(
            insert(TransferEntry).values(
                entry_id=entry_id, depot_id=work.depot_id, transfer_id=transfer_id
            )
        )


def write_asked(work: Work, other: LinkedDepot, lines: Sequence[Packed], note: str) -> int:
    """Write down at both ends what this depot asks another for; return its own end's number."""
    asked = Destination(other.name, other_id=other.id)
    own_id = add_both(work, asked, work.command_id, "asked", note, None, is_ours=False)
    end = find_end(work, own_id, "in")
    theirs = other_end_id(work, end)
    for depot_id, transfer_id in ((work.depot_id, own_id), (other.id, theirs or 0)):
        add_lines(work, depot_id, transfer_id, lines, is_asked=True)
    return own_id
