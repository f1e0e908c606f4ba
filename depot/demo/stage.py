"""One depot of the demo while its story is told: who is there, its labels, and what time it is."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from depot.base.actors import Actor
from depot.base.clock import Clock, local_day
from depot.db.database import current_session
from depot.demo.goods import Kind, Shelf
from depot.kernel.once import A, Outcome
from depot.stock.queries.stock import ItemStock, stock_by_item

#: Every command of a story leaves this much of its time to the next one.
_STEP = timedelta(seconds=70)


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happens at a time; what is later than the story's end never does."""

    at: datetime
    what: Callable[[Stage], None]


class Stage:
    """One depot, its people (a coordinator first) and the story's own clock and chance."""

    def __init__(
        self, people: Sequence[Actor], seed: int, opened_at: datetime, now: datetime
    ) -> None:
        self.people = tuple(people)
        self.depot = people[0].depot
        self.now = now
        self.at = opened_at
        # the same seed tells the same story: this is not about secrets
        self.chance = random.Random(f"{self.depot.slug}:{seed}")  # noqa: S311  # a demo, no secret
        self.crates: list[str] = []
        self.pallets: list[str] = []

    @property
    def coordinator(self) -> Actor:
        return self.people[0]

    @property
    def session(self) -> Session:
        return current_session()

    @property
    def last_day(self) -> date:
        return local_day(self.now, self.depot.time_zone)

    @property
    def today(self) -> date:
        return local_day(self.at, self.depot.time_zone)

    def clock(self) -> datetime:
        """Tell the story's time; it never passes the present."""
        return min(self.at, self.now)

    def local(self, day: date, hour: int, minute: int = 0) -> datetime:
        """Return that time of day on the depot's wall clock, in UTC."""
        zone = ZoneInfo(self.depot.time_zone)
        return datetime.combine(day, time(hour, minute), zone).astimezone(UTC)

    def someone(self) -> Actor:
        """Return one of the people there."""
        return self.chance.choice(self.people)

    def about(self, amount: int, spread: float = 0.25) -> int:
        """Return roughly `amount`, at least one."""
        return max(1, round(amount * self.chance.uniform(1 - spread, 1 + spread)))

    def command_id(self) -> UUID:
        """Return the next command's id."""
        return UUID(int=self.chance.getrandbits(128), version=4)

    def do(
        self,
        run: Callable[[Any, Actor, Clock], Outcome[A]],
        command: Callable[..., Any],
        who: Actor | None = None,
        **fields: Any,
    ) -> Outcome[A]:
        """Have somebody do something now; a minute later the next one can be done."""
        asked = command(command_id=self.command_id(), **fields)
        outcome = run(asked, who or self.someone(), self.clock)
        self.at += _STEP
        return outcome

    def date_on(self, keeps: Shelf) -> dict[str, Any]:
        """Return what stands on a package that came today: its date and the kind of it."""
        if not keeps.kind:
            return {}
        day = self.today + timedelta(days=self.chance.randint(keeps.first, keeps.last))
        text = day.isoformat()[:7] if keeps.precision == "month" else day.isoformat()
        return {"date": text, "date_kind": keeps.kind}

    def stock(self) -> dict[str, ItemStock]:
        """Return what is on hand, by the item's name."""
        return {row.item: row for row in stock_by_item(self.session, self.depot.id)}

    def some(self, kinds: Sequence[Kind], count: int) -> list[Kind]:
        """Return some of the kinds, each once."""
        return self.chance.sample(list(kinds), min(count, len(kinds)))
