"""The series of pictures against every move of the depot, added up in plain Python."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import product
from random import Random

import pytest
from sqlalchemy import text

from depot.base.clock import local_day, utc_now
from depot.pictures.queries import (
    ages,
    fill_of_places,
    find_category,
    find_donor,
    find_item,
    find_place,
    given_by_day,
    item_series,
    weight_series,
)
from depot.pictures.weeks import told_weeks, week_points, weeks_until
from tests.book import Book, Goods
from tests.builders import World
from tests.plans import growing_reads, note_statements

MILLIGRAMS = {"Beans": 400_000, "Oats": 500_500, "Rye bread": 1000}
INSIDE = ("storage", "crate", "quarantine", "transit")
_MOVES = """
    SELECT entry.occurred_on, item.name, move.quantity, source.kind, target.kind, entry.partner_id,
           entry.kind, (SELECT count(*) FROM stock_entry u WHERE u.reverses_id = entry.id)
    FROM stock_move AS move
    JOIN stock_entry AS entry ON entry.id = move.entry_id
    JOIN item ON item.id = move.item_id
    JOIN location AS source ON source.id = move.source_id
    JOIN location AS target ON target.id = move.target_id
    WHERE entry.depot_id = :depot
"""


class Story:
    """A year and a half of one depot: it gets, gives, loses, cooks, and undoes some of it."""

    def __init__(self, world: World) -> None:
        self.world, self.book, self.random = world, Book(world.ada), Random(20261128)
        self.today = local_day(utc_now(), world.north.time_zone)
        goods = self.book.goods
        self.beans = goods("Beans", "Tins and jars", milligrams=400_000)
        self.oats = goods("Oats", "Tins and jars", milligrams=500_500)
        self.bread = goods("Rye bread", "Bread", unit="gram")
        self.donors = [self.book.donor("Kestrel Bakery"), self.book.donor("Corner shop")]
        for weeks in range(75, -1, -3):
            self._a_week(utc_now() - timedelta(weeks=weeks, hours=1))

    def _a_week(self, at: datetime) -> None:
        goods: Goods = self.random.choice((self.beans, self.oats, self.bread))
        amount = self.random.randint(10, 90)
        given = self.book.move(
            "receipt",
            goods,
            amount,
            "supplier",
            "here",
            at,
            source_kind="donation",
            partner_id=self.random.choice(self.donors),
        )
        if self.random.random() < 0.2:
            self.book.undo(given, at)
            return
        self.book.went_out(goods, amount // 3, at)
        self.book.move("write_off", goods, 2, "here", "loss", at, reason="expired")
        self.book.move("production", goods, 1, "production", "here", at)

    def moves(self) -> Iterable[tuple[date, str, int, str, str, int | None, str, int]]:
        """Every move, with the day on which it happened."""
        rows = self.world.session.execute(text(_MOVES), {"depot": self.world.north.id})
        for day, *rest in rows:
            yield (date.fromisoformat(day), *rest)

    def sums(
        self, weeks: Iterable[date]
    ) -> tuple[
        defaultdict[tuple[str, date], int],
        defaultdict[tuple[str, date, str], int],
        defaultdict[tuple[int | None, date], int],
    ]:
        """Stock at the end of each week by item, flows by item, gifts by donor in milligrams."""
        closing: defaultdict[tuple[str, date], int] = defaultdict(int)
        flows: defaultdict[tuple[str, date, str], int] = defaultdict(int)
        given: defaultdict[tuple[int | None, date], int] = defaultdict(int)
        moves = list(self.moves())
        for first, move in product(weeks, moves):
            day, name, quantity, source, target, partner, kind, undone = move
            if day >= first + timedelta(days=7):
                continue
            closing[name, first] += quantity * ((target in INSIDE) - (source in INSIDE))
            if day < first:
                continue
            for place, flow in (("supplier", "in"), ("recipient", "out"), ("loss", "lost")):
                sign = (source == place) - (target == place)
                flows[name, first, flow] += sign * quantity * (1 if flow == "in" else -1)
            if kind == "receipt" and not undone:
                given[partner, first] += quantity * MILLIGRAMS[name]
        return closing, flows, given


@pytest.fixture
def story(world: World) -> Story:
    return Story(world)


def test_every_series_is_what_the_moves_say(story: Story) -> None:
    session, depot = story.world.session, story.world.north
    weeks = weeks_until(story.today, depot.week_start)
    closing, flows, given = story.sums(weeks)
    for goods, name in ((story.beans, "Beans"), (story.oats, "Oats"), (story.bread, "Rye bread")):
        series = item_series(session, depot.id, goods.item_id, weeks[0])
        for point in week_points(series.now, series.flows, weeks):
            assert point.closing == closing[name, point.first]
            told = point.sourced, point.handed_out, point.lost
            assert told == tuple(flows[name, point.first, one] for one in ("in", "out", "lost"))
    whole = weight_series(session, depot.id, weeks[0])
    for point in week_points(whole.now, whole.flows, weeks):
        assert point.closing == sum(closing[n, point.first] * w for n, w in MILLIGRAMS.items())
        out = sum(flows[n, point.first, "out"] * w for n, w in MILLIGRAMS.items())
        assert point.handed_out == out
    for partner in story.donors:
        found = given_by_day(session, depot, partner, weeks[0])
        points = week_points(0, found, weeks)
        assert [one.sourced for one in points] == [given[partner, first] for first in weeks]


def test_categories_add_up_to_the_depot_and_ages_to_what_is_here(story: Story) -> None:
    session, depot = story.world.session, story.world.north
    first = weeks_until(story.today, depot.week_start)[0]
    whole = weight_series(session, depot.id, first)
    rows = session.execute(text("SELECT id FROM category WHERE depot_id = :d"), {"d": depot.id})
    parts = [weight_series(session, depot.id, first, row[0]) for row in rows]
    assert sum(part.now for part in parts) == whole.now > 0
    for key, milligrams in whole.flows.items():
        assert sum(part.flows.get(key, 0) for part in parts) == milligrams
    assert sum(ages(session, depot.id, story.today).values()) == whole.now
    filled = sum(place.grams for place in fill_of_places(session, depot.id))
    assert abs(filled - whole.now // 1000) < len(fill_of_places(session, depot.id)) + 1


def test_an_outsider_finds_and_sees_nothing_of_it(story: Story) -> None:
    session, south = story.world.session, story.world.cleo.depot
    assert find_item(session, south.id, story.beans.item_id) is None
    assert find_donor(session, south.id, story.donors[0]) is None
    assert find_place(session, south.id, story.book.places["here"].id) is None
    category = session.execute(
        text("SELECT category_id FROM item WHERE id = :i"), {"i": story.beans.item_id}
    ).scalar_one()
    assert find_category(session, south.id, category) is None
    first = story.today - timedelta(days=400)
    assert item_series(session, south.id, story.beans.item_id, first).flows == {}
    assert given_by_day(session, south, story.donors[0], first) == {}


def test_a_picture_reads_its_item_and_its_donor_and_not_the_depot(story: Story) -> None:
    session, depot = story.world.session, story.world.north
    engine = session.get_bind().engine
    if engine.dialect.name != "sqlite":
        pytest.skip("with so few rows PostgreSQL reads whole tables")
    first = story.today - timedelta(days=370)
    with note_statements(engine) as seen:
        item_series(session, depot.id, story.beans.item_id, first)
        given_by_day(session, depot, story.donors[0], first)
    plans = [growing_reads(session.connection(), asked) for asked in seen.values()]
    assert plans == [[] for _plan in plans]


def test_there_are_no_more_points_than_weeks_and_none_before_the_depot_began() -> None:
    weeks = weeks_until(date(2026, 11, 28), 1)
    assert (len(weeks), weeks[-1]) == (53, date(2026, 11, 23))
    flows = {(date(2026, 9, 2), "sourced"): 70, (date(2026, 10, 1), "handed_out"): -20}
    told = told_weeks(50, flows, weeks)
    assert told[0].first == date(2026, 8, 31)
    assert [one.closing for one in told][-1] == 50
    assert len(told_weeks(0, {}, weeks)) == 8
