"""Whose turn a duty is. Pure.

Who did it longest ago comes first, who never did before all others. Nobody is made to: people say
that they would do it, and yes or no to a turn. A no costs nothing: next time it is theirs again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal, TypeAlias

#: So long the one who comes next learns beside the one who goes.
SIDE_BY_SIDE: Final = timedelta(days=14)
#: So long before a term ends its successor is asked for in plain view.
ASKED_BEFORE: Final = timedelta(days=28)
#: How a duty stands: somebody holds it; its next term has nobody yet; nobody holds it.
DutyState: TypeAlias = Literal["held", "ends_soon", "open"]


@dataclass(frozen=True, slots=True)
class WillingPerson:
    """Somebody who would hold a duty."""

    person_id: int
    name: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """How often somebody held a duty, and since when they did the last time."""

    turns: int
    last_on: date


def in_turn(
    willing: Iterable[WillingPerson],
    held: dict[int, Held],
    but: Collection[int] = (),
) -> list[WillingPerson]:
    """Return whose turn it is, the first on top; `but` are those who said no to this one."""

    def order(one: WillingPerson) -> tuple[bool, date, datetime, int]:
        before = held.get(one.person_id)
        last_on = before.last_on if before else date.min
        return before is not None, last_on, one.since, one.person_id

    return sorted((one for one in willing if one.person_id not in but), key=order)


def state_of(
    holders: Collection[int], next_holders: Collection[int], ends_on: date, today: date
) -> DutyState:
    """Say how a duty stands. A term that ends asks for somebody, and takes nothing from anybody."""
    if not holders:
        return "open"
    if not next_holders and ends_on - today < ASKED_BEFORE:
        return "ends_soon"
    return "held"


def learns_from(starts_on: date) -> date:
    """Return from when on who holds the next term is there beside who holds this one."""
    return starts_on - SIDE_BY_SIDE
