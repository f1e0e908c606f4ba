"""The weekly report, on both databases, against sums worked out by hand."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from depot.base.periods import parse_week
from depot.ledger.entries import People
from depot.reports.queries.reports import weekly_report
from depot.reports.sums.figures import Figures
from depot.reports.sums.report import ItemLine, Report
from tests.book import Book, Goods
from tests.builders import World

BERLIN = ZoneInfo("Europe/Berlin")


def on(month: int, day: int, hour: int = 12, minute: int = 0, year: int = 2026) -> datetime:
    """An instant on the wall clock of Berlin."""
    return datetime(year, month, day, hour, minute, tzinfo=BERLIN)


def report_of(world: World, name: str = "2026-W47") -> Report:
    week = parse_week(name, world.north.week_start)
    return weekly_report(world.session, world.north, week)


def line(report: Report, item: str) -> ItemLine:
    return next(found for found in report.items if found.item == item)


@pytest.fixture
def book(world: World) -> Book:
    return Book(world.ada)


@pytest.fixture
def beans(book: Book) -> Goods:
    return book.goods("Beans", "Tins and jars", milligrams=400_000)


def write_the_week(book: Book, beans: Goods) -> int:
    """Write a week with everything in it and return the event's id. All sums are in the test."""
    bread = book.goods("Rye bread", "Bread", unit="gram")
    soap = book.goods("Soap", "Hygiene")  # no weight: a piece of hygiene is taken for 300 g
    soup = book.goods("Soup", "Meals", milligrams=350_500)
    rice = book.goods("Mystery", "Other")  # no weight, and none for its category
    book.came_in(soap, 20, on(12, 30, year=2024))
    book.came_in(soap, 5, on(3, 3, year=2025))
    book.came_in(beans, 30, on(9, 1))
    book.came_in(beans, 100, on(11, 10))
    book.came_in(bread, 50_000, on(11, 15, 23, 59), kind="rescue")
    # the week: Monday 16 November 0:00 to Sunday 22 November 24:00
    book.came_in(beans, 24, on(11, 16, 0, 0), kind="rescue")
    book.came_in(beans, 10, on(11, 22, 23, 59), kind="farm")
    event_id = book.event("Saturday hand-out", on(11, 21))
    book.went_out(beans, 60, on(11, 21), event_id)
    book.went_out(bread, 20_000, on(11, 21), event_id)
    book.move("return", beans, 6, "recipient", "here", on(11, 21, 14), event_id=event_id)
    book.people(People(event_id, 40, 70, 31, None, 4), on(11, 21, 14))
    book.people(People(event_id, 2, None, None, None, None), on(11, 21, 15))
    book.went_out(soap, 5, on(11, 18))
    book.move("write_off", beans, 4, "here", "loss", on(11, 19), reason="expired")
    book.move("write_off", bread, 1_000, "here", "loss", on(11, 19), reason="damaged")
    book.move("production", beans, 10, "here", "production", on(11, 20))
    book.move("production", bread, 3_000, "here", "production", on(11, 20))
    book.move("production", soup, 12, "production", "here", on(11, 20))
    book.move("opening", rice, 7, "opening", "here", on(11, 18))
    book.move("count", soap, 2, "count_variance", "here", on(11, 20))
    book.move("count", beans, 1, "here", "count_variance", on(11, 20))
    book.came_in(beans, 5, on(11, 23, 0, 0))
    book.came_in(soap, 1, on(1, 4, year=2027))
    return event_id


def test_a_week_counted_by_hand(world: World, book: Book, beans: Goods) -> None:
    write_the_week(book, beans)
    report = report_of(world)
    # 30 + 100 there; 24 + 10 came; 10 into the soup; 60 out less 6 back; 4 expired; 1 not found
    assert line(report, "Beans").quantities == Figures(
        opening=130, sourced=34, produced=-10, handed_out=54, lost=4, variance=-1, closing=95
    )
    # 50 kg there; 3 kg into the soup; 20 kg out; 1 kg damaged
    assert line(report, "Rye bread").quantities == Figures(
        opening=50_000, produced=-3_000, handed_out=20_000, lost=1_000, closing=26_000
    )
    # 20 + 5 there; 5 out; 2 more than the book
    assert line(report, "Soap").quantities == Figures(
        opening=25, handed_out=5, variance=2, closing=22
    )
    assert line(report, "Soup").quantities == Figures(produced=12, closing=12)
    # entered on Wednesday as having been there before
    assert line(report, "Mystery").quantities == Figures(opening=7, opening_entered=7, closing=7)
    assert [found.item for found in report.items] == [
        "Rye bread",
        "Beans",
        "Soup",
        "Soap",
        "Mystery",
    ]


def test_its_weights(world: World, book: Book, beans: Goods) -> None:
    write_the_week(book, beans)
    report = report_of(world)
    # Beans 400 g, bread as weighed, soup 350.5 g, soap about 300 g, Mystery not at all.
    # opening 130 * 400 + 50,000 + 25 * 300 = 109,500; in 34 * 400 = 13,600
    # made 12 * 350.5 = 4,206 from 10 * 400 + 3,000 = 7,000, so produced is -2,794
    # out 54 * 400 + 20,000 + 5 * 300 = 43,100; lost 4 * 400 + 1,000 = 2,600
    # counts 2 * 300 - 400 = 200; closing 95 * 400 + 26,000 + 22 * 300 + 4,206 = 74,806
    assert report.totals == Figures(
        opening=109_500,
        sourced=13_600,
        produced=-2_794,
        handed_out=43_100,
        lost=2_600,
        variance=200,
        closing=74_806,
    )
    assert report.totals.adds_up
    assert (report.made_grams, report.used_up_grams) == (4_206, 7_000)
    assert report.estimated.handed_out == 1_500  # the soap
    assert line(report, "Soap").is_estimated
    assert line(report, "Mystery").grams is None
    assert report.not_weighed == 1
    # soap is no food: (43,100 - 1,500) / 544 = 76.5
    assert (report.food_out_grams, report.meals) == (41_600, 76)


def test_by_source_reason_event_and_people(world: World, book: Book, beans: Goods) -> None:
    event_id = write_the_week(book, beans)
    report = report_of(world)
    assert [(s.kind, s.weight_grams) for s in report.sources] == [
        ("rescue", 9_600),
        ("farm", 4_000),
    ]
    assert [(s.kind, s.weight_grams) for s in report.losses] == [
        ("expired", 1_600),
        ("damaged", 1_000),
    ]
    (event,) = report.events
    assert (event.event_id, event.name) == (event_id, "Saturday hand-out")
    assert event.weight_grams == 54 * 400 + 20_000
    assert report.without_event_grams == 5 * 300
    # 40 households were asked for ages, 2 were not; nobody asked who was a senior
    assert report.people.households == event.people.households == 42
    assert report.people.individuals == 101
    assert (report.people.adults, report.people.children) == (70, 31)
    assert report.people.seniors is None
    assert report.people.new_households == 4
    assert report.people.asked_households == 40


def test_weeks_follow_from_each_other(world: World, book: Book, beans: Goods) -> None:
    write_the_week(book, beans)
    before, week, after = (report_of(world, f"2026-W{n}") for n in (46, 47, 48))
    assert before.totals.closing == week.totals.opening
    assert week.totals.closing == after.totals.opening
    assert line(after, "Beans").quantities == Figures(opening=95, sourced=5, closing=100)
    assert week.previous is not None
    assert week.previous.sourced == before.totals.sourced == 90_000
    newyear = report_of(world, "2027-W01")
    assert line(newyear, "Soap").quantities == Figures(opening=22, sourced=1, closing=23)


def test_an_imported_opening_is_no_donation(world: World, book: Book, beans: Goods) -> None:
    write_the_week(book, beans)
    before, week = (line(report_of(world, f"2026-W{n}"), "Beans") for n in (46, 47))
    assert before.quantities.closing == week.quantities.opening
    mystery = line(report_of(world), "Mystery").quantities
    assert mystery.opening - mystery.opening_entered == 0
    assert mystery.sourced == 0


def test_a_late_entry_counts_in_its_own_week_and_is_said(
    world: World, book: Book, beans: Goods
) -> None:
    book.came_in(beans, 10, on(11, 17))
    assert report_of(world).late_entries == 0
    book.move("receipt", beans, 8, "supplier", "here", on(11, 20), recorded=on(11, 24))
    report = report_of(world)
    assert line(report, "Beans").quantities == Figures(sourced=18, closing=18)
    assert report.late_entries == 1
    assert report_of(world, "2026-W48").late_entries == 0
    # written down at the week's last minute is not late, a minute later is
    book.move("receipt", beans, 1, "supplier", "here", on(11, 21), recorded=on(11, 22, 23, 59))
    assert report_of(world).late_entries == 1
    book.move("receipt", beans, 1, "supplier", "here", on(11, 21), recorded=on(11, 23, 0, 0))
    assert report_of(world).late_entries == 2


def test_what_was_undone_is_as_if_it_had_never_been(world: World, book: Book, beans: Goods) -> None:
    book.came_in(beans, 10, on(11, 17))
    twice = book.came_in(beans, 10, on(11, 17), kind="rescue")
    book.undo(twice, on(11, 25))
    report = report_of(world)
    assert line(report, "Beans").quantities == Figures(sourced=10, closing=10)
    assert [share.kind for share in report.sources] == ["donation"]
    assert report.late_entries == 1
    assert line(report_of(world, "2026-W48"), "Beans").quantities == Figures(opening=10, closing=10)


def test_an_undone_count_of_people_was_never_asked(world: World, book: Book) -> None:
    event_id = book.event("Wednesday", on(11, 18))
    mistaken = book.people(People(event_id, 40, 70, 31, 2, 4), on(11, 18))
    assert report_of(world).people.households == 40
    book.undo(mistaken, on(11, 19))
    assert report_of(world).people.households is None
    assert report_of(world).events == ()


def test_an_empty_week_is_a_report_too(world: World) -> None:
    report = report_of(world)
    assert report.items == ()
    assert report.totals == Figures()
    assert report.people.households is None
    assert report.before == ()
    assert report.seal == "0" * 64


def test_the_weeks_before_begin_when_the_depot_did(world: World, book: Book, beans: Goods) -> None:
    book.came_in(beans, 10, on(10, 20))
    book.went_out(beans, 4, on(11, 11))
    report = report_of(world)
    assert [found.period.name for found in report.before] == [f"2026-W{n}" for n in range(43, 47)]
    assert [found.grams.sourced for found in report.before] == [4_000, 0, 0, 0]
    assert report.mean_before is not None
    assert report.mean_before.sourced == 1_000
    assert report.mean_before.handed_out == 400
    far = report_of(world, "2027-W20")
    assert len(far.before) == 12
    assert far.mean_before is not None
    assert far.mean_before.sourced == 0


def test_another_depot_is_not_in_it(world: World, book: Book, beans: Goods) -> None:
    book.came_in(beans, 10, on(11, 17))
    week = parse_week("2026-W47", world.south.week_start)
    assert weekly_report(world.session, world.south, week).items == ()


def test_the_seal_is_the_chains_end(world: World, book: Book, beans: Goods) -> None:
    book.came_in(beans, 10, on(11, 17))
    posted = book.came_in(beans, 10, on(11, 30))
    report = report_of(world)
    assert (report.seq, report.seal) == (posted.seq, posted.seal)
