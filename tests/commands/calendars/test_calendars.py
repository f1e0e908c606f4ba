"""Calendars: whose they are, what stands in them, and that they follow what happens."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import vobject
from sqlalchemy import select

from depot.base.actors import Actor
from depot.base.errors import Forbidden
from depot.base.secrets import secret_hash
from depot.calendars.commands.feeds import (
    CloseCalendar,
    OpenCalendar,
    calendar_secret,
    close_calendar,
    open_calendar,
)
from depot.calendars.feed import write_feed
from depot.calendars.queries import FoundFeed, feed_events, find_feed, open_feeds
from depot.models import CalendarFeed
from depot.people.commands.access import EndAccess, end_access
from depot.rota.commands.routines import ChangeRoutine, change_routine
from depot.rota.commands.singles import (
    ActivityFacts,
    CallOff,
    CallOn,
    ChangeActivity,
    call_off,
    call_on,
    change_activity,
)
from depot.rota.naming import name_of_day
from tests.builders import NOW, SECRET_KEY, World, clock
from tests.commands.rota.acts import (
    TODAY,
    TUESDAY,
    TUESDAYS,
    ask,
    give,
    single,
    take,
    tuesdays,
)
from tests.current import db


def make(by: Actor, *, of_depot: bool = False) -> str:
    """Make a calendar and return its secret."""
    command = OpenCalendar(command_id=uuid4(), of_depot=of_depot)
    open_calendar(command, by, SECRET_KEY, clock)
    return calendar_secret(SECRET_KEY, by.depot_id, command.command_id)


def opened(secret: str) -> FoundFeed | None:
    return find_feed(db.session(), secret_hash(secret))


def events(found: FoundFeed, now: datetime = NOW) -> list[vobject.base.Component]:
    """Return what an independent reader finds in the calendar."""
    told = feed_events(db.session(), found, now, lambda row: f"http://depot/{row.name_of}")
    read = vobject.readOne(write_feed(found.depot.name, told).decode())
    return list(read.contents.get("vevent", []))


def of(world: World, who: Actor | None = None) -> FoundFeed:
    return FoundFeed(world.north, None if who is None else who.person_id)


def by_uid(found: FoundFeed) -> dict[str, tuple[int, str, datetime]]:
    return {
        one.uid.value: (int(one.sequence.value), one.status.value, one.dtstart.value)
        for one in events(found)
    }


def test_each_day_is_an_event_in_utc_also_over_the_changes_of_clocks(world: World) -> None:
    routine = tuesdays(world.ada)
    found = events(of(world))
    starts = [one.dtstart.value for one in found]
    assert starts[0] == datetime(2026, 11, 24, 9, tzinfo=UTC)
    march = [one for one in starts if one.month == 3 and one.day > 20]
    assert march == [
        datetime(2027, 3, 23, 9, tzinfo=UTC),
        datetime(2027, 3, 30, 8, tzinfo=UTC),  # ten o'clock in summer
    ]
    assert all(one.dtend.value - one.dtstart.value == timedelta(hours=3) for one in found)
    assert all("rrule" not in one.contents for one in found)
    assert len({one.uid.value for one in found}) == len(found) > 20
    assert found[0].uid.value == f"routine-{routine}-2026-11-24@north.depot"


def test_an_event_stays_the_same_one_whatever_happens_to_it(world: World) -> None:
    routine = tuesdays(world.ada)
    name, uid = name_of_day(routine, TUESDAY), f"routine-{routine}-{TUESDAY}@north.depot"
    seen = [by_uid(of(world))[uid]]

    def then() -> None:
        seen.append(by_uid(of(world))[uid])

    take(world.ben, name)
    then()
    at = datetime(2026, 11, 25, 14, tzinfo=UTC)  # moved to Wednesday
    moved = ActivityFacts(name="Door", starts_at=at, ends_at=at + timedelta(hours=2))
    change = ChangeActivity(command_id=uuid4(), activity=name, facts=moved)
    change_activity(change, world.ada, clock)
    then()
    call_off(CallOff(command_id=uuid4(), activity=name, why="Ice"), world.ada, clock)
    then()
    call_on(CallOn(command_id=uuid4(), activity=name), world.ada, clock)
    then()
    sequences, statuses, starts = zip(*seen, strict=True)
    assert list(sequences) == sorted(set(sequences))
    assert statuses == ("CONFIRMED", "CONFIRMED", "CONFIRMED", "CANCELLED", "CONFIRMED")
    assert starts[2:] == (at, at, at)
    assert len(by_uid(of(world))) == len(events(of(world)))


def test_a_person_reads_what_is_theirs_and_nothing_of_others(world: World) -> None:
    routine = tuesdays(world.ada)
    take(world.ben, name_of_day(routine, TUESDAY))
    mine = single(world.ada, name="Meeting the county")
    take(world.ben, mine)
    ask_ben = single(world.ada, timedelta(days=9), name="Van")
    ask(world.ada, world.ben, ask_ben)
    told = [(one.summary.value, one.status.value) for one in events(of(world, world.ben))]
    assert sorted(told) == [
        ("Door", "CONFIRMED"),
        ("Meeting the county", "CONFIRMED"),
        ("Van", "TENTATIVE"),
    ]
    give(world.ben, mine)
    assert [one.summary.value for one in events(of(world, world.ben))] == ["Door", "Van"]
    assert events(of(world, world.ada)) == []
    whole = feed_events(db.session(), of(world), NOW, lambda row: row.name_of)
    assert "Ben" not in write_feed("North", whole).decode()


def test_the_other_depot_has_other_events(world: World) -> None:
    tuesdays(world.ada)
    assert events(FoundFeed(world.south, None)) == []
    assert events(FoundFeed(world.south, world.ben.person_id)) == []


def test_made_anew_the_old_one_is_dead(world: World) -> None:
    first = make(world.ben)
    found = opened(first)
    assert found is not None
    assert (found.depot.id, found.person_id) == (world.north.id, world.ben.person_id)
    second = make(world.ben)
    assert opened(first) is None
    assert opened(second) is not None
    assert opened(make(world.ada)) is not None  # another's leaves it alone
    assert opened(second) is not None
    close_calendar(CloseCalendar(command_id=uuid4()), world.ben, clock)
    assert opened(second) is None
    assert opened("") is None


def test_twice_is_once_and_the_secret_is_nowhere(world: World) -> None:
    command = OpenCalendar(command_id=uuid4())
    open_calendar(command, world.ben, SECRET_KEY, clock)
    assert open_calendar(command, world.ben, SECRET_KEY, clock).repeated
    (kept,) = db.session.scalars(select(CalendarFeed)).all()
    secret = calendar_secret(SECRET_KEY, world.north.id, command.command_id)
    assert kept.secret_hash == secret_hash(secret) != secret


def test_the_depots_calendar_is_made_by_coordinators_and_seen_by_all(world: World) -> None:
    with pytest.raises(Forbidden):
        make(world.ben, of_depot=True)
    secret = make(world.ada, of_depot=True)
    assert opened(secret) == FoundFeed(world.north, None)
    assert [one.of_depot for one in open_feeds(db.session(), world.ben)] == [True]
    assert open_feeds(db.session(), world.cleo) == []
    with pytest.raises(Forbidden):
        close_calendar(CloseCalendar(command_id=uuid4(), of_depot=True), world.ben, clock)
    make(world.cleo, of_depot=True)
    assert opened(secret) is not None


def test_who_helps_for_a_day_has_none_and_who_left_has_none_any_more(world: World) -> None:
    with pytest.raises(Forbidden):
        make(replace(world.ben, role="helper"))
    with pytest.raises(Forbidden):
        make(replace(world.ben, person_id=None))
    secret = make(world.ben)
    gone = EndAccess(command_id=uuid4(), person_id=world.ben.person_id or 0)
    end_access(gone, world.ada, clock)
    assert opened(secret) is None


def test_a_changed_routine_is_newer_on_every_day(world: World) -> None:
    routine = tuesdays(world.ada)
    before = by_uid(of(world))
    later = replace(TUESDAYS, begins_minute=660)
    command = ChangeRoutine(command_id=uuid4(), routine_id=routine, facts=later, from_on=TODAY)
    change_routine(command, world.ada, clock)
    after = by_uid(of(world))
    assert before.keys() == after.keys()
    for uid, (sequence, _status, starts) in before.items():
        assert after[uid][0] == sequence + 1
        assert after[uid][2] == starts + timedelta(hours=1)


def test_only_weeks_around_today_are_in_it(world: World) -> None:
    tuesdays(world.ada)
    days = [one.dtstart.value.date() for one in events(of(world), NOW + timedelta(days=70))]
    assert (min(days), max(days)) == (date(2026, 12, 29), date(2027, 7, 27))
