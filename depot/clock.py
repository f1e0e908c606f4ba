"""Time, as an argument."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the present instant, aware, in UTC, to the millisecond the ledger keeps."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


def local_day(instant: datetime, time_zone: str) -> date:
    """Return the calendar day on which `instant` (aware) fell on the wall clock of `time_zone`."""
    return instant.astimezone(ZoneInfo(time_zone)).date()
