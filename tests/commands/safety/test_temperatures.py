"""Fridges and freezers: limits, readings, mistakes, what is missing and what is too warm."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from depot.base.actors import Actor, Asking
from depot.base.errors import (
    CommandIdReused,
    Forbidden,
    Invalid,
    NotFound,
    Unconfirmed,
)
from depot.base.periods import month_of
from depot.kernel.once import Outcome
from depot.locations.commands import SavePlace, save_place
from depot.safety.commands.temperatures import (
    AlreadyStruckOut,
    RecordedTemperature,
    RecordTemperature,
    SaveTemperatureRule,
    StrikeOutTemperature,
    record_temperature,
    save_temperature_rule,
    strike_out_temperature,
)
from depot.safety.papers.temperatures import temperature_log
from depot.safety.queries.temperatures import (
    ColdPlace,
    all_readings,
    cold_places,
    cold_places_to_see_to,
    find_cold_place,
    find_reading,
    last_readings,
    month_of_readings,
    readings_after,
)
from depot.words.reader import ENGLISH
from tests.builders import NOW, World, clock

HOUR = timedelta(hours=1)


def cold_room(actor: Actor, name: str = "Big fridge", **rule: Any) -> int:
    place = save_place(SavePlace(command_id=uuid4(), name=name), actor, clock).answer.id
    values: dict[str, Any] = {"kind": "fridge", "highest_tenths": 50} | rule
    command = SaveTemperatureRule(command_id=uuid4(), location_id=place, **values)
    save_temperature_rule(command, actor, clock)
    return place


def read(
    actor: Actor, place: int, tenths: int, at: datetime | None = None
) -> Outcome[RecordedTemperature]:
    command = RecordTemperature(
        command_id=uuid4(), location_id=place, tenths=tenths, occurred_at=at
    )
    return record_temperature(command, actor, clock)


def strike(actor: Actor, reading: int, reason: str = "Read the wrong dial") -> None:
    command = StrikeOutTemperature(command_id=uuid4(), reading_id=reading, reason=reason)
    strike_out_temperature(command, actor, clock)


def state(world: World, place: int, now: datetime = NOW) -> ColdPlace:
    found = find_cold_place(world.session, world.ben, place, now)
    assert found is not None
    return found


def test_a_reading_is_kept_once_with_the_limits_of_then(world: World) -> None:
    place = cold_room(world.ada)
    command = RecordTemperature(command_id=uuid4(), location_id=place, tenths=62)
    first = record_temperature(command, world.ben, clock)
    again = record_temperature(command, world.ben, clock)
    assert (again.repeated, again.answer) == (True, first.answer)
    assert (first.answer.celsius, first.answer.is_outside) == ("6.2", True)
    with pytest.raises(CommandIdReused):
        record_temperature(replace(command, tenths=63), world.ben, clock)
    wider = SaveTemperatureRule(
        command_id=uuid4(), location_id=place, kind="fridge", highest_tenths=80
    )
    save_temperature_rule(wider, world.ada, clock)
    (reading,) = last_readings(world.session, world.ben, place, 9, NOW)
    assert (reading.tenths, reading.limits.highest, reading.is_outside) == (62, 50, True)
    assert (reading.by, state(world, place).is_broken) == ("Ben", False)


def test_readings_and_strikes_cannot_be_changed(world: World) -> None:
    place = cold_room(world.ada)
    strike(world.ben, read(world.ben, place, 40).answer.id)
    for statement in (
        "UPDATE temperature_reading SET tenths = 1",
        "DELETE FROM temperature_reading",
        "UPDATE temperature_strike SET reason = 'x'",
        "DELETE FROM temperature_strike",
    ):
        with pytest.raises(DatabaseError, match="append-only"):
            world.session.execute(text(statement))
        world.session.rollback()


def test_what_is_missing_or_too_warm_is_seen_by_everybody(world: World) -> None:
    warm, cold = cold_room(world.ada, "Fridge 2"), cold_room(world.ada, "Fridge 10")
    calm = cold_room(world.ada, "Fridge 1")
    read(world.ben, warm, 81)
    read(world.ben, calm, 41)
    found = cold_places_to_see_to(world.session, world.ben, NOW)
    assert [(one.id, one.is_broken, one.is_missing) for one in found] == [
        (warm, True, False),
        (cold, False, True),
    ]
    tomorrow = cold_places_to_see_to(world.session, world.ben, NOW + 24 * HOUR)
    assert [one.id for one in tomorrow] == [warm, calm, cold]
    assert cold_places_to_see_to(world.session, world.cleo, NOW) == []


def test_a_place_that_is_no_longer_read_is_missed_by_nobody(world: World) -> None:
    place = cold_room(world.ada)
    read(world.ben, place, 90)
    done = SaveTemperatureRule(
        command_id=uuid4(), location_id=place, kind="fridge", highest_tenths=50, archived=True
    )
    save_temperature_rule(done, world.ada, clock)
    assert cold_places_to_see_to(world.session, world.ben, NOW + 48 * HOUR) == []
    assert [one.archived for one in cold_places(world.session, world.ben, NOW)] == [True]
    again = replace(done, command_id=uuid4(), archived=False)
    save_temperature_rule(again, world.ada, lambda: NOW + 48 * HOUR)
    assert state(world, place).since == NOW + 48 * HOUR


def test_a_mistake_is_struck_out_and_stays(world: World) -> None:
    place = cold_room(world.ada)
    read(world.ben, place, 40, NOW - HOUR)
    wrong = read(world.ben, place, 140).answer.id
    assert state(world, place).is_broken
    command = StrikeOutTemperature(command_id=uuid4(), reading_id=wrong, reason="Door was open")
    assert strike_out_temperature(command, world.ben, clock).answer.id == wrong
    assert strike_out_temperature(command, world.ben, clock).repeated
    now = state(world, place)
    assert (now.last_tenths, now.is_broken) == (40, False)
    struck = find_reading(world.session, world.ben, wrong, NOW)
    assert struck is not None
    assert struck.struck is not None
    assert (struck.struck.by, struck.struck.reason, struck.may_strike) == (
        "Ben",
        "Door was open",
        False,
    )
    with pytest.raises(AlreadyStruckOut, match="Ben"):
        strike(world.ada, wrong)


def test_a_helper_strikes_out_what_is_her_own_or_new(world: World) -> None:
    place = cold_room(world.ada)
    old, after = read(world.ada, place, 40).answer.id, partial(later, 2)
    own = read(world.ben, place, 41).answer.id
    command = StrikeOutTemperature(command_id=uuid4(), reading_id=old, reason="No")
    with pytest.raises(Forbidden):
        strike_out_temperature(command, world.ben, after)
    seen = find_reading(world.session, world.ben, old, after())
    assert seen is not None
    assert not seen.may_strike
    strike_out_temperature(replace(command, reading_id=own), world.ben, after)
    coordinators = replace(command, command_id=uuid4())
    strike_out_temperature(coordinators, world.ada, after)
    with pytest.raises(Invalid):
        strike(world.ben, read(world.ben, place, 40).answer.id, "  ")


def test_an_outsider_sees_reads_and_strikes_nothing_here(world: World) -> None:
    place = cold_room(world.ada)
    reading = read(world.ben, place, 40).answer.id
    with pytest.raises(NotFound):
        read(world.cleo, place, 40)
    with pytest.raises(NotFound):
        strike(world.cleo, reading)
    with pytest.raises(NotFound):
        save_temperature_rule(
            SaveTemperatureRule(
                command_id=uuid4(), location_id=place, kind="fridge", highest_tenths=50
            ),
            world.cleo,
            clock,
        )
    session = world.session
    assert find_cold_place(session, world.cleo, place, NOW) is None
    assert find_reading(session, world.cleo, reading, NOW) is None
    assert last_readings(session, world.cleo, place, 9, NOW) == []
    assert readings_after(session, world.cleo, place, 0, 9, NOW) == []
    assert all_readings(session, world.cleo, None, NOW) == []
    assert len(all_readings(session, world.ben, None, NOW)) == 1


def test_limits_are_a_coordinators_and_make_sense(world: World) -> None:
    place = cold_room(world.ada)
    good = SaveTemperatureRule(
        command_id=uuid4(), location_id=place, kind="freezer", highest_tenths=-180
    )
    with pytest.raises(Forbidden):
        save_temperature_rule(good, world.ben, clock)
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"highest_tenths": None}, "highest"),
        ({"lowest_tenths": -170}, "lowest"),
        ({"highest_tenths": 2000}, "highest"),
        ({"every_hours": 5}, "every_hours"),
        ({"kind": "oven"}, "kind"),
    ]
    for values, field in wrong:
        with pytest.raises(Invalid) as refused:
            save_temperature_rule(replace(good, command_id=uuid4(), **values), world.ada, clock)
        assert refused.value.field == field, values
    with pytest.raises(NotFound):
        save_temperature_rule(replace(good, location_id=4711), world.ada, clock)


def test_a_person_is_asked_about_an_unlikely_number_and_a_program_is_not(world: World) -> None:
    place = cold_room(world.ada, kind="freezer", highest_tenths=-180)
    asked = replace(world.ben, asking=Asking())
    command = RecordTemperature(command_id=uuid4(), location_id=place, tenths=180)
    with pytest.raises(Unconfirmed) as question:
        record_temperature(command, asked, clock)
    assert last_readings(world.session, world.ben, place, 9, NOW) == []
    sure = replace(world.ben, asking=Asking(frozenset(question.value.questions)))
    assert record_temperature(command, sure, clock).answer.is_outside
    assert read(world.ben, place, 190).answer.is_outside
    kept = replace(world.ben, asking=Asking(is_late=True))
    assert read(kept, place, 195).answer.is_outside
    with pytest.raises(Invalid):
        read(world.ben, place, 1001)


def test_paper_is_written_down_later_and_counts_for_its_day(world: World) -> None:
    place = cold_room(world.ada)
    writes = replace(world.ben, asking=Asking(states_time=True))
    read(writes, place, 40, NOW - 40 * HOUR)
    read(writes, place, 42, NOW - HOUR)
    read(writes, place, 45, NOW - 30 * HOUR)
    assert state(world, place).last_tenths == 42
    with pytest.raises(Unconfirmed):
        read(writes, place, 45, NOW - timedelta(days=400))
    with pytest.raises(Invalid):
        read(writes, place, 45, NOW + HOUR)


def later(days: int) -> datetime:
    return NOW + timedelta(days=days)


def test_the_log_of_a_month_names_what_is_missing_and_what_is_out(world: World) -> None:
    place = cold_room(world.ada)
    now = NOW + timedelta(days=6)
    for days, tenths in ((0, 40), (1, 71), (3, 44)):
        command = RecordTemperature(command_id=uuid4(), location_id=place, tenths=tenths)
        record_temperature(command, world.ben, partial(later, days))
    last = last_readings(world.session, world.ben, place, 1, now)[0]
    strike(world.ada, last.id, "Thermometer was broken")
    late = RecordTemperature(
        command_id=uuid4(), location_id=place, tenths=39, occurred_at=NOW + timedelta(days=4)
    )
    record_temperature(late, world.ada, lambda: now)
    found = state(world, place, now)
    month = month_of_readings(world.session, world.ben, found, month_of(now.date()), now)
    assert [(gap.first.day, gap.last.day) for gap in month.gaps] == [(23, 24), (26, 26)]
    paper = temperature_log(found, month_of(now.date()), month, world.ben, ENGLISH)
    told = repr(paper)
    for words in (
        "Temperatures: Big fridge",
        "November 2026",
        "1 reading was outside the limits.",
        "No reading, or too few: 23–24 November 2026, 26 Nov 2026",
        "TOO WARM: 7.1 °C",
        "struck out: 4.4 °C",
        "a mistake, says Ada",
        "Thermometer was broken",
        "written here on 27 Nov 2026",
        "at most 5 °C",
        "once a day",
    ):
        assert words in told, words
    before = month_of_readings(
        world.session, world.ben, found, month_of(datetime(2026, 10, 5, tzinfo=UTC).date()), now
    )
    assert (before.readings, before.gaps) == ((), ())


def test_the_database_itself_takes_no_absurd_temperature(world: World) -> None:
    place = cold_room(world.ada)
    for columns in ({"tenths": 1001}, {"lowest_tenths": 60}):
        values = {
            "depot": world.north.id,
            "place": place,
            "tenths": columns.get("tenths", 40),
            "low": columns.get("lowest_tenths"),
        }
        with pytest.raises(DatabaseError):
            world.session.execute(
                text(
                    "INSERT INTO temperature_reading (depot_id, location_id, tenths,"
                    " lowest_tenths, highest_tenths, occurred_at, recorded_at)"
                    " VALUES (:depot, :place, :tenths, :low, 50, 1, 1)"
                ),
                values,
            )
        world.session.rollback()
