"""What belongs together: lines with lots, items and depot, people with days, crates with places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import Session

from depot.db.few import in_portions
from depot.ledger.sql import table_of
from depot.models import Lot, PeopleCount, StockEntry, StockMove
from depot.verify.book import Chunk, read_rows
from depot.verify.findings import MAX_OF_A_KIND, Findings, Names

#: So many lots are kept in mind before those that come no more are forgotten.
MOST_LOTS: Final = 50_000


def check_links(
    session: Session,
    depot_id: int,
    moves_read: int,
    stands: Mapping[int, int | None],
    names: Names,
    findings: Findings,
) -> None:
    """Check what one statement each can tell, and where crates stand after their last placement."""
    _check_orphans(session, depot_id, moves_read, findings)
    _check_people(session, depot_id, findings)
    for crate_id, parent_id in names.parents.items():
        last = stands.get(crate_id)
        if last != parent_id:
            findings.add(
                "crate",
                f"Crate {names.place(crate_id)} stands at {names.place(parent_id)}, but was last"
                f" put at {names.place(last)}.",
            )


def _check_orphans(session: Session, depot_id: int, moves_read: int, findings: Findings) -> None:
    kept = session.scalars(
        select(func.count()).select_from(StockMove).where(StockMove.depot_id == depot_id)
    ).one()
    if kept != moves_read:
        findings.add(
            "orphan",
            f"The depot has {kept} lines, but {moves_read} belong to its entries.",
        )


def _check_people(session: Session, depot_id: int, findings: Findings) -> None:
    rows = session.execute(
        select(StockEntry.seq, StockEntry.occurred_on, PeopleCount.occurred_on)
        .join(PeopleCount, PeopleCount.entry_id == StockEntry.id)
        .where(
            StockEntry.depot_id == depot_id,
            or_(
                PeopleCount.occurred_on != StockEntry.occurred_on,
                PeopleCount.depot_id != depot_id,
            ),
        )
        .limit(MAX_OF_A_KIND + 1)
    )
    for seq, day, counted_on in rows:
        findings.add("people", f"Entry {seq} is of {day}, its people are counted on {counted_on}.")


class KnownLots:
    """The lots of the depot that the lines being read name, each with its item."""

    def __init__(self, session: Session, depot_id: int, names: Names) -> None:
        #: The item of a lot; nothing for a lot that is none of the depot's, or of no item of its.
        self.items: dict[int, int] = {}
        self._session = session
        self._depot_id = depot_id
        self._names = names

    def learn(self, chunk: Chunk) -> None:
        """Read what is not known yet of the lots that a chunk names; forget others when many."""
        named = {move[4] for moves in chunk.moves.values() for move in moves}
        if len(self.items) > MOST_LOTS:
            self.items = {lot_id: self.items[lot_id] for lot_id in named & self.items.keys()}
        for some in in_portions(named - self.items.keys()):
            for lot_id, item_id in read_rows(
                self._session, _ITEMS_OF_LOTS, depot=self._depot_id, lots=some
            ):
                if item_id in self._names.items:
                    self.items[lot_id] = item_id


_lot = table_of(Lot)
_ITEMS_OF_LOTS: Final = select(_lot.c.id, _lot.c.item_id).where(
    _lot.c.depot_id == bindparam("depot"), _lot.c.id.in_(bindparam("lots", expanding=True))
)
