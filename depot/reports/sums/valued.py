"""What the items of a report are worth: of what was given, and of what was handed out. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from depot.reports.sums.figures import as_printed
from depot.reports.sums.in_kind import (
    NOT_GIVEN,
    InKind,
    ValuedLine,
    ValueRate,
    ValueTable,
    rate_of,
    rate_order,
    value_of,
)
from depot.reports.sums.tally import WeighedItem


def value_items(table: ValueTable, items: Sequence[WeighedItem], day: date) -> InKind:
    """Return what the items of a period are worth by the rates of its last day."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    used: set[ValueRate] = set()
    not_valued = 0
    for one in items:
        facts = one.facts
        flows = _given(one), _handed_out(one)
        if not any(quantity for quantity, _grams in flows):
            continue
        rate = rate_of(table.rates, facts.name, facts.category, facts.base_unit, day)
        values = [None if rate is None else value_of(rate, *flow) for flow in flows]
        if rate is None or None in values:
            not_valued += 1
            continue
        used.add(rate)
        for at, value in enumerate(values):
            sums[facts.category][at] += value or 0
    lines = tuple(ValuedLine(name, *both) for name, both in sums.items())
    return InKind(table.currency, lines, not_valued, tuple(sorted(used, key=rate_order)))


def _given(one: WeighedItem) -> tuple[int, int | None]:
    """Return how much of an item was given, and its grams."""
    parts = [part for part in one.parts if part.flow == "sourced" and part.detail not in NOT_GIVEN]
    quantity = sum(one.parts[part] for part in parts)
    return quantity, _grams(one, sum(one.grams.get(part, 0) for part in parts))


def _handed_out(one: WeighedItem) -> tuple[int, int | None]:
    parts = [part for part in one.parts if part.flow == "handed_out"]
    quantity = sum(as_printed(part, one.parts[part]) for part in parts)
    return quantity, _grams(one, sum(as_printed(part, one.grams.get(part, 0)) for part in parts))


def _grams(one: WeighedItem, grams: int) -> int | None:
    return None if one.line.grams is None else grams
