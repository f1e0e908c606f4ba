"""The demo: the same seed tells the same story, everything is in use, and the book is right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from depot.base.clock import local_day
from depot.base.periods import parse_week, span, week_of
from depot.calendars.queries import feed_events, find_feed
from depot.db.database import Database, open_database, use
from depot.db.schema import migrate
from depot.demo.story import story
from depot.duties.queries.carrying import resting_on_one
from depot.duties.queries.duties import duties
from depot.joining.attendance import hours
from depot.joining.queries import here_now
from depot.models import (
    CalendarFeed,
    ChainHead,
    Crate,
    Depot,
    Discrepancy,
    DistributionEvent,
    EventParcel,
    JoinLink,
    Location,
    Person,
    Pick,
    StockEntry,
    Visit,
)
from depot.name_sheets.queries import name_sheets, possible_readers
from depot.network.queries.links import offers_to
from depot.network.queries.transfers import listed_transfers
from depot.partners.queries.requests import requests_after
from depot.people.queries import console_actor, depots_of
from depot.reports.queries.reports import weekly_report
from depot.rota.queries.week import week
from depot.safety.queries.recalls import recalls_after
from depot.stock.queries.stock import expiring_lots
from depot.verify.verify import verify
from tests.current import db
from tests.databases import Server

#: A Monday at noon in London, six in the morning in Chicago.
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PASSWORD = "plum barley kettle"


def tell(url: str, weeks: int = 3, seed: int = 7, now: datetime = NOW) -> Database:
    """Fill an empty database with the demo's last weeks before `now`."""
    database = open_database(url)
    with use(database):
        migrate(database.engine)
        for step in story(weeks, seed, now, PASSWORD, "a" * 32):
            step()
    return database


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
)
def filled(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """Three weeks of the demo, on both databases; tests only read it."""
    folder = tmp_path_factory.mktemp("demo")
    if request.param == "sqlite":
        database = tell(f"sqlite:///{folder / 'depot.sqlite3'}")
    else:
        server: Server = request.getfixturevalue("postgres")
        database = tell(server.copy_of("nothing", lambda empty: None))
    yield database
    database.close()


@pytest.fixture
def session(filled: Database) -> Iterator[Session]:
    with use(filled):
        yield db.session()


def depots(session: Session) -> list[Depot]:
    return list(session.scalars(select(Depot).order_by(Depot.id)))


def seals(database: Database) -> list[str]:
    with use(database):
        return list(db.session.scalars(select(ChainHead.seal).order_by(ChainHead.depot_id)))


def test_the_book_is_green(session: Session) -> None:
    for depot in depots(session):
        assert verify(session, depot.id) == ()


def test_everything_is_in_use(session: Session) -> None:
    north = depots(session)[0]
    kinds = set(session.scalars(select(StockEntry.kind).where(StockEntry.depot_id == north.id)))
    assert kinds == {
        *("receipt", "issue", "return", "transfer", "production"),
        *("write_off", "count", "people", "reversal"),
    }
    states = set(session.scalars(select(Crate.state).where(Crate.depot_id == north.id)))
    assert {"blank", "in_use"} <= states
    outer = select(Location.id).where(Location.kind == "crate", Location.depot_id == north.id)
    nested = select(func.count()).where(Location.kind == "crate", Location.parent_id.in_(outer))
    assert session.scalar(nested)
    late = select(func.count()).where(
        StockEntry.recorded_at - StockEntry.occurred_at > 86_400_000, StockEntry.kind == "receipt"
    )
    assert session.scalar(late)


def test_some_things_wait_for_a_coordinator_and_some_were_settled(session: Session) -> None:
    waiting = session.scalars(select(Discrepancy.kind).where(Discrepancy.resolved_at.is_(None)))
    assert {"short_stock", "undo_short", "unknown_code", "event_closed"} <= set(waiting)
    settled = session.scalars(select(Discrepancy.resolution).where(Discrepancy.resolution != ""))
    assert "undone" in set(settled)


def test_an_event_is_on_today_and_one_is_planned_for_tomorrow(session: Session) -> None:
    events = list(session.scalars(select(DistributionEvent)))
    assert [one.state for one in events if one.starts_at.date() == NOW.date()] == ["open"]
    tomorrow = NOW.date() + timedelta(days=1)
    assert [one.state for one in events if one.starts_at.date() == tomorrow] == ["planned"]


def test_something_is_to_be_given_out_this_week(session: Session) -> None:
    assert expiring_lots(session, depots(session)[0].id, NOW.date())


def test_every_week_adds_up(session: Session) -> None:
    for depot in depots(session):
        week = week_of(NOW.date(), depot.week_start)
        for _ in range(4):
            weekly_report(session, depot.view(), week)  # it refuses what does not add up
            week = week.moved(-1)
    full = weekly_report(session, depots(session)[0].view(), parse_week("2026-W46", 1))
    assert 300_000 < full.totals.sourced < 2_500_000


def test_nothing_is_written_before_it_happened_or_after_the_present(session: Session) -> None:
    for depot in depots(session):
        rows = session.execute(
            select(StockEntry.recorded_at, StockEntry.occurred_at)
            .where(StockEntry.depot_id == depot.id)
            .order_by(StockEntry.seq)
        ).all()
        written = [row.recorded_at for row in rows]
        assert written == sorted(written)
        assert written[-1] <= NOW
        assert all(row.occurred_at <= row.recorded_at for row in rows)


def test_rosa_coordinates_both_depots(session: Session) -> None:
    ids = {row.login: row.id for row in session.execute(select(Person.id, Person.login))}
    assert [one.slug for one in depots_of(session, ids["ben"])] == ["norwood"]
    assert [one.slug for one in depots_of(session, ids["rosa"])] == ["norwood", "riverside"]


def test_the_same_seed_makes_the_same_seals(tmp_path: Path) -> None:
    databases = []
    for name, seed in (("one", 7), ("two", 7), ("other", 8)):
        folder = tmp_path / name
        folder.mkdir()
        databases.append(tell(f"sqlite:///{folder / 'depot.sqlite3'}", weeks=1, seed=seed))
    one, two, other = (seals(database) for database in databases)
    assert one == two
    assert one != other
    for database in databases:
        database.close()


@pytest.mark.parametrize(
    "now",
    [
        datetime(2027, 3, 28, 1, 30, tzinfo=UTC),  # London's clocks have just gone forward
        datetime(2026, 12, 31, 23, 50, tzinfo=UTC),
        datetime(2026, 11, 25, 13, 20, tzinfo=UTC),  # in the middle of a hand-out
    ],
    ids=["clocks-change", "years-end", "hand-out"],
)
def test_the_demo_can_be_made_at_any_time(tmp_path: Path, now: datetime) -> None:
    database = tell(f"sqlite:///{tmp_path / 'depot.sqlite3'}", weeks=2, now=now)
    with use(database):
        for depot in depots(db.session()):
            assert verify(db.session(), depot.id) == ()
    database.close()


def test_a_van_came_short_one_is_on_its_way_and_something_is_offered(session: Session) -> None:
    norwood, riverside = depots(session)
    sent = listed_transfers(session, norwood.id)
    assert [(row.state, len(row.crates), len(row.missing)) for row in sent] == [
        ("sent", 1, 0),
        ("arrived", 0, 1),
        ("arrived", 2, 1),
    ]
    assert [row.depot for row in offers_to(session, riverside.id, NOW)] == [norwood.name]


def test_duties_go_round_and_one_rests_on_one_person(session: Session) -> None:
    depot = console_actor(session, "norwood").depot
    rows = duties(session, depot, local_day(NOW, depot.time_zone))
    assert {row.state for row in rows} <= {"held", "ends_soon"}
    assert any(len(row.turns) > 1 for row in rows)
    assert any(row.learners for row in rows)
    alone = resting_on_one(session, depot, local_day(NOW, depot.time_zone))
    assert [one.name for one in alone] == ["Newsletter"]


def test_forty_people_worked_in_the_last_week_and_many_are_here(session: Session) -> None:
    depot = console_actor(session, "norwood").depot
    today = local_day(NOW, depot.time_zone)
    (row,) = hours(session, depot, [span(today - timedelta(days=7), today)])
    assert row.sums.people >= 35
    assert row.sums.minutes > 100 * 60
    assert len([one for one in here_now(session, depot, NOW) if one.is_here]) >= 15
    days = week(session, depot, today - timedelta(days=1))
    shifts = [[one for one in day.activities if one.kind == "shift"] for day in days]
    assert all(len(those) >= 5 for those in shifts)
    assert any(one.count >= 3 for those in shifts for one in those)
    assert all(link.closed_at is not None for link in session.scalars(select(JoinLink)))


def test_calendars_are_followed_and_show_what_is_coming(session: Session) -> None:
    for slug in ("norwood", "riverside"):
        who = console_actor(session, slug)
        feeds = session.scalars(
            select(CalendarFeed).where(CalendarFeed.depot_id == who.depot_id)
        ).all()
        assert [one.person_id for one in feeds].count(None) == 1
        assert len(feeds) >= 3
    own = [find_feed(session, one.secret_hash) for one in session.scalars(select(CalendarFeed))]
    told = [one and feed_events(session, one, NOW, lambda row: "") for one in own]
    assert all(told[:3])


def test_sign_in_sheets_hold_the_names_of_the_last_hand_outs(session: Session) -> None:
    who = console_actor(session, "norwood")
    sheets = name_sheets(session, who.depot_id)
    assert sorted(one.lines for one in sheets) == [8, 10, 12]
    assert sheets[0].people > sheets[0].lines > 10
    readers = [one.name for one in possible_readers(session, who.depot_id) if one.reads_names]
    assert readers == ["Rosa"]


def test_the_last_saturday_shows_all_that_can_happen_on_one(session: Session) -> None:
    norwood = depots(session)[0]
    bags = session.scalars(
        select(DistributionEvent).where(DistributionEvent.name == "Saturday bags")
    ).one()
    assert (bags.starts_at.date(), bags.state) == (NOW.date() - timedelta(days=2), "closed")
    grid = session.execute(
        select(EventParcel.size, EventParcel.diet, EventParcel.households).where(
            EventParcel.event_id == bags.id
        )
    ).all()
    assert (len({row.size for row in grid}), {row.diet for row in grid}) == (
        6,
        {"", "vegan", "gluten-free"},
    )
    assert sum(row.households for row in grid) == 180
    picked = session.scalars(select(Pick.item_id).where(Pick.event_id == bags.id)).all()
    assert len(set(picked)) > 4
    cards = select(func.count(Visit.entry_id)).join(StockEntry, StockEntry.id == Visit.entry_id)
    assert session.scalar(cards.where(StockEntry.event_id == bags.id)) == 24
    week = weekly_report(session, norwood.view(), week_of(bags.starts_at.date(), 1))
    (told,) = (event for event in week.events if event.name == "Saturday bags")
    assert told.people.households == 180
    assert "unsafe_out" in set(session.scalars(select(Discrepancy.kind)))
    recalls = recalls_after(session, norwood.id, None, 9)
    assert [one.is_open for one in recalls] == [True, False]
    asked = [one for one in requests_after(session, norwood.id, 0, 9) if one.entry_id]
    collected = [one for one in asked if one.needed_on == bags.starts_at.date()]
    assert [[line.approved != line.taken for line in one.lines] for one in collected] == [
        [True, False],
        [True],
    ]
