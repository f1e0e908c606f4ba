"""Who gets how much when several ask for more than there is: in proportion to people served. Pure.

Nobody gets more than they asked for, and what one does not need goes to the others in the same
proportion. What is then no whole number is rounded by the largest remainder, so that all of it is
given and a unit more goes to who is owed most of it. All of it is whole numbers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

#: What people served are counted over.
Per = Literal["week", "month"]
#: How often each of them comes in a year.
TIMES_A_YEAR: Final[Mapping[str, int]] = {"week": 52, "month": 12}


@dataclass(frozen=True, slots=True)
class Ask:
    """How much an agency asks for, and how many people it serves (see `people_a_year`)."""

    partner_id: int
    asked: int
    people: int


@dataclass(frozen=True, slots=True)
class OpenAsk:
    """How much of an item a request asks for, whose it is, and for which day."""

    request_id: int
    partner_id: int
    needed_on: date
    asked: int


def people_a_year(people: int, per: str) -> int:
    """Return how often people come in a year, so that a week's and a month's can be compared."""
    return people * TIMES_A_YEAR[per]


def fair_share(free: int, asks: Sequence[Ask]) -> dict[int, int]:
    """Return how much each agency gets of what is free, by its id.

    Never more than it asked, together never more than is free, and all of it where that much was
    asked for. Who serves more people and asks for no less gets no less. An agency that serves
    nobody, or said nothing, counts as one person. Raises ValueError for an agency named twice.
    """
    if len({ask.partner_id for ask in asks}) < len(asks):
        raise ValueError("an agency asks once")
    wanting = [ask for ask in asks if ask.asked > 0]
    shares = {ask.partner_id: 0 for ask in asks}
    left = max(free, 0)
    while wanting:
        weight = sum(_weight(ask) for ask in wanting)
        content = [ask for ask in wanting if ask.asked * weight <= left * _weight(ask)]
        if not content:
            return shares | _divided(left, weight, wanting)
        for ask in content:
            shares[ask.partner_id] = ask.asked
            left -= ask.asked
        wanting = [ask for ask in wanting if ask not in content]
    return shares


def _weight(ask: Ask) -> int:
    return max(ask.people, 1)


def _divided(left: int, weight: int, asks: Sequence[Ask]) -> dict[int, int]:
    """Divide what is left among agencies each of which asks for more than its part of it."""
    parts = {ask.partner_id: divmod(left * _weight(ask), weight) for ask in asks}
    over = left - sum(whole for whole, _rest in parts.values())
    owed = sorted(asks, key=lambda ask: (-parts[ask.partner_id][1], -ask.people, ask.partner_id))
    shares = {number: whole for number, (whole, _rest) in parts.items()}
    for ask in owed[:over]:
        shares[ask.partner_id] += 1
    return shares


def share_requests(free: int, asks: Sequence[OpenAsk], people: Mapping[int, int]) -> dict[int, int]:
    """Return how much of an item each request is proposed, by its id.

    An agency that asks twice is one agency: its part goes to the request for the earlier day first.
    `people` is by agency, as `people_a_year` has it.
    """
    sums: defaultdict[int, int] = defaultdict(int)
    for ask in asks:
        sums[ask.partner_id] += ask.asked
    shares = fair_share(
        free, [Ask(number, asked, people.get(number, 0)) for number, asked in sums.items()]
    )
    given: dict[int, int] = {}
    for ask in sorted(asks, key=lambda one: (one.needed_on, one.request_id)):
        given[ask.request_id] = min(ask.asked, shares[ask.partner_id])
        shares[ask.partner_id] -= given[ask.request_id]
    return given
