"""What people said, in a book of plain Python: what the program must come to, in whatever order.

It shares no line with the program. Times are as people state them; what arrives later with an
earlier time counts at that time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

ZONE: Final = ZoneInfo("Europe/Berlin")
HOUR: Final = timedelta(hours=1)
WEEK: Final = timedelta(days=7)
#: A shift's number, begin and end.
Shift = tuple[int, datetime, datetime]


@dataclass
class Stay:
    """From coming to leaving; nobody said that they left: `left` is None."""

    came: datetime
    left: datetime | None
    night: datetime


def night_after(at: datetime) -> datetime:
    """Return the next four o'clock in Berlin that is at least three hours away."""
    clock = at.astimezone(ZONE)
    while True:
        four = clock.replace(hour=4, minute=0, second=0, microsecond=0, fold=0).astimezone(UTC)
        if four >= at + 3 * HOUR:
            return four
        clock += timedelta(days=1)


def stays_of(said: Iterable[tuple[datetime, str]]) -> list[Stay]:
    """Return from when to when somebody was here, of all that was said of it."""
    found: list[Stay] = []
    for at, what in sorted(set(said)):  # of one moment, coming is before leaving
        here = bool(found) and found[-1].left is None and at < found[-1].night
        if what == "come" and not here:
            found.append(Stay(at, None, night_after(at)))
        if what == "leave" and here:
            found[-1].left = at
    return found


def attended(
    shifts: Iterable[Shift], stays: Iterable[Stay]
) -> dict[int, tuple[datetime, datetime | None]]:
    """Return to which shifts somebody came, when first, and when they left it last."""
    told: dict[int, tuple[datetime, datetime | None]] = {}
    for stay in stays:
        until = stay.left or stay.came + 2 * HOUR
        for number, begins, ends in sorted(shifts, key=lambda one: (one[1], one[0])):
            if begins <= until and ends > stay.came:
                told[number] = (told[number][0] if number in told else stay.came, stay.left)
                if stay.left is None:
                    until = max(until, ends + HOUR / 2)
    return told


@dataclass
class Words:
    """What somebody said of one shift: each word with its time and when it arrived."""

    said: list[tuple[datetime, int, str]] = field(default_factory=list)
    is_over: bool = False

    def say(self, at: datetime, word: str) -> None:
        self.said.append((at, len(self.said), word))

    def standing(self) -> str | None:
        """Return what the last words come to: in, seeking or out; None: nothing was said."""
        if not self.said or self.is_over:
            return None
        agreed = max((one for one in self.said if one[2] == "yes"), default=None)
        later = {word for *at, word in self.said if agreed is None or tuple(at) > agreed[:2]}
        return "out" if "no" in later else "seeking" if "cant" in later else "in"


@dataclass
class Duty:
    """A duty of weekly terms: who would, who holds which term, who said no to it."""

    first: date
    since: dict[int, datetime] = field(default_factory=dict)
    holders: dict[date, int] = field(default_factory=dict)
    no: dict[date, set[int]] = field(default_factory=lambda: defaultdict(set))

    def term(self, today: date) -> date:
        """Return the first day of the term of today."""
        return self.first + (today - self.first) // WEEK * WEEK

    def in_turn(self, today: date, members: Collection[int]) -> list[int]:
        """Return whose turn it is: first who never held it, then who did longest ago."""
        asked = self.asked(today, members)
        last = {who: on for on, who in sorted(self.holders.items()) if on <= today}
        would = [who for who in self.since if who in members and who not in self.no[asked]]
        return sorted(would, key=lambda who: (last.get(who, date.min), self.since[who], who))

    def asked(self, today: date, members: Collection[int]) -> date:
        """Return which term asks for somebody first: this one, or the next if this one is held."""
        now = self.term(today)
        return now + WEEK if self.holder(now, members) else now

    def holder(self, on: date, members: Collection[int]) -> int | None:
        """Return who holds a term and works here."""
        who = self.holders.get(on)
        return who if who in members else None

    def turns(self) -> dict[int, int]:
        """Return how many terms each held."""
        found: dict[int, int] = defaultdict(int)
        for who in self.holders.values():
            found[who] += 1
        return found


@dataclass
class Book:
    """Everything of one depot."""

    #: What each who works here is.
    roles: dict[int, str] = field(default_factory=dict)
    #: By the number of the line: of whom, when, what.
    marks: dict[int, tuple[int, datetime, str]] = field(default_factory=dict)
    #: The number of each day of a routine that was touched.
    rows: dict[tuple[int, date], int] = field(default_factory=dict)
    words: dict[tuple[int, int], Words] = field(default_factory=lambda: defaultdict(Words))

    def coordinators(self) -> list[int]:
        return sorted(who for who, role in self.roles.items() if role == "coordinator")

    def ever(self) -> set[int]:
        """Return who was ever said to come or leave."""
        return {who for who, _at, _what in self.marks.values()}

    def stays(self, who: int) -> list[Stay]:
        return stays_of((at, what) for person, at, what in self.marks.values() if person == who)

    def forget_words(self, who: int) -> None:
        """Somebody went: what they say of these shifts is looked at no more."""
        for activity in self.rows.values():
            self.words[activity, who].is_over = True
