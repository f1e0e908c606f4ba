"""Reports that are filed: frozen, numbered, sealed, proved again, and what is late since."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from depot.base.actors import Actor
from depot.base.errors import CommandIdReused, DoesNotReconcile, Forbidden, Invalid
from depot.base.periods import parse_period
from depot.db.transaction import transaction
from depot.kernel.once import AnyOutcome
from depot.ledger.entries import People
from depot.models import Category, DayTotal, Item, MealFactor
from depot.reports.filing import FileReport, file_report
from depot.reports.formats.as_json import figures_of
from depot.reports.queries.filed import filed_report, filed_reports, versions_of
from depot.reports.queries.late import find_late
from depot.reports.queries.reports import make_report
from depot.verify.verify import Audit, verify_with_counts
from tests.book import Book, Goods
from tests.builders import World
from tests.current import at_work

MONDAY = datetime(2026, 11, 16, 12, tzinfo=UTC)
#: The Monday after week 47.
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
WEEK = "2026-W47"


@pytest.fixture
def book(world: World) -> Book:
    return Book(world.ada)


@pytest.fixture
def beans(book: Book) -> Goods:
    beans = book.goods("Beans", "Tins and jars", milligrams=400_000)
    book.came_in(beans, 30, MONDAY - timedelta(days=7))
    book.came_in(beans, 20, MONDAY, kind="rescue")
    event_id = book.event("St Luke’s", MONDAY)
    book.went_out(beans, 25, MONDAY, event_id)
    book.people(People(event_id, 12, 30, 11, None, 2), MONDAY)
    return beans


def file(
    actor: Actor, period: str = WEEK, command_id: UUID | None = None, now: datetime = NOW
) -> AnyOutcome:
    command = FileReport(command_id=command_id or uuid4(), period=period)
    return file_report(command, actor, lambda: now)


def told(world: World) -> list[str]:
    """What verify finds wrong with the filed reports of the north.

    The book of these tests writes entries by hand, which no command remembers.
    """
    differences = audited(world).differences
    return [one.sentence for one in differences if one.check == "filed_report"]


def audited(world: World) -> Audit:
    world.session.rollback()
    return verify_with_counts(world.session, world.north.id)


@pytest.mark.usefixtures("beans")
def test_a_filed_report_is_the_report_as_it_was(world: World) -> None:
    live = make_report(world.session, world.north, parse_period(WEEK, 1), NOW.date())
    body = file(world.ada).body
    assert (body["number"], body["version"], body["period"]) == (1, 1, WEEK)
    filed = filed_report(world.session, world.north, 1)
    assert filed is not None
    assert filed.filed is not None
    assert (filed.filed.seal, filed.filed.filed_by) == (body["seal"], "Ada")
    assert replace(filed, filed=None) == live
    assert audited(world).filed == 1
    assert told(world) == []


def test_filing_twice_is_filing_once(world: World, beans: Goods) -> None:
    once = uuid4()
    first, again = file(world.ada, command_id=once), file(world.ada, command_id=once)
    assert again.repeated
    assert again.body == first.body
    assert len(filed_reports(world.session, world.north.id)) == 1
    with pytest.raises(CommandIdReused):
        file(world.ada, "2026-W46", command_id=once)


def test_filing_again_makes_the_next_version_and_keeps_the_first(
    world: World, book: Book, beans: Goods
) -> None:
    first = file(world.ada).body
    book.came_in(beans, 4, MONDAY)
    second = file(world.ada).body
    assert (second["number"], second["version"]) == (2, 2)
    assert second["seal"] != first["seal"]
    kept = [filed_report(world.session, world.north, number) for number in (1, 2)]
    assert [one.totals.sourced for one in kept if one] == [8_000, 9_600]
    rows = versions_of(world.session, world.north.id, parse_period(WEEK, 1))
    assert [row.version for row in rows] == [2, 1]
    assert told(world) == []


def test_an_unchanged_week_filed_again_is_the_version_there_is(
    world: World, book: Book, beans: Goods
) -> None:
    first = file(world.ada)
    book.came_in(beans, 4, MONDAY + timedelta(days=7))  # of the next week
    command_id = uuid4()
    again = file(world.ada, command_id=command_id, now=NOW + timedelta(days=2))
    assert again.body == first.body | {"is_known": True}
    assert not again.repeated
    assert file(world.ada, command_id=command_id).repeated
    assert len(versions_of(world.session, world.north.id, parse_period(WEEK, 1))) == 1
    book.came_in(beans, 4, MONDAY)
    changed = file(world.ada).body
    assert (changed["number"], changed["version"], changed["is_known"]) == (2, 2, False)
    assert file(world.cleo).body["number"] == 1, "the south has its own"
    assert told(world) == []


def test_of_two_coordinators_at_once_one_files(
    world: World, beans: Goods, database_url: str
) -> None:
    asked = threading.Barrier(2)

    def file_it() -> dict[str, Any]:
        with at_work(database_url):
            asked.wait()
            return file(world.ada).body

    with ThreadPoolExecutor(2) as pool:
        bodies = [one.result() for one in [pool.submit(file_it) for _ in range(2)]]
    assert sorted(body["is_known"] for body in bodies) == [False, True]
    assert {body["number"] for body in bodies} == {1}
    world.session.rollback()
    assert len(versions_of(world.session, world.north.id, parse_period(WEEK, 1))) == 1


@pytest.mark.parametrize(
    "period", ["2026-10", "2026-Q3", "2025", "2026-11-16--2026-11-20", "2026-W45"]
)
def test_any_period_can_be_filed_and_proved(world: World, beans: Goods, period: str) -> None:
    assert file(world.ada, period).body["version"] == 1
    assert audited(world).filed == 1
    assert told(world) == []


@pytest.mark.parametrize("period", ["2026-W48", "2026-11", "2026", "2030-W01"])
def test_what_is_not_over_is_not_filed(world: World, beans: Goods, period: str) -> None:
    with pytest.raises(Invalid, match="not over yet"):
        file(world.ada, period)
    with pytest.raises(Invalid):
        file(world.ada, "yesterday")
    assert filed_reports(world.session, world.north.id) == []


def test_a_week_can_be_filed_from_the_depots_own_midnight(world: World, beans: Goods) -> None:
    # Berlin is an hour before UTC: at 23:00 UTC on Sunday it is Monday there
    with pytest.raises(Invalid):
        file(world.ada, now=datetime(2026, 11, 22, 22, 59, tzinfo=UTC))
    assert file(world.ada, now=datetime(2026, 11, 22, 23, 0, tzinfo=UTC)).body["number"] == 1


def test_a_volunteer_files_nothing_and_another_depot_counts_for_itself(
    world: World, beans: Goods
) -> None:
    with pytest.raises(Forbidden):
        file(world.ben)
    file(world.ada)
    assert file(world.cleo).body["number"] == 1
    south = filed_report(world.session, world.south, 1)
    assert south is not None
    assert south.items == ()
    assert filed_report(world.session, world.north, 2) is None
    assert find_late(world.session, world.cleo, 2) is None


@pytest.mark.breaks_ledger("day totals are spoiled, so that the report does not add up")
def test_what_does_not_add_up_is_not_filed(world: World, beans: Goods) -> None:
    with transaction() as session:
        session.execute(update(DayTotal).values(quantity=DayTotal.quantity + 1))
    with pytest.raises(DoesNotReconcile):
        file(world.ada)
    assert filed_reports(world.session, world.north.id) == []


def test_edits_afterwards_change_neither_the_filed_report_nor_its_proof(
    world: World, book: Book, beans: Goods
) -> None:
    soap = book.goods("Soap", "Hygiene")
    book.came_in(soap, 7, MONDAY)
    file(world.ada)
    before = filed_report(world.session, world.north, 1)
    with transaction() as session:
        session.execute(update(Item).values(unit_weight_milligrams=123_000, name=Item.name + "!"))
        session.execute(
            update(Category).values(
                average_unit_milligrams=1_000, position=Category.position * -1, is_food=False
            )
        )
        session.execute(update(MealFactor).values(grams_per_meal=1))
    book.came_in(beans, 5, MONDAY)
    assert filed_report(world.session, world.north, 1) == before
    assert told(world) == []
    live = make_report(world.session, world.north, parse_period(WEEK, 1))
    assert before is not None
    assert live.meals == 0 != before.meals


def test_late_since_filing_is_listed_with_its_effect(
    world: World, book: Book, beans: Goods
) -> None:
    file(world.ada)
    nothing = find_late(world.session, world.ada, 1)
    assert nothing is not None
    assert (nothing.count, nothing.earlier, nothing.totals, nothing.items) == (0, 0, (), ())
    late = book.came_in(beans, 10, MONDAY + timedelta(days=2))
    book.came_in(beans, 3, MONDAY - timedelta(days=20))
    book.came_in(beans, 99, MONDAY + timedelta(days=7))
    with transaction() as session:
        session.execute(update(Item).values(unit_weight_milligrams=1))
    found = find_late(world.session, world.ada, 1)
    assert found is not None
    assert (found.count, found.earlier) == (1, 1)
    assert [row.seq for row in found.entries] == [late.seq]
    # in grams with the weight of then, 400 g: ten more came in, three more were there before
    assert {change.figure: (change.filed, change.now) for change in found.totals} == {
        "opening": (12_000, 13_200),
        "sourced": (8_000, 12_000),
        "closing": (10_000, 15_200),
    }
    assert {change.figure: (change.filed, change.now) for change in found.items} == {
        "opening": (30, 33),
        "sourced": (20, 30),
        "closing": (25, 38),
    }
    assert found.people == ()


def test_an_undone_count_of_people_is_late_and_not_asked(
    world: World, book: Book, beans: Goods
) -> None:
    counted = book.people(People(book.event("Hall", MONDAY), 8, None, None, None, 3), MONDAY)
    file(world.ada)
    book.undo(counted, NOW + timedelta(hours=1))
    found = find_late(world.session, world.ada, 1)
    assert found is not None
    assert found.count == 1
    people = {change.figure: (change.filed, change.now) for change in found.people}
    assert people["households"] == (20, 12)
    assert people["returning_households"] == (15, 10)
    assert told(world) == []


def test_the_database_refuses_to_rewrite_a_filed_report(world: World, beans: Goods) -> None:
    file(world.ada)
    for statement in ("UPDATE filed_report SET version = 2", "DELETE FROM filed_report"):
        with pytest.raises(IntegrityError, match="append-only"), transaction() as session:
            session.execute(text(statement))


@contextmanager
def tampering() -> Iterator[Session]:
    """A session in which somebody with the file at hand has taken the guards away."""
    with transaction() as session:
        if session.get_bind().dialect.name == "sqlite":
            session.execute(text("DROP TRIGGER filed_report_no_update"))
            session.execute(text("DROP TRIGGER filed_report_no_delete"))
        else:
            session.execute(text("ALTER TABLE filed_report DISABLE TRIGGER USER"))
        yield session


@pytest.mark.breaks_ledger("a filed figure is changed, so that there is something to find")
def test_verify_names_a_figure_that_was_changed(world: World, beans: Goods) -> None:
    file(world.ada)
    with tampering() as session:
        figures = json.loads(session.scalar(text("SELECT figures FROM filed_report")) or "")
        figures["totals"]["sourced_grams"] += 1
        figures["items"][0]["sourced"] = 21
        session.execute(
            text("UPDATE filed_report SET figures = :figures"), {"figures": json.dumps(figures)}
        )
    named = told(world)
    assert named[0].endswith("its seal does not fit what stands in it and before it.")
    assert any("totals › sourced_grams: filed 8001, the lines give 8000" in one for one in named)
    assert any("Beans" in one and "filed 21, the lines give 20" in one for one in named)
    assert len(named) == 3


@pytest.mark.breaks_ledger("a filed report is tampered with, so that there is something to find")
@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM filed_report WHERE number = 1", "a report filed before it is missing"),
        ("UPDATE filed_report SET ledger_seq = 99 WHERE number = 2", "the book ends at 4"),
        ("UPDATE filed_report SET figures = '{' WHERE number = 2", "cannot be read"),
        ("UPDATE filed_report SET figures = '[]' WHERE number = 2", "cannot be read"),
        ("UPDATE filed_report SET filed_at = filed_at + 1 WHERE number = 2", "seal does not fit"),
    ],
)
def test_verify_sees_every_other_change(
    world: World, beans: Goods, statement: str, said: str
) -> None:
    file(world.ada)
    file(world.ada, "2026-W46")
    assert told(world) == []
    with tampering() as session:
        session.execute(text(statement))
    assert any(said in one for one in told(world)), told(world)


@pytest.mark.breaks_ledger("every day total is spoiled, and the proof must not care")
def test_a_proof_needs_no_cache(world: World, book: Book, beans: Goods) -> None:
    """Day totals that were changed are named as such; the filed report is proved all the same."""
    file(world.ada)
    with transaction() as session:
        session.execute(update(DayTotal).values(quantity=DayTotal.quantity + 1))
    assert told(world) == []
    assert any("day total" in one.sentence for one in audited(world).differences)


def figures(world: World, number: int) -> dict[str, Any]:
    report = filed_report(world.session, world.north, number)
    assert report is not None
    return figures_of(report)


def test_what_is_here_at_filing_is_frozen_and_proved_too(world: World, book: Book) -> None:
    with transaction() as session:
        session.execute(text("UPDATE category SET shelf_life_amount = 2"))
    milk = book.goods("Milk", "Dairy and eggs", milligrams=1_000_000)
    with transaction() as session:
        session.execute(
            text(
                "UPDATE lot SET date_kind = 'best_before', date_text = '2026-11-25',"
                " date_precision = 'day', date_on = '2026-11-25' WHERE id = :lot"
            ),
            {"lot": milk.lot_id},
        )
    book.came_in(milk, 6, MONDAY)
    file(world.ada)
    (due,) = figures(world, 1)["due"]
    assert (due["item"], due["quantity"], due["give_out_until"]) == ("Milk", 6, "2026-11-27")
    book.went_out(milk, 6, NOW)
    assert told(world) == []
    file(world.ada, "2026-W30")
    assert figures(world, 2)["due"] is None
    assert told(world) == []
