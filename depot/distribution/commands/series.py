"""Hand-outs that come round: begun, changed from a day on, ended; a day of them moved or off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import insert

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid, NotFound
from depot.base.names import need_one_alphabet
from depot.base.text import N_
from depot.distribution.event_state import load_event
from depot.distribution.reserving import reserve_plan
from depot.distribution.series.making import (
    bring_in_step,
    by_id,
    make_days,
    make_event,
    write_event,
)
from depot.distribution.series.repeating import NTHS, RepeatRule, check_rule, scheduled
from depot.distribution.series.rows import (
    WEEKDAYS,
    SeriesState,
    made_days,
    series_versions,
    to_bits,
)
from depot.kernel.answers import Answer
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.kernel.promises.reserving import free_event
from depot.models import EventSeries, SeriesVersion

#: So far ahead a day may be named, and a series begin.
_FAR: Final = timedelta(days=3 * 366)
_ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesFacts:
    """What is said of a series from a day on."""

    name: str
    rule: RepeatRule
    #: Minutes after midnight on the depot's wall clock.
    begins_minute: int
    place: str = ""
    ends_on: date | None = None
    #: So many households can be served in a week.
    capacity: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StartSeries:
    """Hand-outs come round from a day on, the first with the plan of another hand-out."""

    command_id: UUID
    facts: SeriesFacts
    from_on: date
    like_event_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSeries:
    """From a day on the hand-outs are as is said here; all of it is said anew."""

    command_id: UUID
    series_id: int = 0
    facts: SeriesFacts
    from_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EndSeries:
    """There is no hand-out of it any more after a day."""

    command_id: UUID
    series_id: int = 0
    last_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptDay:
    """One of its days is off, or moved to another time."""

    command_id: UUID
    series_id: int = 0
    on: date
    #: None: it is called off.
    moved_to: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeHandOuts:
    """Make what is to come of a series, as far ahead as hand-outs are made."""

    command_id: UUID
    series_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSeries(Answer):
    """A series, how many of its hand-outs were made by this, and how many called off."""

    id: int
    name: str
    made: int = 0
    called_off: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptedDay(Answer):
    """The hand-out of a day of a series that is no longer as the rule says."""

    id: int
    event_id: int
    is_moved: bool


def start_series(
    command: StartSeries, actor: Actor, clock: Clock = utc_now
) -> Outcome[SavedSeries]:
    """Begin a series and make its hand-outs of the next four weeks.

    Raises Forbidden, NotFound for another depot's hand-out to be like, Invalid for a rule that
    names no day, or a day that is over.
    """
    need_coordinator(actor)
    return run_once(command, actor, clock, _start, SavedSeries)


def change_series(
    command: ChangeSeries, actor: Actor, clock: Clock = utc_now
) -> Outcome[SavedSeries]:
    """Change a series from a day on. What was before, and what has begun, stays as it was.

    Raises Forbidden, NotFound, Invalid.
    """
    need_coordinator(actor)
    return run_once(command, actor, clock, _change, SavedSeries)


def end_series(command: EndSeries, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedSeries]:
    """End a series with a day; what was made ahead for later days is called off.

    Raises Forbidden, NotFound, and Invalid for a last day before yesterday.
    """
    need_coordinator(actor)
    return run_once(command, actor, clock, _end, SavedSeries)


def except_day(command: ExceptDay, actor: Actor, clock: Clock = utc_now) -> Outcome[ExceptedDay]:
    """Call one day of a series off, or move it. Its hand-out is made for it if there is none yet.

    Raises Forbidden, NotFound, and Invalid for a day that the series has not or that has begun.
    """
    need_coordinator(actor)
    return run_once(command, actor, clock, _except, ExceptedDay)


def make_hand_outs(
    command: MakeHandOuts, actor: Actor, clock: Clock = utc_now
) -> Outcome[SavedSeries]:
    """Make what a series has of the next four weeks and is not there yet. Raises NotFound."""
    return run_once(command, actor, clock, _make, SavedSeries)


def _start(command: StartSeries, work: Work) -> SavedSeries:
    _check(work, command.facts, command.from_on)
    like = command.like_event_id
    if like is not None:
        like = load_event(work, like).id
    series_id = work.session.execute(
        insert(EventSeries)
        .values(depot_id=work.depot_id, created_at=work.recorded_at)
        .returning(EventSeries.id)
    ).scalar_one()
    _write_version(work, series_id, command.facts, command.from_on, like)
    made = make_days(work, series_id)
    return SavedSeries(id=series_id, name=command.facts.name, made=made)


def _change(command: ChangeSeries, work: Work) -> SavedSeries:
    versions = _load(work, command.series_id)
    _check(work, command.facts, command.from_on)
    like = versions[-1].like_event_id
    _write_version(work, command.series_id, command.facts, command.from_on, like)
    return _follow(work, command.series_id, command.from_on)


def _end(command: EndSeries, work: Work) -> SavedSeries:
    newest = _load(work, command.series_id)[-1]
    since = command.last_on + _ONE_DAY
    _check_day(work, "last_on", since)
    facts = SeriesFacts(
        name=newest.name,
        rule=newest.rule,
        begins_minute=newest.begins_minute,
        place=newest.place,
        ends_on=command.last_on,
        capacity=newest.capacity,
    )
    _write_version(work, command.series_id, facts, since, newest.like_event_id)
    return _follow(work, command.series_id, since)


def _follow(work: Work, series_id: int, since: date) -> SavedSeries:
    """Bring what is there in step with the newest version, and make what is missing."""
    versions = _load(work, series_id)
    off = bring_in_step(work, versions, since)
    made = make_days(work, series_id)
    return SavedSeries(id=series_id, name=versions[-1].name, made=made, called_off=off)


def _make(command: MakeHandOuts, work: Work) -> SavedSeries:
    newest = _load(work, command.series_id)[-1]
    return SavedSeries(
        id=newest.series_id, name=newest.name, made=make_days(work, newest.series_id)
    )


def _except(command: ExceptDay, work: Work) -> ExceptedDay:
    versions = _load(work, command.series_id)
    event_id = made_days(work.session, work.depot_id, command.series_id, command.on).get(command.on)
    if event_id is None:
        event_id = _make_early(work, versions, command.on)
    event = load_event(work, event_id)
    work.session.refresh(event)
    if event.state != "planned":
        raise Invalid(field="on", problem=N_("That hand-out has begun already."))
    values: dict[str, Any] = {"called_off_at": work.recorded_at}
    if command.moved_to is not None:
        _check_moved(work, command.moved_to)
        values = {"called_off_at": None, "starts_at": command.moved_to}
    write_event(work, event.id, called_off_reason=command.reason, **values)
    if command.moved_to is None:
        free_event(work, event.id, "called_off")
    else:
        reserve_plan(work, event.id, command.moved_to, "planned")
    return ExceptedDay(
        id=command.series_id, event_id=event.id, is_moved=command.moved_to is not None
    )


def _make_early(work: Work, versions: list[SeriesState], day: date) -> int:
    _check_day(work, "on", day)
    found = scheduled(versions, day, day, work.actor.depot.week_start)
    if day not in found:
        raise Invalid(field="on", problem=N_("There is no hand-out of it on that day."))
    return make_event(work, by_id(versions, found[day].id), day)


def _check_moved(work: Work, moved_to: datetime) -> None:
    if moved_to.tzinfo is None:
        raise Invalid(field="moved_to", problem=N_("The time needs its time zone."))
    if not work.recorded_at <= moved_to <= work.recorded_at + _FAR:
        raise Invalid(field="moved_to", problem=N_("That time is over, or too far ahead."))


def _load(work: Work, series_id: int) -> list[SeriesState]:
    found: list[SeriesState] = []
    if 0 < series_id < 2**63:
        found = series_versions(work.session, work.depot_id, series_id).get(series_id, [])
    if not found:
        raise NotFound(field="series_id", what=N_("series"), name=str(series_id))
    return found


def _check(work: Work, facts: SeriesFacts, from_on: date) -> None:
    need_one_alphabet(facts.name)
    check_rule(facts.rule)
    _check_day(work, "from_on", from_on)
    if facts.ends_on is not None and facts.ends_on < from_on:
        raise Invalid(field="ends_on", problem=N_("It would end before it begins."))
    if not 0 <= facts.begins_minute < 24 * 60:
        raise Invalid(field="begins", problem=N_("Write the time as 10:00."))
    if facts.capacity is not None and facts.capacity < 1:
        raise Invalid(field="capacity", problem=N_("How many households in a week?"))


def _check_day(work: Work, field: str, day: date) -> None:
    """What was before today does not change."""
    if not work.today <= day <= work.today + _FAR:
        raise Invalid(field=field, problem=N_("From today on, and at most three years ahead."))


def _write_version(
    work: Work, series_id: int, facts: SeriesFacts, from_on: date, like: int | None
) -> None:
    rule = facts.rule
    work.session.execute(
        insert(SeriesVersion).values(
            depot_id=work.depot_id,
            series_id=series_id,
            from_on=from_on,
            ends_on=facts.ends_on,
            name=facts.name,
            place=facts.place,
            frequency=rule.frequency,
            every=rule.every,
            weekdays=to_bits(rule.weekdays, WEEKDAYS),
            nths=to_bits(rule.nths, NTHS),
            month_day=rule.month_day,
            begins_minute=facts.begins_minute,
            capacity=facts.capacity,
            like_event_id=like,
            made_at=work.recorded_at,
            person_id=work.actor.person_id,
        )
    )
