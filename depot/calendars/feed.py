"""A calendar as a file (RFC 5545): each day an event of its own, in UTC, without any rule.

Programs that show calendars break on rules with exceptions and on time zones of their own; a day
that is written out is the same in all of them. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from icalendar import Event

FeedStatus: TypeAlias = Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]
#: How often a calendar looks again, where it can be told.
_LOOKS_AGAIN: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class FeedEvent:
    """One event: with a time, or over whole days, the last of them included."""

    uid: str
    #: Never falls: a calendar takes a later one for the newer.
    sequence: int
    #: When it came to be as it is.
    stamp: datetime
    name: str
    status: FeedStatus
    starts: datetime | date
    ends: datetime | date
    text: str = ""
    place: str = ""
    url: str = ""


def write_feed(name: str, events: Iterable[FeedEvent]) -> bytes:
    """Return the calendar; the same events give the same bytes."""
    from icalendar import Calendar  # when somebody asks for a calendar, not for every start

    calendar = Calendar()
    calendar.add("prodid", "-//Depot//Depot//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", _LOOKS_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for one in events:
        calendar.add_component(_event(one))
    written: bytes = calendar.to_ical()
    return written


def _event(one: FeedEvent) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", one.uid)
    event.add("dtstamp", one.stamp.astimezone(UTC))
    event.add("sequence", one.sequence)
    event.add("summary", one.name)
    event.add("status", one.status)
    if isinstance(one.starts, datetime) and isinstance(one.ends, datetime):
        event.add("dtstart", one.starts.astimezone(UTC))
        event.add("dtend", one.ends.astimezone(UTC))
    else:
        event.add("dtstart", one.starts)
        event.add("dtend", one.ends + timedelta(days=1))
    for key, value in (("description", one.text), ("location", one.place), ("url", one.url)):
        if value:
            event.add(key, value)
    return event
