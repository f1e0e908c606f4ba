"""The eight figures of a line, and how they become grams that add up. Pure.

A quantity is exact. Its weight is a number of milligrams, printed in whole grams, and figures
rounded one by one would not add up any more. So what is rounded is the stock: first the stock the
week began with, then the stock after each flow in a fixed order, down to the stock at the end. A
flow's grams are the difference between the rounded stock after it and before it. Every figure is
then within a gram of the exact one, a flow of nothing weighs nothing, the line adds up to the
gram, and one week's closing is the next week's opening as long as nobody edits a weight.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Final, NamedTuple

from depot.base.kinds import FlowKind
from depot.base.units import weight_grams

#: Flows in the order in which they are printed and rounded.
ORDER: Final = ("opening", "sourced", "produced", "handed_out", "lost", "transferred", "variance")
#: Flows that leave the stock and are printed as what left it, without a sign.
OUTWARD: Final = frozenset({"handed_out", "lost"})


class Part(NamedTuple):
    """The smallest part of a week's flow that a report tells apart.

    `detail` is the source kind of what was sourced and the reason of what was lost; `event_id` is
    0 for no event.
    """

    flow: FlowKind
    detail: str = ""
    event_id: int = 0


#: Quantities or grams by part, signed as the stock feels them: handed out is below zero.
Parts = Mapping[Part, int]


@dataclass(frozen=True, slots=True)
class Figures:
    """One line of the report, as printed, in base units or in grams.

    opening + sourced + produced - handed_out - lost + transferred + variance = closing; `opening`
    includes `opening_entered`, what was entered in this week as having been there before.
    """

    opening: int = 0
    sourced: int = 0
    produced: int = 0
    handed_out: int = 0
    lost: int = 0
    transferred: int = 0
    variance: int = 0
    closing: int = 0
    opening_entered: int = 0

    @property
    def adds_up(self) -> bool:
        """Whether the equation holds."""
        came = self.opening + self.sourced + self.produced + self.transferred + self.variance
        return came - self.handed_out - self.lost == self.closing

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to tell: no stock and no flow."""
        return not any(figure_values(self))


FIGURE_NAMES: Final = tuple(field.name for field in fields(Figures))
#: The figures of a line in the order of their names.
figure_values: Final = attrgetter(*FIGURE_NAMES)


def sum_figures(lines: Iterable[Figures]) -> Figures:
    """Return the sum of `lines`, figure by figure."""
    columns = zip(*map(figure_values, lines), strict=True)
    return Figures(*(sum(column) for column in columns))


def make_figures(before: int, parts: Parts, closing: int) -> Figures:
    """Return the line of an item that had `before`, then `parts`, and ended with `closing`."""
    sums = dict.fromkeys(ORDER, 0)
    for part, quantity in parts.items():
        sums[part.flow] += as_printed(part, quantity)
    entered = sums.pop("opening")
    return Figures(opening=before + entered, closing=closing, opening_entered=entered, **sums)


def as_printed(part: Part, quantity: int) -> int:
    """Return a signed quantity as it is printed."""
    return -quantity if part.flow in OUTWARD else quantity


def weigh_parts(
    before: int, parts: Parts, unit_milligrams: int
) -> tuple[int, dict[Part, int], int]:
    """Return the grams of `before`, of each part, and of what is left; they add up exactly.

    `unit_milligrams` is what one base unit weighs.
    """
    stock, grams = before, {}
    first = last = _grams(stock, unit_milligrams)
    for part in sorted(parts, key=_place):
        stock += parts[part]
        now = _grams(stock, unit_milligrams)
        grams[part] = now - last
        last = now
    return first, grams, last


def _place(part: Part) -> tuple[int, str, int]:
    return ORDER.index(part.flow), part.detail, part.event_id


def _grams(quantity: int, unit_milligrams: int) -> int:
    grams = weight_grams(quantity, unit_milligrams)
    if grams is None:
        raise TypeError("a weight is known here")
    return grams
