"""Hand-outs that come round: made ahead once, changed from a day on, a day of them off or moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from depot.base.actors import Actor
from depot.base.errors import Forbidden, Invalid, NotFound
from depot.distribution.commands.events import (
    CloseEvent,
    CountPeople,
    OpenEvent,
    close_event,
    count_people,
    open_event,
)
from depot.distribution.commands.planning import (
    CallOffEvent,
    ChangeEvent,
    call_off_event,
    change_event,
)
from depot.distribution.commands.series import (
    ChangeSeries,
    EndSeries,
    ExceptDay,
    SavedSeries,
    SeriesFacts,
    StartSeries,
    change_series,
    end_series,
    except_day,
    start_series,
)
from depot.distribution.queries.events import EventRow, all_events
from depot.distribution.queries.series import (
    calendar,
    list_series,
    series_of_event,
    series_page,
)
from depot.distribution.round import make_due_hand_outs
from depot.distribution.series.repeating import RepeatRule
from depot.models import SeriesEvent
from tests.builders import NOW, World, clock, receive
from tests.commands.distribution.test_plans import an_event, plan, planned
from tests.current import db

SATURDAYS = RepeatRule("weekly", weekdays=(6,))
TODAY = date(2026, 11, 21)  # a Saturday, 10:00 in Berlin
LATER = timedelta(hours=2)


def facts(rule: RepeatRule = SATURDAYS, minute: int = 11 * 60, **said: object) -> SeriesFacts:
    return SeriesFacts(name="Market", rule=rule, begins_minute=minute, **said)  # type: ignore[arg-type]


def start(actor: Actor, said: SeriesFacts | None = None, **more: object) -> SavedSeries:
    command = StartSeries(
        command_id=uuid4(),
        facts=said or facts(),
        from_on=TODAY,
        **more,  # type: ignore[arg-type]
    )
    return start_series(command, actor, clock).answer


def change(actor: Actor, series_id: int, since: date, said: SeriesFacts) -> SavedSeries:
    command = ChangeSeries(command_id=uuid4(), series_id=series_id, facts=said, from_on=since)
    return change_series(command, actor, clock).answer


def end(actor: Actor, series_id: int, last_on: date) -> SavedSeries:
    command = EndSeries(command_id=uuid4(), series_id=series_id, last_on=last_on)
    return end_series(command, actor, clock).answer


def rows(world: World) -> list[EventRow]:
    return all_events(world.session, world.north.id)[::-1]


def shown(world: World) -> list[str]:
    """Return every hand-out as its day and time in Berlin, with what became of it."""
    told = []
    for row in rows(world):
        there = row.starts_at + timedelta(hours=1)  # winter in Berlin
        off = " off" if row.called_off_at else ""
        told.append(f"{there:%m-%d %H:%M}{off}{' ' + row.state if row.state != 'planned' else ''}")
    return told


def on(world: World, day: str) -> EventRow:
    return next(row for row in rows(world) if f"{row.starts_at:%m-%d}" == day)


def test_a_series_makes_four_weeks_at_once_and_the_round_the_rest(world: World) -> None:
    assert start(world.ada).made == 5
    first = ["11-21 11:00", "11-28 11:00", "12-05 11:00", "12-12 11:00", "12-19 11:00"]
    assert shown(world) == first
    assert make_due_hand_outs(world.session, clock) == 0
    in_a_week = NOW + timedelta(days=7)
    assert make_due_hand_outs(world.session, lambda: in_a_week) == 1
    assert make_due_hand_outs(world.session, lambda: in_a_week) == 0
    assert make_due_hand_outs(world.session, lambda: in_a_week + LATER) == 0
    assert shown(world) == [*first, "12-26 11:00"]


def test_days_that_went_by_while_nothing_ran_are_not_made_up(world: World) -> None:
    start(world.ada)
    much_later = NOW + timedelta(days=70)
    make_due_hand_outs(world.session, lambda: much_later)
    assert shown(world)[5:7] == ["01-30 11:00", "02-06 11:00"]


def test_a_repeat_begins_one_series(world: World) -> None:
    command = StartSeries(command_id=uuid4(), facts=facts(), from_on=TODAY)
    first = start_series(command, world.ada, clock)
    again = start_series(command, world.ada, clock)
    assert again.repeated
    assert again.answer == first.answer
    assert len(list_series(world.session, world.ada, clock)) == 1


def test_a_change_keeps_what_was_and_brings_the_rest_in_step(world: World) -> None:
    """Moved ones keep their time, opened ones everything; days that are gone are called off."""
    series_id = start(world.ada).id
    today, moved = on(world, "11-21"), on(world, "12-12")
    open_event(OpenEvent(command_id=uuid4(), event_id=today.id), world.ben, clock)
    change_event(
        ChangeEvent(
            command_id=uuid4(),
            event_id=moved.id,
            name="Market",
            starts_at=moved.starts_at + timedelta(hours=3),
        ),
        world.ben,
        clock,
    )
    every_second = RepeatRule("weekly", every=2, weekdays=(6,))
    said = facts(every_second, 12 * 60, place="Hall")
    answer = change(world.ada, series_id, date(2026, 11, 28), said)
    assert answer.called_off == 2
    assert shown(world) == [
        "11-21 11:00 open",
        "11-28 12:00",
        "12-05 11:00 off",
        "12-12 14:00",
        "12-19 11:00 off",
    ]
    assert on(world, "12-12").place == "Hall"
    back = change(world.ada, series_id, date(2026, 12, 1), facts())
    assert back.called_off == 0
    assert shown(world) == [
        "11-21 11:00 open",
        "11-28 12:00",
        "12-05 11:00",
        "12-12 14:00",
        "12-19 11:00",
    ]


def test_what_somebody_called_off_stays_off_whatever_the_series_becomes(world: World) -> None:
    series_id = start(world.ada).id
    off = CallOffEvent(command_id=uuid4(), event_id=on(world, "12-05").id, reason="Snow")
    call_off_event(off, world.ben, clock)
    change(world.ada, series_id, date(2026, 11, 28), facts(minute=12 * 60))
    assert shown(world)[1:3] == ["11-28 12:00", "12-05 11:00 off"]


def test_what_has_something_booked_stays_as_it_is(world: World) -> None:
    series_id = start(world.ada).id
    counted = on(world, "11-28")
    count_people(
        CountPeople(command_id=uuid4(), event_id=counted.id, households=2), world.ben, clock
    )
    end(world.ada, series_id, TODAY)
    assert shown(world)[:3] == ["11-21 11:00", "11-28 11:00 open", "12-05 11:00 off"]


def test_an_ended_series_calls_off_what_was_made_ahead_and_makes_no_more(world: World) -> None:
    series_id = start(world.ada).id
    answer = end(world.ada, series_id, date(2026, 12, 5))
    assert answer.called_off == 2
    make_due_hand_outs(world.session, lambda: NOW + timedelta(days=40))
    assert shown(world) == [
        "11-21 11:00",
        "11-28 11:00",
        "12-05 11:00",
        "12-12 11:00 off",
        "12-19 11:00 off",
    ]
    row = list_series(world.session, world.ada, lambda: NOW + timedelta(days=40))[0]
    assert row.is_over
    assert row.rule == SATURDAYS


def test_a_day_is_moved_or_off_before_its_hand_out_is_made(world: World) -> None:
    series_id = start(world.ada).id
    far, farther = date(2027, 1, 2), date(2027, 1, 9)
    sunday = datetime(2027, 1, 3, 9, tzinfo=UTC)
    one = ExceptDay(command_id=uuid4(), series_id=series_id, on=far, moved_to=sunday)
    two = ExceptDay(command_id=uuid4(), series_id=series_id, on=farther, reason="Holiday")
    assert except_day(one, world.ada, clock).answer.is_moved
    except_day(two, world.ada, clock)
    make_due_hand_outs(world.session, lambda: NOW + timedelta(days=30))
    assert shown(world)[5:] == ["12-26 11:00", "01-03 10:00", "01-09 11:00 off", "01-16 11:00"]
    page = series_page(world.session, world.ada, series_id, clock)
    assert page is not None
    days = {day.on: day for day in page.days}
    assert days[far].starts_at == sunday
    off = days[farther].event
    assert off is not None
    assert off.called_off_reason == "Holiday"
    assert days[date(2027, 1, 23)].event is None  # foreseen, not made


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (ExceptDay(command_id=uuid4(), on=date(2026, 11, 29)), "on"),
        (ExceptDay(command_id=uuid4(), on=date(2026, 11, 14)), "on"),
        (ExceptDay(command_id=uuid4(), on=TODAY, moved_to=NOW - timedelta(1)), "moved_to"),
        (ExceptDay(command_id=uuid4(), on=TODAY, moved_to=NOW.replace(tzinfo=None)), "moved_to"),
    ],
)
def test_a_day_that_it_has_not_or_that_is_over_is_no_exception(
    world: World, command: ExceptDay, field: str
) -> None:
    series_id = start(world.ada).id
    with pytest.raises(Invalid) as caught:
        except_day(replace(command, command_id=uuid4(), series_id=series_id), world.ada, clock)
    assert caught.value.field == field
    open_event(OpenEvent(command_id=uuid4(), event_id=on(world, "11-21").id), world.ben, clock)
    begun = ExceptDay(command_id=uuid4(), series_id=series_id, on=TODAY)
    with pytest.raises(Invalid):
        except_day(begun, world.ada, clock)


def test_the_next_one_takes_over_the_plan_of_the_last_once(world: World) -> None:
    receive(world.ada, 40, "Rice")
    like = an_event(world.ben, "Before")
    plan(world.ben, like, Rice=5)
    start(world.ada, like_event_id=like)
    first, second = on(world, "11-28"), on(world, "12-05")
    today = next(row for row in rows(world) if row.name == "Market")
    assert [planned(world, row.id) for row in (today, first)] == [{"Rice": 5}, {}]
    plan(world.ben, today.id, Rice=9)
    make_due_hand_outs(world.session, lambda: NOW + timedelta(days=1))
    assert planned(world, first.id) == {"Rice": 9}
    plan(world.ben, first.id)  # nothing, on purpose
    make_due_hand_outs(world.session, lambda: NOW + timedelta(days=2))
    assert [planned(world, row.id) for row in (first, second)] == [{}, {}]


def test_what_is_expected_is_the_average_of_the_last_four_unless_somebody_says(
    world: World,
) -> None:
    series_id = start(world.ada).id
    told = on(world, "12-19")
    number = ChangeEvent(
        command_id=uuid4(),
        event_id=told.id,
        name="Market",
        starts_at=told.starts_at,
        expected_households=150,
    )
    change_event(number, world.ben, clock)
    for day, came in (("11-21", 60), ("11-28", 71)):
        _hold(world, on(world, day), came)
    make_due_hand_outs(world.session, lambda: NOW + timedelta(days=8))
    assert [row.expected_households for row in rows(world)][2:] == [66, 66, 150, 66]
    link = series_of_event(world.session, world.north.id, on(world, "12-05").id)
    assert link is not None
    assert (link.series_id, link.is_averaged, link.expected.counts) == (series_id, True, (71, 60))
    own = series_of_event(world.session, world.north.id, told.id)
    assert own is not None
    assert not own.is_averaged
    for day, came in (("12-05", 80), ("12-12", 90), ("12-26", 100)):
        _hold(world, on(world, day), came)
    make_due_hand_outs(world.session, lambda: NOW + timedelta(days=40))
    page = series_page(world.session, world.ada, series_id, lambda: NOW + timedelta(days=40))
    assert page is not None
    assert page.expected.counts == (100, 90, 80, 71)
    assert page.expected.households == 85


def _hold(world: World, row: EventRow, households: int) -> None:
    during = row.starts_at + LATER
    count = CountPeople(command_id=uuid4(), event_id=row.id, households=households)
    count_people(count, world.ben, lambda: during)
    close_event(CloseEvent(command_id=uuid4(), event_id=row.id), world.ben, lambda: during)


def test_the_calendar_has_whole_weeks_and_what_is_foreseen(world: World) -> None:
    start(world.ada, facts(capacity=80))
    weeks = calendar(world.session, world.ada, date(2026, 12, 1), clock)
    assert [week.days[0].on.isoformat() for week in weeks] == [
        "2026-11-30",
        "2026-12-07",
        "2026-12-14",
        "2026-12-21",
        "2026-12-28",
    ]
    saturdays = [week.days[5].entries[0] for week in weeks]
    assert [entry.event is not None for entry in saturdays] == [True, True, True, False, False]
    assert [week.capacity for week in weeks] == [80] * 5
    assert [day.in_month for day in weeks[0].days] == [False] + [True] * 6
    assert not weeks[0].is_over_full
    _hold(world, on(world, "11-21"), 100)
    make_due_hand_outs(world.session, lambda: NOW + timedelta(days=1))
    assert calendar(world.session, world.ada, date(2026, 12, 1), clock)[0].is_over_full


def test_helpers_and_outsiders_begin_and_change_none(world: World) -> None:
    with pytest.raises(Forbidden):
        start(world.ben)
    series_id = start(world.ada).id
    for actor, error in ((world.ben, Forbidden), (world.cleo, NotFound)):
        with pytest.raises(error):
            change(actor, series_id, TODAY, facts())
        with pytest.raises(error):
            end(actor, series_id, TODAY)
        with pytest.raises(error):
            except_day(ExceptDay(command_id=uuid4(), series_id=series_id, on=TODAY), actor, clock)
    with pytest.raises(NotFound):
        start(world.cleo, like_event_id=on(world, "11-21").id)
    assert list_series(world.session, world.cleo, clock) == []
    assert series_page(world.session, world.cleo, series_id, clock) is None
    assert series_of_event(world.session, world.south.id, on(world, "11-21").id) is None
    weeks = calendar(world.session, world.cleo, date(2026, 12, 1), clock)
    assert not any(day.entries for week in weeks for day in week.days)
    assert len(shown(world)) == 5


@pytest.mark.parametrize(
    ("said", "since", "field"),
    [
        (facts(), TODAY - timedelta(1), "from_on"),
        (facts(), date(2031, 1, 1), "from_on"),
        (facts(ends_on=TODAY - timedelta(1)), TODAY, "ends_on"),
        (facts(minute=1440), TODAY, "begins"),
        (facts(capacity=0), TODAY, "capacity"),
    ],
)
def test_what_was_before_today_is_never_changed(
    world: World, said: SeriesFacts, since: date, field: str
) -> None:
    series_id = start(world.ada).id
    with pytest.raises(Invalid) as caught:
        change(world.ada, series_id, since, said)
    assert caught.value.field == field
    with pytest.raises(Invalid):
        end(world.ada, series_id, TODAY - timedelta(2))


def test_the_database_keeps_what_a_series_was_and_one_hand_out_a_day(world: World) -> None:
    series_id = start(world.ada).id
    link = world.session.scalars(select(SeriesEvent)).first()
    assert link is not None
    spoiled = (
        "UPDATE series_version SET name = 'Other'",
        "DELETE FROM series_version",
        f"INSERT INTO series_event VALUES ({series_id}, '{link.occurs_on}', {link.depot_id},"
        f" {link.event_id}, NULL, {_NO[db.engine.dialect.name]}, {_NO[db.engine.dialect.name]})",
    )
    for statement in spoiled:
        with pytest.raises(DatabaseError):
            world.session.execute(text(statement))
        world.session.rollback()


_NO = {"sqlite": "0", "postgresql": "false"}
