"""Hand-outs of a series are made ahead, each once, and kept in step with what is said of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, exists, insert, or_, select, update

from depot.distribution.reserving import reserve_plan, take_over_plan
from depot.distribution.series.repeating import begins_at, scheduled
from depot.distribution.series.rows import (
    HORIZON_DAYS,
    SeriesState,
    expectation,
    made_days,
    series_versions,
)
from depot.kernel.once import Work
from depot.kernel.promises.reserving import free_event
from depot.models import DistributionEvent, PlannedLine, SeriesEvent

#: Rows that were read are read anew where they are needed.
_UNSYNCED: Final[dict[str, Any]] = {"synchronize_session": False}


def make_days(work: Work, series_id: int, upto: date | None = None) -> int:
    """Make what is missing of a series from today up to four weeks ahead; return how many.

    The next hand-out takes over the plan of the one before, once. What is expected is worked out
    anew, unless somebody wrote another number.
    """
    versions = series_versions(work.session, work.depot_id, series_id).get(series_id, [])
    last = upto or work.today + timedelta(days=HORIZON_DAYS)
    days = scheduled(versions, work.today, last, work.actor.depot.week_start)
    known = made_days(work.session, work.depot_id, series_id, work.today)
    missing = {day: state for day, state in days.items() if day not in known}
    for day, state in missing.items():
        make_event(work, by_id(versions, state.id), day)
    expect(work, series_id)
    plan_next(work, series_id, versions)
    return len(missing)


def by_id(versions: Iterable[SeriesState], number: int) -> SeriesState:
    """Return the version with that number."""
    return next(version for version in versions if version.id == number)


def make_event(work: Work, state: SeriesState, day: date) -> int:
    """Make the hand-out of a day of a series; return its id."""
    event_id = work.session.execute(
        insert(DistributionEvent)
        .values(
            depot_id=work.depot_id,
            name=state.name,
            place=state.place,
            starts_at=begins_at(day, state.begins_minute, work.actor.depot.time_zone),
            state="planned",
        )
        .returning(DistributionEvent.id)
    ).scalar_one()
    work.session.execute(
        insert(SeriesEvent).values(
            series_id=state.series_id,
            occurs_on=day,
            depot_id=work.depot_id,
            event_id=event_id,
            has_plan=False,
            is_dropped=False,
        )
    )
    return event_id


def expect(work: Work, series_id: int) -> None:
    """Write into the hand-outs to come how many households the last ones let expect."""
    expected = expectation(work.session, work.depot_id, series_id).households
    if expected is None:
        return
    for link, event in _to_come(work, series_id):
        if event.expected_households not in (None, link.averaged) or link.averaged == expected:
            continue
        write_event(work, event.id, expected_households=expected)
        _write_link(work, event.id, averaged=expected)


def plan_next(work: Work, series_id: int, versions: Sequence[SeriesState]) -> None:
    """Give the next hand-out of a series the plan of the last one that has any, once."""
    for link, event in _to_come(work, series_id):
        if event.called_off_at is not None:
            continue
        if not link.has_plan:
            source = _planned_before(work, series_id, link.occurs_on) or versions[-1].like_event_id
            if source is not None and not _has_plan(work, event.id):
                take_over_plan(work, source, event.id, event.starts_at)
            _write_link(work, event.id, has_plan=True)
        return


def _to_come(work: Work, series_id: int) -> list[tuple[SeriesEvent, DistributionEvent]]:
    found = work.session.execute(
        select(SeriesEvent, DistributionEvent)
        .join(DistributionEvent, DistributionEvent.id == SeriesEvent.event_id)
        .where(
            SeriesEvent.depot_id == work.depot_id,
            SeriesEvent.series_id == series_id,
            DistributionEvent.depot_id == work.depot_id,
            DistributionEvent.state == "planned",
            DistributionEvent.starts_at >= work.recorded_at,
        )
        .order_by(DistributionEvent.starts_at, DistributionEvent.id)
        .execution_options(populate_existing=True)
    )
    return [(link, event) for link, event in found]


def _planned_before(work: Work, series_id: int, day: date) -> int | None:
    return work.session.scalar(
        select(SeriesEvent.event_id)
        .where(
            SeriesEvent.depot_id == work.depot_id,
            SeriesEvent.series_id == series_id,
            SeriesEvent.occurs_on < day,
            exists().where(
                PlannedLine.event_id == SeriesEvent.event_id,
                PlannedLine.depot_id == work.depot_id,
            ),
        )
        .order_by(SeriesEvent.occurs_on.desc())
        .limit(1)
    )


def _has_plan(work: Work, event_id: int) -> bool:
    lines = select(PlannedLine.item_id).where(
        PlannedLine.event_id == event_id, PlannedLine.depot_id == work.depot_id
    )
    return work.session.scalar(lines.limit(1)) is not None


def bring_in_step(work: Work, versions: Sequence[SeriesState], since: date) -> int:
    """Bring the hand-outs from a day on that have not begun in step with a new version.

    Those whose day the series still has get its name, place and time, unless they were moved; the
    others are called off. Returns how many were called off. What has begun, and what somebody
    called off, stays as it is.
    """
    series_id, zone = versions[0].series_id, work.actor.depot.time_zone
    links = _unbegun(work, series_id, since)
    last = max((link.occurs_on for link, _event in links), default=since)
    days = scheduled(versions, since, last, work.actor.depot.week_start)
    old = scheduled(versions[:-1], since, last, work.actor.depot.week_start)
    dropped = 0
    for link, event in links:
        state = days.get(link.occurs_on)
        if state is None:
            dropped += _drop(work, event)
            continue
        _revive(work, link, event.starts_at)
        now, before = by_id(versions, state.id), old.get(link.occurs_on)
        was = by_id(versions, before.id) if before else now
        moved = event.starts_at != begins_at(link.occurs_on, was.begins_minute, zone)
        starts_at = begins_at(link.occurs_on, now.begins_minute, zone)
        values = {"name": now.name, "place": now.place}
        write_event(work, event.id, **values, **({} if moved else {"starts_at": starts_at}))
    return dropped


def _unbegun(
    work: Work, series_id: int, since: date
) -> list[tuple[SeriesEvent, DistributionEvent]]:
    found = work.session.execute(
        select(SeriesEvent, DistributionEvent)
        .join(DistributionEvent, DistributionEvent.id == SeriesEvent.event_id)
        .where(
            SeriesEvent.depot_id == work.depot_id,
            SeriesEvent.series_id == series_id,
            SeriesEvent.occurs_on >= since,
            DistributionEvent.depot_id == work.depot_id,
            DistributionEvent.state == "planned",
            _is_of_series(),
        )
    )
    return [(link, event) for link, event in found]


def _is_of_series() -> ColumnElement[bool]:
    """Those that somebody called off are none of the series' business any more."""
    return or_(DistributionEvent.called_off_at.is_(None), SeriesEvent.is_dropped)


def _drop(work: Work, event: DistributionEvent) -> int:
    if event.called_off_at is not None:
        return 0
    write_event(work, event.id, called_off_at=work.recorded_at)
    _write_link(work, event.id, is_dropped=True)
    free_event(work, event.id, "called_off")
    return 1


def _revive(work: Work, link: SeriesEvent, starts_at: datetime) -> None:
    if link.is_dropped:
        write_event(work, link.event_id, called_off_at=None)
        _write_link(work, link.event_id, is_dropped=False)
        reserve_plan(work, link.event_id, starts_at, "opened")


def write_event(work: Work, event_id: int, **values: Any) -> None:
    """Change what is said of a hand-out of the depot."""
    own = and_(DistributionEvent.id == event_id, DistributionEvent.depot_id == work.depot_id)
    work.session.execute(
        update(DistributionEvent).where(own).values(**values).execution_options(**_UNSYNCED)
    )


def _write_link(work: Work, event_id: int, **values: Any) -> None:
    own = and_(SeriesEvent.event_id == event_id, SeriesEvent.depot_id == work.depot_id)
    work.session.execute(
        update(SeriesEvent).where(own).values(**values).execution_options(**_UNSYNCED)
    )
