"""Whatever happens, is written late, counted and undone: the stock is what a paper book says."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count as numbers
from typing import Any
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from depot.base.actors import Actor
from depot.counts.commands.counts import Count, CountLine, book_count
from depot.entries.commands.reversals import ReverseEntry, reverse_entry
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from depot.kernel.goods_lines import GoodsLine
from depot.kernel.once import AnyOutcome
from depot.models import Item, Location, Lot, StockBalance
from depot.people.commands.depots import FoundDepot, found_depot
from depot.stock.commands.take_out import TakeOut, take_out
from depot.stock.commands.transfers import MoveGoods, move_goods
from depot.verify.verify import verify
from tests.builders import NOW, World
from tests.commands.ledger.facts_book import PaperBook
from tests.commands.shelves import put_crate, put_place
from tests.current import db

PLACES = ("Arrivals", "Shelf B2", "7K3M-9QX2")
LOTS = ("2027-01", "2027-06")
ITEM = "Rice"
_serial = numbers()
#: Days of the month on which things happen; they are written at the end of it, in any order.
DAYS = st.integers(1, 8)
SOME = st.integers(1, 9)
places, lots = st.sampled_from(PLACES), st.sampled_from(LOTS)
steps = st.one_of(
    st.tuples(st.just("donate"), DAYS, SOME, lots, places),
    st.tuples(st.just("donate"), DAYS, SOME, lots, places),
    st.tuples(st.just("move"), DAYS, SOME, lots, places, places),
    st.tuples(st.just("move"), DAYS, SOME, lots, places, places),
    st.tuples(st.just("out"), DAYS, SOME, lots, places),
    st.tuples(st.just("count"), DAYS, st.integers(0, 12), st.none() | lots, places),
    st.tuples(st.just("undo"), st.integers(0, 20)),
)


def _now() -> datetime:
    return NOW + timedelta(days=30)


def _at(day: int) -> datetime:
    return NOW + timedelta(days=day)


class Both:
    """The depot and the paper book, told the same."""

    def __init__(self, world: World) -> None:
        slug = f"paper-{next(_serial)}"
        depot = found_depot(FoundDepot(name=slug, slug=slug, time_zone="Europe/Berlin"))
        self.actor = Actor(depot, "coordinator", "console")
        put_place(self.actor, PLACES[1])
        put_crate(self.actor, PLACES[2], state="in_use", now=lambda: NOW)
        self.paper = PaperBook()
        #: What can be undone: the entry, and the number of the writing.
        self.written: list[tuple[int, int]] = []
        #: One of something else, so that there is such an item before it is counted.
        self._receive(0, 1, "2026-12", PLACES[0])
        self.paper.donate(0, 1, "2026-12", PLACES[0])

    def run(self, step: tuple[Any, ...]) -> None:
        what, *args = step
        getattr(self, f"_{what}")(*args)

    def _donate(self, day: int, quantity: int, lot: str, place: str) -> None:
        self.paper.donate(day, quantity, lot, place)
        self._note(self._receive(day, quantity, lot, place))

    def _receive(self, day: int, quantity: int, lot: str, place: str) -> AnyOutcome:
        where: dict[str, Any] = {"crate_code" if place == PLACES[2] else "location": place}
        line = ReceiptLine(item=ITEM, quantity=quantity, date=lot, **where)
        command = ReceiveGoods(
            command_id=uuid4(), source_kind="donation", lines=(line,), occurred_at=_at(day)
        )
        return receive_goods(command, self.actor, _now)

    def _move(self, day: int, quantity: int, lot: str, source: str, target: str) -> None:
        if source == target or lot not in self.paper.lots:
            return
        self.paper.take(day, quantity, lot, source, target)
        line = GoodsLine(lot_id=self._lot(lot), quantity=quantity)
        command = MoveGoods(
            command_id=uuid4(),
            source=source,
            target=target,
            lines=(line,),
            occurred_at=_at(day),
        )
        self._note(move_goods(command, self.actor, _now))

    def _out(self, day: int, quantity: int, lot: str, place: str) -> None:
        if lot not in self.paper.lots:
            return
        self.paper.take(day, quantity, lot, place)
        line = GoodsLine(lot_id=self._lot(lot), quantity=quantity)
        command = TakeOut(
            command_id=uuid4(),
            place=place,
            reason="damaged",
            lines=(line,),
            occurred_at=_at(day),
        )
        self._note(take_out(command, self.actor, _now))

    def _count(self, day: int, quantity: int, lot: str | None, place: str) -> None:
        if lot is not None and lot not in self.paper.lots:
            return
        self.paper.count(day, quantity, lot, place)
        line = CountLine(counted_quantity=quantity, item=ITEM)
        if lot is not None:
            line = CountLine(counted_quantity=quantity, lot_id=self._lot(lot))
        command = Count(command_id=uuid4(), place=place, lines=(line,), occurred_at=_at(day))
        self._note(book_count(command, self.actor, _now))

    def _undo(self, number: int) -> None:
        if not self.written:
            return
        entry_id, written = self.written.pop(number % len(self.written))
        self.paper.undo(written)
        reverse_entry(ReverseEntry(command_id=uuid4(), entry_id=entry_id), self.actor, _now)

    def _note(self, outcome: AnyOutcome) -> None:
        if outcome.entry_id is not None:
            self.written.append((outcome.entry_id, self.paper.written))

    def _lot(self, date: str) -> int:
        found = (
            select(Lot.id)
            .join(Item, Item.id == Lot.item_id)
            .where(Item.name == ITEM, Item.depot_id == self.actor.depot_id)
        )
        return db.session.scalars(found.where(Lot.date_text == date)).one()

    def stock(self) -> dict[tuple[str, str], int]:
        rows = db.session.execute(
            select(Location.name, Lot.date_text, StockBalance.quantity)
            .join(Lot, Lot.id == StockBalance.lot_id)
            .join(Location, Location.id == StockBalance.location_id)
            .join(Item, Item.id == StockBalance.item_id)
            .where(
                Item.name == ITEM,
                Item.depot_id == self.actor.depot_id,
                StockBalance.depot_id == self.actor.depot_id,
            )
        )
        return {(place, lot): quantity for place, lot, quantity in rows}


@settings(
    max_examples=settings.default.max_examples // 2 if settings.default else 50,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(st.lists(steps, min_size=2, max_size=10))
def test_the_stock_is_what_a_paper_book_says(world: World, told: list[tuple[Any, ...]]) -> None:
    both = Both(world)
    for step in told:
        both.run(step)
        assert both.stock() == both.paper.stock()
    assert verify(db.session(), both.actor.depot_id) == ()
