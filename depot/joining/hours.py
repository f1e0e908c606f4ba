"""How many hours people gave, as sums that name nobody; made of their stays. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from depot.joining.stays import BREAK, EARLY, Stay, Turn


@dataclass(frozen=True, slots=True)
class HoursSum:
    """What people gave in some days: how often somebody came, how many they were, for how long."""

    times: int = 0
    people: int = 0
    minutes: int = 0
    #: Of these times nobody knows when they ended; their minutes are none.
    open_times: int = 0


def end_of(stay: Stay, turns: Iterable[Turn]) -> datetime | None:
    """Return when somebody left; who did not say so left with the shift that they came for.

    None: they came for no shift.
    """
    if stay.left_at is not None:
        return stay.left_at
    end: datetime | None = None
    reach = stay.came_at + EARLY
    for turn in sorted(turns, key=lambda one: (one.starts_at, one.id)):
        if turn.starts_at <= reach and turn.ends_at > stay.came_at:
            end = turn.ends_at if end is None else max(end, turn.ends_at)
            reach = max(reach, end + BREAK)
    return None if end is None else min(end, stay.night_at)


@dataclass(frozen=True, slots=True)
class SimpleStays:
    """What was added up before of one person's stays."""

    person_id: int
    times: int
    minutes: int


def sum_hours(
    stays: Mapping[int, Sequence[Stay]],
    turns: Mapping[int, Sequence[Turn]],
    first: datetime,
    end: datetime,
    simple: Iterable[SimpleStays] = (),
) -> HoursSum:
    """Return the sums of the stays that began from `first` on and before `end`, by person.

    `simple` are those of them that were added up before, and are not among `stays`.
    """
    people: set[int] = set()
    times = minutes = open_times = 0
    for one in simple:
        people.add(one.person_id)
        times += one.times
        minutes += one.minutes
    for person_id, own in stays.items():
        counted = [stay for stay in own if first <= stay.came_at < end]
        if counted:
            people.add(person_id)
        times += len(counted)
        for stay in counted:
            left_at = end_of(stay, turns.get(person_id, ()))
            if left_at is None:
                open_times += 1
            else:
                minutes += int((left_at - stay.came_at).total_seconds()) // 60
    return HoursSum(times, len(people), minutes, open_times)
