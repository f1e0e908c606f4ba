"""The first depot's calendar: what happens on which day of the week, and what goes wrong when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Final

from depot.base.clock import local_day
from depot.demo import mistakes, reports, rounds
from depot.demo.handouts import HandOut, let_come_round
from depot.demo.scenes.decided import meet, propose_quiet_hour, treat_each_other_well
from depot.demo.scenes.saturday import PlayedSaturday, last_saturday
from depot.demo.stage import Happening, Stage

Doing = Callable[[Stage], None]
#: (ISO day of the week, hour, minute, what)
_EVERY_WEEK: Final[tuple[tuple[int, int, int, Doing], ...]] = (
    (1, 8, 20, rounds.throw_away),
    (1, 9, 15, rounds.hub_delivery),
    (1, 9, 40, reports.file_last_week),
    (1, 11, 40, rounds.look_at_questions),
    (2, 18, 45, rounds.supermarket),
    (3, 8, 30, rounds.bakery),
    (3, 9, 0, rounds.throw_away),
    (4, 9, 20, rounds.farm),
    (4, 13, 30, rounds.soup),
    (4, 15, 10, rounds.damaged),
    (5, 11, 0, rounds.count_shelf),
    (5, 18, 50, rounds.supermarket),
    (6, 8, 0, rounds.bakery),
    (6, 8, 25, rounds.throw_away),
)
_EVERY_OTHER_WEEK: Final[tuple[tuple[int, int, int, Doing], ...]] = (
    (2, 10, 30, rounds.purchase),
    (4, 16, 0, rounds.parcels),
    (5, 15, 20, rounds.school_collection),
)
#: (days before the present, hour, minute, what)
_ONCE: Final[tuple[tuple[int, int, int, Doing], ...]] = (
    (62, 10, 5, mistakes.broken_crate),
    (47, 12, 10, mistakes.more_than_the_book),
    (33, 12, 20, mistakes.moved_an_empty_crate),
    (17, 12, 40, mistakes.logged_twice),
    (13, 12, 15, mistakes.recall),
    (12, 14, 30, mistakes.typed_wrong),
    (11, 12, 15, mistakes.end_of_recall),
    (9, 16, 30, mistakes.logged_late),
    (4, 19, 30, meet),
    (4, 19, 50, treat_each_other_well),
    (2, 9, 50, mistakes.set_apart),
    (2, 12, 5, mistakes.undone_after_use),
    (2, 15, 40, mistakes.unknown_label),
    (1, 10, 25, mistakes.more_than_the_book),
    (1, 11, 15, mistakes.moved_an_empty_crate),
    (1, 16, 45, mistakes.counted_late),
    (1, 17, 20, mistakes.logged_twice),
    (1, 17, 40, let_come_round),
    (1, 18, 5, propose_quiet_hour),
)
_FIRST_DAY: Final[tuple[Doing, ...]] = (
    rounds.hub_delivery,
    rounds.farm,
    rounds.purchase,
    rounds.write_recipe,
    rounds.write_parcel,
)
_LOOK_AHEAD: Final = 4


def calendar(stage: Stage, start: datetime) -> Iterator[Happening]:
    """Yield what happens at the first depot from `start` until its present, in no order."""
    first, last = local_day(start, stage.depot.time_zone), stage.last_day
    played = last_saturday(stage, start)
    if played:
        yield from PlayedSaturday(stage, played).happenings()
    for number in range((last - first).days + 1 + _LOOK_AHEAD):
        day = first + timedelta(days=number)
        yield from _regular(stage, day, number // 7)
        for event in _hand_outs(stage, day, last, day == played):
            yield from event.happenings(start)
    for number, opening in enumerate(_FIRST_DAY):
        yield Happening(start + timedelta(minutes=30 * number), opening)
    for before, hour, minute, what in _ONCE:
        yield Happening(stage.local(last - timedelta(days=before), hour, minute), what)
    yield from _slips(stage, last)


def _slips(stage: Stage, last: date) -> Iterator[Happening]:
    """Of the last two Mondays before today: a slip each; the older week is filed again for it."""
    monday = last - timedelta(days=1 + (last.isoweekday() - 2) % 7)
    yield Happening(stage.local(monday, 16, 10), reports.found_afterwards)
    earlier = monday - timedelta(days=7)
    yield Happening(stage.local(earlier, 16, 10), reports.found_afterwards)
    yield Happening(stage.local(earlier + timedelta(days=1), 9, 5), reports.file_last_week)


def _regular(stage: Stage, day: date, week: int) -> Iterator[Happening]:
    rows = _EVERY_WEEK if week % 2 else _EVERY_WEEK + _EVERY_OTHER_WEEK
    for weekday, hour, minute, what in rows:
        if weekday == day.isoweekday():
            yield Happening(stage.local(day, hour, minute), what)
    if stage.chance.random() < 0.75:
        hour, minute = stage.chance.randint(9, 17), stage.chance.randint(0, 59)
        yield Happening(stage.local(day, hour, minute), rounds.passers_by)


def _hand_outs(stage: Stage, day: date, last: date, is_played: bool) -> Iterator[HandOut]:
    households = stage.about(48, 0.2)
    if day.isoweekday() == 3:
        at = stage.local(day, 13)
        yield HandOut("Wednesday hand-out", "Norwood hall", at, households)
    elif day.isoweekday() == 6:
        # parcels by household take the morning of the last one
        at = stage.local(day, 14, 30) if is_played else stage.local(day, 10)
        name, place = "Saturday hand-out", "Norwood hall"
        yield HandOut(name, place, at, households + 12)
    elif day == last:
        yield from _drop_in(stage, day)
    elif day == last + timedelta(days=1):
        at = stage.local(day, 11)
        yield HandOut("Pop-up table", "St Luke's school", at, 25)


def _drop_in(stage: Stage, day: date) -> Iterator[HandOut]:
    """A small table on a day without a hand-out, so that the demo's present has one going on."""
    now = stage.now.replace(minute=stage.now.minute // 15 * 15, second=0, microsecond=0)
    at = min(now - timedelta(minutes=75), stage.local(day, 16))
    if at >= stage.local(day, 8):
        yield HandOut("Drop-in table", "At the door", at, 12, whole_crates=1, share=0.2)
