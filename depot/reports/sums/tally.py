"""From counted quantities to the lines of a report: item, category, source, reason, event. Pure.

Everything is added up from the same parts in the same whole grams (`figures.weighed`), so that the
sources add up to what came in, the reasons to what was lost, and the categories to the totals.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from depot.base.kinds import FlowKind
from depot.items.item_facts import ItemFacts
from depot.reports.sums.figures import (
    Figures,
    Part,
    as_printed,
    make_figures,
    sum_figures,
    weigh_parts,
)
from depot.reports.sums.report import CategoryLine, ItemLine, ReceivedLine, Share


@dataclass(slots=True)
class Count:
    """What was counted of one item, from both ends: the stock before and after, and the flows."""

    before: int = 0
    closing: int = 0
    parts: dict[Part, int] = field(default_factory=dict)

    @property
    def reconciles(self) -> bool:
        """Whether what was there, with all that happened, is what is there."""
        return self.before + sum(self.parts.values()) == self.closing


@dataclass(frozen=True, slots=True)
class WeighedItem:
    """One item's line, its parts, and their grams (none if it has no weight)."""

    facts: ItemFacts
    line: ItemLine
    parts: Mapping[Part, int]
    grams: Mapping[Part, int]


def weigh_item(facts: ItemFacts, count: Count) -> WeighedItem:
    """Return an item's line, in its unit and in grams."""
    milligrams = facts.milligrams
    grams: dict[Part, int] = {}
    line_grams = None
    if milligrams is not None:
        first, grams, last = weigh_parts(count.before, count.parts, milligrams)
        line_grams = make_figures(first, grams, last)
    line = ItemLine(
        facts.id,
        facts.name,
        facts.category,
        facts.base_unit,
        make_figures(count.before, count.parts, count.closing),
        line_grams,
        is_estimated=line_grams is not None and facts.stated_milligrams is None,
    )
    return WeighedItem(facts, line, count.parts, grams)


def sort_by_name(items: Iterable[WeighedItem]) -> list[WeighedItem]:
    """Return the items that have anything to tell, category by category, by name in each."""
    told = (one for one in items if not one.line.quantities.is_blank)
    return sorted(told, key=lambda one: (_category_key(one.facts), one.facts.name.casefold()))


def _category_key(facts: ItemFacts) -> tuple[int, str]:
    return facts.position, facts.category


def category_lines(items: Iterable[WeighedItem]) -> tuple[CategoryLine, ...]:
    """Return one line a category, in the depot's order of categories."""
    groups: defaultdict[tuple[int, str, bool], list[ItemLine]] = defaultdict(list)
    for one in items:
        groups[*_category_key(one.facts), one.facts.is_food].append(one.line)
    return tuple(
        CategoryLine(name, total_grams(lines), sum(line.grams is None for line in lines), is_food)
        for (_, name, is_food), lines in sorted(groups.items())
    )


def total_grams(lines: Sequence[ItemLine]) -> Figures:
    """Return the grams of `lines` added up; what has no weight adds nothing."""
    return sum_figures([line.grams for line in lines if line.grams is not None] or [Figures()])


def flow_shares(items: Iterable[WeighedItem], flow: FlowKind) -> tuple[Share, ...]:
    """Return a flow by its detail, the heaviest first."""
    sums: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for one in items:
        for part in one.parts:
            if part.flow == flow:
                known = one.grams.get(part)
                sums[part.detail][0] += as_printed(part, known or 0)
                sums[part.detail][1] += known is None
    ordered = sorted(sums.items(), key=lambda pair: (-pair[1][0], pair[0]))
    return tuple(Share(kind, grams, bare) for kind, (grams, bare) in ordered)


def received_lines(items: Iterable[WeighedItem]) -> tuple[ReceivedLine, ...]:
    """Return what came in by category, in the depot's order of them, and by kind of source."""
    sums: defaultdict[tuple[int, str, str], int] = defaultdict(int)
    for one in items:
        for part, grams in one.grams.items():
            if part.flow == "sourced":
                sums[*_category_key(one.facts), part.detail] += grams
    return tuple(
        ReceivedLine(kind, category, grams) for (_, category, kind), grams in sorted(sums.items())
    )


def event_grams(items: Iterable[WeighedItem]) -> dict[int, int]:
    """Return what was handed out at each event, in grams; 0 stands for no event."""
    sums: defaultdict[int, int] = defaultdict(int)
    for part, grams in _parts(items, "handed_out"):
        sums[part.event_id] += as_printed(part, grams)
    return dict(sums)


def production_grams(items: Iterable[WeighedItem]) -> tuple[int, int]:
    """Return the grams of what production made more of, and of what it used up."""
    changes = [grams for _, grams in _parts(items, "produced")]
    return sum(c for c in changes if c > 0), -sum(c for c in changes if c < 0)


def _parts(items: Iterable[WeighedItem], flow: FlowKind) -> Iterator[tuple[Part, int]]:
    for one in items:
        for part, grams in one.grams.items():
            if part.flow == flow:
                yield part, grams
