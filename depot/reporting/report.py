"""The weekly report as frozen lines: what every format is written from. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from depot.actors import DepotView
from depot.periods import Week
from depot.reporting.figures import Figures
from depot.text import N_


@dataclass(frozen=True, slots=True)
class MealFactor:
    """How much food counts as a meal, who says so, and the words they say it in."""

    grams_per_meal: int
    stated: str
    source: str

    def meals(self, grams: int) -> int:
        """Return how many whole meals `grams` are; nothing for less than nothing."""
        return max(grams, 0) // self.grams_per_meal


#: 1.2 pounds are 544.3 g; the figure is feedingamerica.org's, on its page about its claims.
FEEDING_AMERICA: Final = MealFactor(
    grams_per_meal=544,
    stated=N_("1.2 pounds (544 g) a meal"),
    source=N_("Feeding America, after the USDA’s What We Eat in America 2011–12"),
)


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item: quantities in its base unit, and grams if its weight is known or estimated."""

    item_id: int
    item: str
    category: str
    unit: str
    quantities: Figures
    grams: Figures | None
    is_estimated: bool


@dataclass(frozen=True, slots=True)
class CategoryLine:
    """One category in grams; `not_weighed` counts its items that have no weight at all."""

    category: str
    grams: Figures
    not_weighed: int


@dataclass(frozen=True, slots=True)
class Share:
    """Part of a flow under one heading: a source kind or a reason.

    `not_weighed` counts the items in it that have no weight and so are not in `weight_grams`.
    """

    kind: str
    weight_grams: int
    not_weighed: int


@dataclass(frozen=True, slots=True)
class People:
    """People helped, as numbers; None was never asked, which is not zero.

    `asked_households` says in how many of the households the people were counted, too.
    """

    households: int | None = None
    individuals: int | None = None
    adults: int | None = None
    children: int | None = None
    seniors: int | None = None
    new_households: int | None = None
    asked_households: int | None = None


@dataclass(frozen=True, slots=True)
class EventLine:
    """One distribution event: whom it helped and what it handed out in this week."""

    event_id: int
    name: str
    people: People
    weight_grams: int


class Compared(NamedTuple):
    """The figures of which weeks are compared, in grams."""

    sourced: int
    produced: int
    handed_out: int
    lost: int


@dataclass(frozen=True, slots=True)
class WeekLine:
    """One week of the comparison."""

    week: Week
    grams: Compared


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyReport:
    """A depot's week. Weights are grams; `estimated` is the part of `totals` that is estimated.

    `before` are up to twelve weeks before this one, the oldest first, from the first week in which
    the depot did anything. `late_entries` were recorded when the week was over. `seq` and `seal`
    are the end of the depot's chain when the figures were read.
    """

    depot: DepotView
    week: Week
    seq: int
    seal: str
    items: tuple[ItemLine, ...]
    categories: tuple[CategoryLine, ...]
    sources: tuple[Share, ...]
    losses: tuple[Share, ...]
    events: tuple[EventLine, ...]
    without_event_grams: int
    people: People
    totals: Figures
    estimated: Figures
    made_grams: int
    used_up_grams: int
    before: tuple[WeekLine, ...]
    late_entries: int
    factor: MealFactor = FEEDING_AMERICA

    @property
    def not_weighed(self) -> int:
        """How many of the items have no weight, and so are in no figure of weight."""
        return sum(line.grams is None for line in self.items)

    @property
    def meals(self) -> int:
        """What was handed out, in meals."""
        return self.factor.meals(self.totals.handed_out)

    @property
    def this_week(self) -> WeekLine:
        """This week as a line of the comparison."""
        t = self.totals
        return WeekLine(self.week, Compared(t.sourced, t.produced, t.handed_out, t.lost))

    @property
    def last_week(self) -> Compared | None:
        """The week before in figures, if the depot was there already."""
        return self.before[-1].grams if self.before else None

    @property
    def mean_before(self) -> Compared | None:
        """The mean of the weeks before, rounded to a gram; None if there are none."""
        if not self.before:
            return None
        count = len(self.before)
        columns = zip(*(line.grams for line in self.before), strict=True)
        return Compared(*((2 * sum(column) + count) // (2 * count) for column in columns))
