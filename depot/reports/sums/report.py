"""A report as frozen lines: what every page, file and paper is written from. Pure.

One shape for every period: a week, a month, a quarter, a year, any days in a row. A report that was
filed is the same shape, read back from what was frozen (`depot.reports.sums.frozen`), with `filed`
set; so whoever writes a `Report` down writes both.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NamedTuple

from depot.base.actors import DepotView
from depot.base.kinds import DateKind
from depot.base.periods import Period
from depot.base.questions import ToldDoubt
from depot.base.text import N_
from depot.reports.sums.figures import Figures
from depot.reports.sums.in_kind import InKind


@dataclass(frozen=True, slots=True)
class MealFactor:
    """How much food counts as a meal, the words for it, who says so, and as of when."""

    grams_per_meal: int
    stated: str
    source: str
    version: str = ""

    def meals(self, grams: int) -> int:
        """Return how many whole meals `grams` are; nothing for less than nothing."""
        return max(grams, 0) // self.grams_per_meal


#: 1.2 pounds are 544.3 g; the figure is feedingamerica.org's, on its page about its claims.
FEEDING_AMERICA: Final = MealFactor(
    grams_per_meal=544,
    stated=N_("1.2 pounds (544 g) a meal"),
    source=N_("Feeding America, after the USDA’s What We Eat in America"),
    version="2011–12",
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
    """One category in grams; `not_weighed` counts its items that have no weight at all.

    What is not food (soap, water) is handed out like anything else, but counts in no meal.
    """

    category: str
    grams: Figures
    not_weighed: int
    is_food: bool = True


@dataclass(frozen=True, slots=True)
class Share:
    """Part of a flow under one heading: a source kind or a reason.

    `not_weighed` counts the items in it that have no weight and so are not in `weight_grams`.
    """

    kind: str
    weight_grams: int
    not_weighed: int


@dataclass(frozen=True, slots=True)
class ReceivedLine:
    """What came in of one category from one kind of source, in grams."""

    kind: str
    category: str
    weight_grams: int


@dataclass(frozen=True, slots=True)
class Visits:
    """Visits of the period: households counted, one that came twice twice.

    Of those `by_card` came with a card: so many different `households`, of which `new_households`
    had never used theirs before the period.
    """

    visits: int
    by_card: int
    households: int
    new_households: int

    @property
    def without_card(self) -> int:
        """Visits of which nobody knows whether they were the same households."""
        return max(self.visits - self.by_card, 0)


@dataclass(frozen=True, slots=True)
class HoursGiven:
    """What people gave in the period, as sums that name nobody."""

    people: int
    minutes: int


@dataclass(frozen=True, slots=True)
class BandLine:
    """People of one of the depot's own age bands; None: and over."""

    from_age: int
    to_age: int | None
    people: int


@dataclass(frozen=True, slots=True)
class People:
    """People helped, as numbers; None was never asked, which is not zero.

    `asked_households` says in how many of the households the people were counted, too. Returning
    households are those less the new ones, of the counts alone in which that was asked.
    """

    households: int | None = None
    individuals: int | None = None
    adults: int | None = None
    children: int | None = None
    seniors: int | None = None
    new_households: int | None = None
    asked_households: int | None = None
    returning_households: int | None = None


@dataclass(frozen=True, slots=True)
class EventLine:
    """One distribution event: whom it helped and what it handed out in this period."""

    event_id: int
    name: str
    people: People
    weight_grams: int
    #: The depot's day on which it began.
    held_on: date | None = None


class ComparedFlows(NamedTuple):
    """The figures of which periods are compared, in grams."""

    sourced: int
    produced: int
    handed_out: int
    lost: int


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """One period of the comparison."""

    period: Period
    grams: ComparedFlows


@dataclass(frozen=True, slots=True)
class DueGoods:
    """Goods here that must go out in the week after the period, or should have gone before.

    `weight_grams` is None where nothing says what they weigh.
    """

    item_id: int
    item: str
    unit: str
    quantity: int
    weight_grams: int | None
    date_kind: DateKind
    date_text: str
    give_out_until: date
    is_past: bool


@dataclass(frozen=True, slots=True)
class Need:
    """A category or an item of which there is too little or too much, and for how many days."""

    name: str
    days_left: int | None


@dataclass(frozen=True, slots=True)
class Needs:
    """What the depot is short of, the most urgent first, and what it has too much of."""

    short: tuple[Need, ...]
    too_much: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class DoubtLine:
    """A line of the book that is in the figures, and that nobody has said to be right yet."""

    seq: int
    doubt: ToldDoubt


@dataclass(frozen=True, slots=True)
class FiledHead:
    """Which filed report it is: its number in the depot, and the version for its period.

    `seal` is the report's own; the report's `seal` remains that of the ledger at `seq`.
    """

    number: int
    version: int
    seal: str
    filed_at: datetime
    #: Empty for what the command line filed.
    filed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A depot's period. Weights are grams; `estimated` is the part of `totals` that is estimated.

    `before` are the periods of the same kind before this one, the oldest first, from the first in
    which the depot did anything; for a week up to twelve. `late_entries` were recorded when the
    period was over. `seq` and `seal` are the end of the depot's chain when the figures were read.

    `due`, `needs` and `open_discrepancies` tell of the moment of reading, and are None for a period
    too long ago for that: once the week after it is over as well. So do `doubts`, for any period.
    """

    depot: DepotView
    period: Period
    seq: int
    seal: str
    items: tuple[ItemLine, ...]
    categories: tuple[CategoryLine, ...]
    sources: tuple[Share, ...]
    received: tuple[ReceivedLine, ...]
    losses: tuple[Share, ...]
    events: tuple[EventLine, ...]
    without_event_grams: int
    people: People
    totals: Figures
    estimated: Figures
    made_grams: int
    used_up_grams: int
    before: tuple[PeriodLine, ...]
    late_entries: int
    due: tuple[DueGoods, ...] | None = None
    open_discrepancies: int | None = None
    needs: Needs | None = None
    doubts: tuple[DoubtLine, ...] = ()
    factor: MealFactor = FEEDING_AMERICA
    #: None where the depot does not tell what goods are worth.
    in_kind: InKind | None = None
    #: None where no card was used.
    visits: Visits | None = None
    #: Empty where nobody was counted by bands of the depot's own.
    bands: tuple[BandLine, ...] = ()
    filed: FiledHead | None = None
    #: Told beside the figures and never frozen with them: who was here is forgotten in time, and
    #: what is filed can be proved for good. None where nobody looked, or nobody was here.
    hours: HoursGiven | None = None

    @property
    def not_weighed(self) -> int:
        """How many of the items have no weight, and so are in no figure of weight."""
        return sum(line.grams is None for line in self.items)

    @property
    def below_nothing(self) -> tuple[ItemLine, ...]:
        """The items of which less than nothing is told: something that came in is not written."""
        return tuple(
            line for line in self.items if min(line.quantities.opening, line.quantities.closing) < 0
        )

    @property
    def food_out_grams(self) -> int:
        """What was handed out of categories that count as food."""
        return sum(line.grams.handed_out for line in self.categories if line.is_food)

    @property
    def meals(self) -> int:
        """The food that was handed out, in meals."""
        return self.factor.meals(self.food_out_grams)

    @property
    def this(self) -> PeriodLine:
        """This period as a line of the comparison."""
        t = self.totals
        return PeriodLine(self.period, ComparedFlows(t.sourced, t.produced, t.handed_out, t.lost))

    @property
    def previous(self) -> ComparedFlows | None:
        """The period before in figures, if the depot was there already."""
        return self.before[-1].grams if self.before else None

    @property
    def mean_before(self) -> ComparedFlows | None:
        """The mean of the periods before, rounded to a gram; None if there are none."""
        if not self.before:
            return None
        count = len(self.before)
        columns = zip(*(line.grams for line in self.before), strict=True)
        return ComparedFlows(*((2 * sum(column) + count) // (2 * count) for column in columns))
