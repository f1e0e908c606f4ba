"""Whatever happens, is written late, counted and undone: the stock is what a paper book says."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from itertools import count as numbers
from typing import Any
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from depot.base.actors import Actor
from depot.counts.commands.counts import Count, CountLine, book_count
from depot.entries.commands.reversals import ReverseEntry, reverse_entry
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from depot.kernel.goods_lines import GoodsLine
from depot.kernel.once import AnyOutcome
from depot.models import Item, Location, Lot, StockBalance, StockEntry
from depot.people.commands.depots import FoundDepot, found_depot
from depot.production.commands.production import (
    ProduceGoods,
    ProductionInput,
    ProductionOutput,
    produce_goods,
)
from depot.stock.commands.take_out import TakeOut, take_out
from depot.stock.commands.transfers import MoveCrate, MoveGoods, move_crate, move_goods
from depot.verify.verify import verify
from tests.builders import NOW, World
from tests.commands.ledger.examples import some_examples
from tests.commands.ledger.facts_book import PaperBook
from tests.commands.shelves import put_crate, put_place
from tests.current import db

CRATE, PALLET = "7K3M-9QX2", "4FJH-22M8"
PLACES = ("Arrivals", "Shelf B2", CRATE, PALLET)
LOTS = ("2027-01", "2027-06")
ITEM, SOUP = "Rice", "Soup"
_serial = numbers()
#: Days of the month on which things happen; they are written at the end of it, in any order.
DAYS = st.integers(1, 8)
SOME = st.integers(1, 9)
places, lots = st.sampled_from(PLACES), st.sampled_from(LOTS)
steps = st.one_of(
    st.tuples(st.just("donate"), DAYS, SOME, lots, places),
    st.tuples(st.just("donate"), DAYS, SOME, lots, places),
    st.tuples(st.just("move"), DAYS, SOME, st.none() | lots, places, places),
    st.tuples(st.just("move"), DAYS, SOME, st.none() | lots, places, places),
    st.tuples(st.just("out"), DAYS, SOME, st.none() | lots, places),
    st.tuples(st.just("cook"), DAYS, SOME, st.none() | lots, places, places),
    st.tuples(st.just("put"), DAYS, st.just(CRATE), st.sampled_from((*PLACES[:2], PALLET))),
    st.tuples(st.just("put"), DAYS, st.just(PALLET), st.sampled_from(PLACES[:2])),
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
        for code in (CRATE, PALLET):
            put_crate(self.actor, code, state="in_use", now=lambda: NOW)
        self.paper = PaperBook(PLACES)
        #: What was cooked: how much lies where, by the number of the writing.
        self.soup: dict[int, tuple[str, int]] = {}
        #: What can be undone: the entry, and the number of the writing.
        self.written: list[tuple[int, int]] = []
        #: One of something else, so that there is such an item before it is counted.
        self._receive(0, 1, "2026-12", PLACES[0])
        self.paper.donate(0, 1, "2026-12", PLACES[0])
        self._put(0, CRATE, PLACES[1])

    def run(self, step: tuple[Any, ...]) -> None:
        what, *args = step
        getattr(self, f"_{what}")(*args)

    def _donate(self, day: int, quantity: int, lot: str, place: str) -> None:
        self.paper.donate(day, quantity, lot, place)
        self._note(self._receive(day, quantity, lot, place))

    def _receive(self, day: int, quantity: int, lot: str, place: str) -> AnyOutcome:
        line = ReceiptLine(item=ITEM, quantity=quantity, date=lot, **_where(place))
        command = ReceiveGoods(
            command_id=uuid4(), source_kind="donation", lines=(line,), occurred_at=_at(day)
        )
        return receive_goods(command, self.actor, _now)

    def _move(self, day: int, quantity: int, lot: str | None, source: str, target: str) -> None:
        if source == target or not self._is_known(lot):
            return
        self.paper.take(day, quantity, lot, source, target)
        line = GoodsLine(quantity=quantity, **self._named(lot))
        command = MoveGoods(
            command_id=uuid4(),
            source=source,
            target=target,
            lines=(line,),
            occurred_at=_at(day),
        )
        self._note(move_goods(command, self.actor, _now))

    def _out(self, day: int, quantity: int, lot: str | None, place: str) -> None:
        if not self._is_known(lot):
            return
        self.paper.take(day, quantity, lot, place)
        command = TakeOut(
            command_id=uuid4(),
            place=place,
            reason="damaged",
            lines=(GoodsLine(quantity=quantity, **self._named(lot)),),
            occurred_at=_at(day),
        )
        self._note(take_out(command, self.actor, _now))

    def _cook(self, day: int, quantity: int, lot: str | None, place: str, target: str) -> None:
        if lot is not None and not self._has_free(day, lot):
            return  # a lot of which there is nothing is refused
        self.paper.take(day, quantity, lot, place)
        named = {"item": ITEM} | self._named(lot)
        used = ProductionInput(quantity=quantity, **named, **_where(place))
        command = ProduceGoods(
            command_id=uuid4(),
            inputs=(used,),
            outputs=(ProductionOutput(item=SOUP, quantity=quantity, **_where(target)),),
            occurred_at=_at(day),
        )
        self.soup[self.paper.written] = (target, quantity)
        self._note(produce_goods(command, self.actor, _now))

    def _has_free(self, day: int, lot: str) -> bool:
        return lot in self.paper.lots and any(self.paper.free(day, lot, place) for place in PLACES)

    def _put(self, day: int, crate: str, place: str) -> None:
        if self.paper.put(day, crate, place):
            command = MoveCrate(
                command_id=uuid4(), crate_code=crate, to=place, occurred_at=_at(day)
            )
            self._note(move_crate(command, self.actor, _now))

    def _count(self, day: int, quantity: int, lot: str | None, place: str) -> None:
        if not self._is_known(lot):
            return
        self.paper.count(day, quantity, lot, place)
        line = CountLine(counted_quantity=quantity, **self._named(lot))
        command = Count(command_id=uuid4(), place=place, lines=(line,), occurred_at=_at(day))
        self._note(book_count(command, self.actor, _now))

    def _undo(self, number: int) -> None:
        """Undo something, and on paper what the answer says was undone with it."""
        if not self.written:
            return
        entry_id, written = self.written[number % len(self.written)]
        undo = ReverseEntry(command_id=uuid4(), entry_id=entry_id)
        answer = reverse_entry(undo, self.actor, _now).answer
        numbers = [self._written_as(seq) for seq in answer.with_seqs]
        for one in (*numbers, written):
            self.paper.undo(one)
            self.soup.pop(one, None)
        self.written = [one for one in self.written if one[1] not in (*numbers, written)]

    def _written_as(self, seq: int) -> int:
        own = StockEntry.depot_id == self.actor.depot_id
        found = db.session.scalars(select(StockEntry.id).where(own, StockEntry.seq == seq)).one()
        return dict(self.written)[found]

    def _note(self, outcome: AnyOutcome) -> None:
        if outcome.entry_id is not None:
            self.written.append((outcome.entry_id, self.paper.written))

    def _is_known(self, lot: str | None) -> bool:
        return lot is None or lot in self.paper.lots

    def _named(self, lot: str | None) -> dict[str, Any]:
        return {"item": ITEM} if lot is None else {"lot_id": self._lot(lot)}

    def _lot(self, date: str) -> int:
        found = (
            select(Lot.id)
            .join(Item, Item.id == Lot.item_id)
            .where(Item.name == ITEM, Item.depot_id == self.actor.depot_id)
        )
        return db.session.scalars(found.where(Lot.date_text == date)).one()

    def stock(self, item: str = ITEM) -> dict[tuple[str, str], int]:
        rows = db.session.execute(
            select(Location.name, Lot.date_text, func.sum(StockBalance.quantity))
            .join(Lot, Lot.id == StockBalance.lot_id)
            .join(Location, Location.id == StockBalance.location_id)
            .join(Item, Item.id == StockBalance.item_id)
            .where(
                Item.name == item,
                Item.depot_id == self.actor.depot_id,
                StockBalance.depot_id == self.actor.depot_id,
                StockBalance.quantity != 0,
            )
            .group_by(Location.name, Lot.date_text)
        )
        return {(place, lot): int(quantity) for place, lot, quantity in rows}

    def agree(self) -> None:
        assert self.stock() == self.paper.stock()
        soup: Counter[tuple[str, str]] = Counter()
        for place, quantity in self.soup.values():
            soup[place, ""] += quantity
        assert self.stock(SOUP) == soup
        for code in (CRATE, PALLET):
            assert self.stands(code) == self.paper.stands(code)

    def stands(self, code: str) -> str:
        at = aliased(Location)
        found = (
            select(at.name)
            .join(Location, Location.parent_id == at.id)
            .where(Location.depot_id == self.actor.depot_id, Location.name == code)
        )
        return db.session.scalar(found) or ""


def _where(place: str) -> dict[str, Any]:
    return {"crate_code" if place in (CRATE, PALLET) else "location": place}


def test_the_stock_is_what_a_paper_book_says(world: World) -> None:
    @some_examples(3)
    @given(st.lists(steps, min_size=2, max_size=10))
    def tell(told: list[tuple[Any, ...]]) -> None:
        both = Both(world)
        for step in told:
            both.run(step)
            both.agree()
        assert verify(db.session(), both.actor.depot_id) == ()

    tell()
