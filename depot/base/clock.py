"""Time, as an argument."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def utc_now() -> datetime:
    """Return the present instant, aware, in UTC, to the millisecond the ledger keeps."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


def local_day(instant: datetime, time_zone: str) -> date:
    """Return the calendar day on which `instant` (aware) fell on the wall clock of `time_zone`."""
    return instant.astimezone(ZoneInfo(time_zone)).date()


def to_milliseconds(instant: datetime) -> int:
    """Return whole milliseconds since 1970 UTC; raises ValueError for a naive datetime."""
    if instant.tzinfo is None:
        raise ValueError("a naive datetime is no instant")
    return (instant - _EPOCH) // timedelta(milliseconds=1)


def from_milliseconds(milliseconds: int) -> datetime:
    """Return the aware UTC instant that many milliseconds after 1970 began."""
    return _EPOCH + timedelta(milliseconds=milliseconds)
