"""The weekly report where it is easily wrong: tampering, time zones, first days, year ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from depot.base.actors import Actor, DepotView
from depot.base.errors import DoesNotReconcile
from depot.base.periods import parse_week
from depot.db.transaction import transaction
from depot.models import DayTotal, Depot, PeriodNet, StockBalance
from depot.reports.queries.reports import weekly_report
from depot.reports.sums.figures import Figures
from tests.book import Book, Goods
from tests.builders import World


def noon(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 12, tzinfo=UTC)


def beans_of(world: World, depot: DepotView, name: str) -> Figures:
    report = weekly_report(world.session, depot, parse_week(name, depot.week_start))
    return report.items[0].quantities if report.items else Figures()


def relocated(actor: Actor, time_zone: str, week_start: int = 1) -> Actor:
    """The actor's depot in another time zone, with weeks of its own."""
    with transaction() as session:
        session.execute(
            update(Depot)
            .where(Depot.id == actor.depot_id)
            .values(time_zone=time_zone, week_start=week_start)
        )
    return replace(actor, depot=replace(actor.depot, time_zone=time_zone, week_start=week_start))


@pytest.fixture
def book(world: World) -> Book:
    return Book(world.ada)


@pytest.fixture
def beans(book: Book) -> Goods:
    goods = book.goods("Beans", "Tins and jars", milligrams=400_000)
    for day, quantity in ((2, 50), (12, 7), (17, 10), (25, 3)):
        book.came_in(goods, quantity, noon(11, day))
    book.came_in(goods, 5, noon(9, 1))
    return goods


@pytest.mark.breaks_ledger("a day total is spoiled, so that the report does not add up")
@pytest.mark.parametrize("day", [2, 12, 17, 25], ids=["month", "week before", "week", "after"])
def test_a_tampered_day_is_not_printed(world: World, beans: Goods, day: int) -> None:
    assert beans_of(world, world.north, "2026-W47").sourced == 10
    with transaction() as session:
        session.execute(
            update(DayTotal)
            .where(DayTotal.item_id == beans.item_id, DayTotal.day == date(2026, 11, day))
            .values(quantity=DayTotal.quantity + 1)
        )
    with pytest.raises(DoesNotReconcile, match="Beans"):
        beans_of(world, world.north, "2026-W47")


@pytest.mark.breaks_ledger("a total is spoiled, so that the report does not add up")
@pytest.mark.parametrize(
    "table", [PeriodNet, StockBalance], ids=["the net of a month", "what lies there"]
)
def test_a_tampered_total_is_not_printed(
    world: World, beans: Goods, table: type[PeriodNet] | type[StockBalance]
) -> None:
    statement = update(table).where(table.item_id == beans.item_id)
    if table is PeriodNet:
        statement = statement.where(PeriodNet.period == "2026-09")
    with transaction() as session:
        session.execute(statement.values(quantity=table.quantity + 1))
    with pytest.raises(DoesNotReconcile, match="Beans"):
        beans_of(world, world.north, "2026-W47")


@pytest.mark.breaks_ledger("day totals are spoiled, so that items do not add up")
def test_every_item_that_does_not_add_up_is_named(world: World, book: Book, beans: Goods) -> None:
    tea = book.goods("Tea", "Drinks")
    fine = book.goods("Soap", "Hygiene")
    for goods in (tea, fine):
        book.came_in(goods, 1, noon(11, 17))
    with transaction() as session:
        session.execute(
            update(DayTotal)
            .where(DayTotal.item_id.in_([beans.item_id, tea.item_id]))
            .values(quantity=DayTotal.quantity + 1)
        )
    with pytest.raises(DoesNotReconcile) as refused:
        beans_of(world, world.north, "2026-W47")
    assert refused.value.params["items"] == "Beans, Tea"


@pytest.mark.parametrize(
    ("time_zone", "week", "last_minute"),
    [
        # clocks go back on the Sunday: the week has 169 hours
        ("Europe/Berlin", "2026-W43", "2026-10-25T22:59+00:00"),
        # clocks go forward: 167 hours
        ("Europe/Berlin", "2026-W13", "2026-03-29T21:59+00:00"),
        ("America/New_York", "2026-W44", "2026-11-02T04:59+00:00"),
        ("Pacific/Auckland", "2026-W39", "2026-09-27T10:59+00:00"),
        ("Asia/Kathmandu", "2026-W13", "2026-03-29T18:14+00:00"),
    ],
)
def test_a_week_ends_at_the_depots_midnight_whatever_the_clocks_do(
    world: World, time_zone: str, week: str, last_minute: str
) -> None:
    actor = relocated(world.ada, time_zone)
    book = Book(actor)
    goods = book.goods("Beans", "Tins and jars")
    last = datetime.fromisoformat(last_minute)
    book.came_in(goods, 1, last)
    book.came_in(goods, 10, last.replace(minute=(last.minute + 1) % 60, hour=last.hour + 1))
    assert last.astimezone(ZoneInfo(time_zone)).strftime("%a %H:%M") == "Sun 23:59"
    assert beans_of(world, actor.depot, week) == Figures(sourced=1, closing=1)


def test_weeks_that_begin_on_sunday(world: World) -> None:
    actor = relocated(world.ada, "America/New_York", week_start=7)
    book = Book(actor)
    goods = book.goods("Beans", "Tins and jars")
    zone = ZoneInfo("America/New_York")
    book.came_in(goods, 1, datetime(2026, 11, 14, 23, 59, tzinfo=zone))
    book.came_in(goods, 20, datetime(2026, 11, 15, 0, 0, tzinfo=zone))
    book.came_in(goods, 300, datetime(2026, 11, 21, 23, 59, tzinfo=zone))
    book.came_in(goods, 4000, datetime(2026, 11, 22, 0, 0, tzinfo=zone))
    assert beans_of(world, actor.depot, "2026-W47") == Figures(opening=1, sourced=320, closing=321)


def test_the_week_across_the_year_with_53_weeks(world: World, book: Book) -> None:
    goods = book.goods("Beans", "Tins and jars")
    for month, day, year, quantity in ((12, 27, 2026, 1), (12, 31, 2026, 20), (1, 3, 2027, 300)):
        book.came_in(goods, quantity, datetime(year, month, day, 12, tzinfo=UTC))
    book.went_out(goods, 21, datetime(2027, 1, 4, 12, tzinfo=UTC))
    assert beans_of(world, world.north, "2026-W53") == Figures(opening=1, sourced=320, closing=321)
    assert beans_of(world, world.north, "2027-W01") == Figures(
        opening=321, handed_out=21, closing=300
    )


def test_an_order_of_entries_that_digs_below_zero_still_adds_up(world: World, book: Book) -> None:
    """Handed out on Monday, and written down only later that it had come on the Monday after."""
    goods = book.goods("Beans", "Tins and jars", milligrams=400_000)
    book.move("receipt", goods, 9, "supplier", "here", noon(11, 23), source_kind="farm")
    book.move("issue", goods, 9, "here", "recipient", noon(11, 16), recorded=noon(11, 24))
    assert beans_of(world, world.north, "2026-W47") == Figures(handed_out=9, closing=-9)
    assert beans_of(world, world.north, "2026-W48") == Figures(opening=-9, sourced=9)
