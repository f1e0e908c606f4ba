"""What is so far from anything before that somebody should look again: numbers, days, people. Pure.

A doubt stops nothing. Who can be asked is asked once, before it is saved; what is saved although it
was doubted waits for a coordinator to say that it is right. The limits are wide on purpose: a doubt
that is raised every week is clicked away in the second.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, TypeAlias, get_args

from depot.base.dates import shelf_life
from depot.base.units import GRAM, MILLIGRAMS_PER_GRAM, MILLILITRE, PIECE

#: What is doubted. `amount` and `product_code` are about goods, `households` and `people` about
#: who was helped, `unit_weight` about what one weighs, the next three about days, `name` about the
#: name of a new item.
DoubtSort: TypeAlias = Literal[
    "amount",
    "product_code",
    "unit_weight",
    "far_date",
    "past_date",
    "long_ago",
    "households",
    "people",
    "name",
]
DOUBT_SORTS: Final[tuple[DoubtSort, ...]] = get_args(DoubtSort)
#: Doubts of how much there is: until they are settled, needs do without those goods.
ABOUT_GOODS: Final[tuple[DoubtSort, ...]] = ("amount", "product_code")

#: So many times the most of its kind on any day before is far more than it ever was...
TIMES: Final = 10
#: ...but nothing up to this is, in base units: a pallet may come to the smallest pantry.
NEVER_DOUBTED: Final = {GRAM: 250_000, MILLILITRE: 250_000, PIECE: 1_000}
#: Above this the very first of its kind is doubted, in base units.
FIRST_AT_MOST: Final = {GRAM: 5_000_000, MILLILITRE: 5_000_000, PIECE: 20_000}
#: The shortest product code has seven digits without its check digit, and no depot a million tins.
SMALLEST_CODE: Final = 10**6
#: What one base unit may weigh, in milligrams: a tea bag and a sack; foam and syrup.
LIKELY_UNIT_WEIGHT: Final = {
    PIECE: (1_000, 60_000_000),
    MILLILITRE: (100, 3_000),
    GRAM: (MILLIGRAMS_PER_GRAM, MILLIGRAMS_PER_GRAM),
}
#: So long after it came in the day on a package may be.
LATEST_DATE: Final = {
    "use_by": timedelta(days=5 * 366),
    "best_before": timedelta(days=10 * 366),
}
#: So long past what may be given out a best-before day is a year typed wrong.
LONG_PAST: Final = timedelta(days=366)
#: What is said to have happened so long before it was written down.
LONG_AGO: Final = timedelta(days=183)
#: So long ahead hand-outs are planned.
PLANNED_AHEAD: Final = timedelta(days=5 * 366)
#: So many times the most households of any hand-out before, above so many.
TIMES_HOUSEHOLDS: Final = 4
HOUSEHOLDS_NEVER_DOUBTED: Final = 200
FIRST_HOUSEHOLDS_AT_MOST: Final = 2_000
#: So many people a household, above so many.
PEOPLE_A_HOUSEHOLD: Final = 10
PEOPLE_NEVER_DOUBTED: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """One thing to look at again: what was said, and the most there was of its kind before.

    `name` is the item's or the hand-out's; `found` and `usual` are in `unit`, of a weight in
    milligrams. `on` is the day that is doubted, `text` it as it was written, or the name that a new
    one is so like.
    """

    sort: DoubtSort
    name: str
    item_id: int | None = None
    unit: str = ""
    found: int | None = None
    usual: int | None = None
    on: date | None = None
    text: str = ""

    @property
    def detail(self) -> str:
        """The sort and what no column has: what `read_detail` takes apart."""
        about = self.text or (self.name if self.item_id is None else "")
        return f"{self.sort} {about}".rstrip()


def read_detail(detail: str) -> tuple[str, str]:
    """Return the sort of a doubt and its text, as they were kept."""
    sort, _, text = detail.partition(" ")
    return sort, text


def doubt_amount(quantity: int, unit: str, most: int | None) -> DoubtSort | None:
    """Say whether so much came at once of what never came to more than `most` on a day.

    `most` is None for the first of its kind.
    """
    if quantity <= (FIRST_AT_MOST[unit] if not most else max(most * TIMES, NEVER_DOUBTED[unit])):
        return None
    return "product_code" if looks_like_code(quantity, unit) else "amount"


def looks_like_code(quantity: int, unit: str) -> bool:
    """Say whether an amount has the digits of a product's bar code: seven to fourteen, no rest."""
    number, rest = (quantity, 0) if unit == PIECE else divmod(quantity, 1000)
    return not rest and SMALLEST_CODE <= number < 10**14


def is_likely_unit_weight(milligrams: int, unit: str, known: int | None = None) -> bool:
    """Say whether one base unit may weigh that much; `known` is what it weighed before."""
    least, most = LIKELY_UNIT_WEIGHT[unit]
    if known:
        least, most = max(least, known // TIMES), min(most, known * TIMES)
    return least <= milligrams <= most


def doubt_date(
    kind: str, on: date | None, arrived: date, after_best_before: str
) -> DoubtSort | None:
    """Say whether goods that arrive may bear that date.

    A use-by day that is past is always doubted; a best-before day is quality, and is doubted only
    where the year must be wrong.
    """
    if on is None:
        return None
    if on > arrived + LATEST_DATE[kind]:
        return "far_date"
    if kind == "use_by":
        return "past_date" if on < arrived else None
    until = shelf_life(after_best_before).from_day(on)
    return "past_date" if until + LONG_PAST < arrived else None


def is_long_ago(occurred: date, recorded: date) -> bool:
    """Say whether something was written down so late that the day may be a slip."""
    return recorded - occurred > LONG_AGO


def is_far_hand_out(day: date, today: date) -> bool:
    """Say whether nobody plans, or notes down, a hand-out of that day."""
    return not today - LONG_AGO <= day <= today + PLANNED_AHEAD


def is_crowd(households: int) -> bool:
    """Say whether one count is of so many that the hand-outs before are worth looking at."""
    return households > HOUSEHOLDS_NEVER_DOUBTED


def doubt_households(households: int, most: int | None) -> bool:
    """Say whether one hand-out helped far more households than any before, of `most`."""
    if not most:
        return households > FIRST_HOUSEHOLDS_AT_MOST
    return is_crowd(households) and households > most * TIMES_HOUSEHOLDS


def doubt_people(households: int, people: int) -> bool:
    """Say whether so many people can be of so many households."""
    return people > max(households * PEOPLE_A_HOUSEHOLD, PEOPLE_NEVER_DOUBTED)
