"""The machine's clock jumping: how it is told, and how a thing to look at keeps it. Pure.

All times of the book come from that clock: an entry of 10:05 written while it was wrong stands in
the wrong day, perhaps in the wrong week.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from depot.base.clock import from_milliseconds, to_milliseconds

#: Less is what clocks are set right by now and then.
TOLERANCE: Final = timedelta(minutes=2)
#: A depot may be closed for so long; after a longer time the clock is asked about.
LONG_AGO: Final = timedelta(days=60)
_STILL: Final = "-"


@dataclass(frozen=True, slots=True)
class ClockJump:
    """The clock showed something else than was to be expected, after an entry of a depot."""

    expected_at: datetime
    shown_at: datetime
    after_seq: int
    #: The last entry before it was right again; None: it is not yet, as far as anybody knows.
    until_seq: int | None = None

    @property
    def ahead(self) -> timedelta:
        """How far it went ahead; back, if it is less than nothing."""
        return self.shown_at - self.expected_at


@dataclass(frozen=True, slots=True)
class Moment:
    """What the wall clock showed, and the seconds of one that cannot be set."""

    shown_at: datetime
    steady: float

    def expected_at(self, steady: float) -> datetime:
        """Return what the wall clock has to show at another moment of the steady one."""
        return self.shown_at + timedelta(seconds=steady - self.steady)


def has_jumped(expected_at: datetime, shown_at: datetime) -> bool:
    """Say whether a clock shows something that is no small setting right."""
    return abs(shown_at - expected_at) > TOLERANCE


def is_odd_start(last_at: datetime, now: datetime) -> bool:
    """Say whether a clock is odd at the start: before the last entry, or very long after it."""
    return now < last_at - TOLERANCE or now > last_at + LONG_AGO


def as_detail(jump: ClockJump) -> str:
    """Return a jump as the text that a discrepancy keeps."""
    until = _STILL if jump.until_seq is None else jump.until_seq
    times = f"{to_milliseconds(jump.expected_at)} {to_milliseconds(jump.shown_at)}"
    return f"{times} {jump.after_seq} {until}"


def read_jump(detail: str) -> ClockJump:
    """Return the jump that `as_detail` made a text of."""
    expected, shown, after, until = detail.split()
    return ClockJump(
        from_milliseconds(int(expected)),
        from_milliseconds(int(shown)),
        int(after),
        None if until == _STILL else int(until),
    )


def whole(instant: datetime) -> datetime:
    """Return the instant in UTC, to the millisecond that is kept."""
    return instant.astimezone(UTC).replace(microsecond=instant.microsecond // 1000 * 1000)
