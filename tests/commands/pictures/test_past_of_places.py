"""How much lay in a place at each week's end, against a book that this test keeps beside."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from random import Random
from typing import Final
from uuid import uuid4

import pytest
from sqlalchemy import select

from depot.base.clock import local_day
from depot.base.periods import day_begins
from depot.entries.commands.reversals import ReverseEntry, reverse_entry
from depot.items.commands.items import SaveItem, save_item
from depot.models import Location
from depot.pictures.past_of_places import place_series
from depot.pictures.weeks import week_points, weeks_until
from depot.stock.commands.transfers import MoveCrate, move_crate
from tests.builders import NOW, World, clock, receive
from tests.commands.shelves import put_crate, put_place

SHELVES: Final = ("Shelf 1", "Shelf 2")
CODES: Final = ("7K3M-9QX2", "4FJH-22M8", "G4NM-3FQC")
GRAM: Final = 1000


class Told:
    """Crates and loose rice, in the order in which it happened: what lies where, by hand."""

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.random = world, Random(seed)
        self.stands: dict[str, str] = dict.fromkeys(CODES, SHELVES[0])
        self.lies: Counter[str] = Counter()
        item = SaveItem(command_id=uuid4(), name="Rice", category="Other", base_unit="gram")
        save_item(item, world.ada, clock)
        for shelf in SHELVES:
            put_place(world.ada, shelf)
        for code in CODES:
            put_crate(world.ada, code, at=SHELVES[0], now=lambda: NOW - timedelta(weeks=20))

    def act(self, at: datetime) -> None:
        """Have something happen: goods come onto a shelf or into a crate, or a crate is moved."""
        kind = self.random.choice(("loose", "crate", "crate", "move", "move", "pallet"))
        number = self.random.randint(1, 9)
        if kind == "loose":
            place = self.random.choice(SHELVES)
            receive(self.world.ada, number, "Rice", location=place, at=at)
            self.lies[place] += number
            return
        code = self.random.choice(CODES)
        if kind == "crate":
            receive(self.world.ada, number, "Rice", crate_code=code, at=at)
            self.lies[code] += number
            return
        others = [one for one in CODES if not self.is_in(one, code)]
        to = self.random.choice(SHELVES if kind == "move" or not others else others)
        move = MoveCrate(
            command_id=uuid4(), crate_code=code, to=to, knows_empty=True, occurred_at=at
        )
        moved = move_crate(move, self.world.ada, clock)
        if moved.answer.entry_id is not None and self.random.random() < 0.2:
            undo = ReverseEntry(command_id=uuid4(), entry_id=moved.answer.entry_id)
            reverse_entry(undo, self.world.ada, clock)
            return
        self.stands[code] = to

    def is_in(self, one: str | None, place: str) -> bool:
        """Say whether one thing is the other, or stands in it however deep."""
        while one is not None and one != place:
            one = self.stands.get(one)
        return one == place

    def grams(self, place: str) -> int:
        return sum(number for at, number in self.lies.items() if self.is_in(at, place))


@pytest.mark.parametrize("seed", range(4))
def test_a_place_holds_what_came_to_it_with_its_crates(world: World, seed: int) -> None:
    weeks = weeks_until(local_day(NOW, world.north.time_zone), world.north.week_start, 10)
    told = Told(world, seed)
    wanted: dict[str, list[int]] = {shelf: [] for shelf in SHELVES}
    for first in weeks:
        begins = day_begins(first, world.north.time_zone)
        for number in range(3):
            at = begins + timedelta(hours=10 + number * 30)
            if at < NOW:
                told.act(at)
        for shelf in SHELVES:
            wanted[shelf].append(told.grams(shelf) * GRAM)
    ids = select(Location.name, Location.id).where(Location.depot_id == world.north.id)
    by_name = {name: number for name, number in world.session.execute(ids)}
    for shelf in SHELVES:
        series = place_series(world.session, world.north, by_name[shelf], weeks)
        points = week_points(series.now, series.flows, weeks)
        assert [point.closing for point in points] == wanted[shelf]
