"""A calendar as a file, read by a library that did not write it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import vobject

from depot.calendars.feed import FeedEvent, write_feed

SHIFT = FeedEvent(
    uid="activity-1@north.depot",
    sequence=3,
    stamp=datetime(2026, 11, 21, 9, tzinfo=UTC),
    name="Door, and tea; then “sort”\\",
    status="CONFIRMED",
    starts=datetime(2026, 11, 24, 9, tzinfo=UTC),
    ends=datetime(2026, 11, 24, 12, tzinfo=UTC),
    text="Key is at the bakery.\nEND:VCALENDAR\n" + "ä" * 200,
    place="Shelf B2",
    url="http://127.0.0.1:8000/",
)


def test_every_word_comes_back_as_it_was_written() -> None:
    written = write_feed("North", [SHIFT])
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    read = vobject.readOne(written.decode())
    assert (read.version.value, read.method.value) == ("2.0", "PUBLISH")
    (event,) = read.vevent_list
    assert (event.uid.value, event.sequence.value) == (SHIFT.uid, "3")
    assert (event.summary.value, event.description.value) == (SHIFT.name, SHIFT.text)
    assert (event.location.value, event.status.value) == ("Shelf B2", "CONFIRMED")
    assert (event.dtstart.value, event.dtend.value) == (SHIFT.starts, SHIFT.ends)
    assert write_feed("North", [SHIFT]) == written


def test_whole_days_end_before_the_day_after_the_last() -> None:
    duty = replace(SHIFT, starts=date(2026, 11, 24), ends=date(2026, 11, 30))
    (event,) = vobject.readOne(write_feed("North", [duty]).decode()).vevent_list
    assert (event.dtstart.value, event.dtend.value) == (date(2026, 11, 24), date(2026, 12, 1))


def test_a_calendar_without_events_is_one() -> None:
    assert "vevent" not in vobject.readOne(write_feed("North", []).decode()).contents
