"""The demo from its first day to the present, as steps that are taken in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from itertools import chain

from depot.base.clock import to_milliseconds
from depot.base.errors import OnHold, PastUseBy
from depot.demo import norwood, riverside
from depot.demo.founding import found_norwood, found_riverside
from depot.demo.needs import show_needs
from depot.demo.safety import show_recalls, show_temperatures
from depot.demo.scenes.agencies import show_agencies, show_values
from depot.demo.scenes.duties import show_duties
from depot.demo.scenes.handover import show_notes
from depot.demo.scenes.saturday import the_van_came
from depot.demo.scenes.sheets import show_calendars, show_sheets
from depot.demo.scenes.shifts import show_shifts
from depot.demo.scenes.together import show_people
from depot.demo.scenes.vans import link_depots, show_network
from depot.demo.stage import Happening, Stage

Step = Callable[[], None]
#: People and shelves are there this long before the first day's first delivery.
_BEFORE = timedelta(hours=4)


def story(weeks: int, seed: int, now: datetime, password: str, secret_key: str) -> list[Step]:
    """Found the demo's depots (in an app context, on a migrated database without entries).

    Return the steps of the weeks before `now`; taken in order they are the history. The same
    weeks, seed and `now` make the same ledgers, seal for seal. Of `secret_key` the addresses of
    calendars are made.
    """
    start = now - timedelta(weeks=weeks)
    first = found_norwood(password, seed, start - _BEFORE, now)
    second = found_riverside(password, seed, start - _BEFORE, now, first.coordinator)
    van = the_van_came(first, start)
    return [
        partial(link_depots, first, second),
        *_steps(first, start, norwood.calendar(first, start)),
        *_steps(second, start, chain(riverside.calendar(second, start), van)),
        partial(show_agencies, first),
        partial(show_values, second),
        partial(show_needs, first),
        partial(show_temperatures, first, "Cold store", start),
        partial(show_temperatures, second, "Walk-in fridge", start),
        partial(show_recalls, first),
        partial(show_network, first, second),
        partial(show_shifts, first),
        partial(show_people, first),
        partial(show_notes, first),
        partial(show_duties, first, start),
        partial(show_sheets, first),
        partial(show_calendars, first, secret_key),
        partial(show_calendars, second, secret_key),
    ]


def _steps(stage: Stage, start: datetime, happenings: Iterator[Happening]) -> list[Step]:
    known = [one for one in happenings if start <= one.at < stage.now]
    known.sort(key=lambda one: to_milliseconds(one.at))
    return [partial(_play, stage, one) for one in known]


def _play(stage: Stage, happening: Happening) -> None:
    # one happening may last longer than the time to the next; the book's times never go back
    stage.at = max(stage.at, happening.at)
    # what must not be given out is not given out, here as at a table, and the day goes on
    with suppress(PastUseBy, OnHold):
        happening.what(stage)
