"""What the codes in a report are called where people read them; the edge translates them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from depot.base.text import N_
from depot.base.units import GRAM, MILLILITRE, PIECE
from depot.reports.sums.figures import Figures

SOURCES: Final = {
    "donation": N_("Donation"),
    "collection": N_("Collection, drive"),
    "rescue": N_("Shop, food rescue"),
    "farm": N_("Farm, garden"),
    "manufacturer": N_("Maker, wholesaler"),
    "food_bank": N_("Food bank"),
    "government": N_("Government"),
    "purchase": N_("Bought"),
    "transfer": N_("Another depot"),
    "other": N_("Other"),
}
REASONS: Final = {
    "expired": N_("out of date"),
    "damaged": N_("broken"),
    "recalled": N_("recalled"),
    "lost": N_("gone"),
    "use": N_("used here"),
    "waste": N_("wasted while cooking or packing"),
    "taken_apart": N_("taken apart"),
    "frozen": N_("frozen"),
    "thawed": N_("thawed"),
}
UNITS: Final = {PIECE: N_("pieces"), GRAM: N_("grams"), MILLILITRE: N_("millilitres")}
#: The columns of "It adds up", in its order, by the name of the figure.
COLUMNS: Final = {
    "opening": N_("Opening"),
    "sourced": N_("In"),
    "produced": N_("Made"),
    "handed_out": N_("Out"),
    "lost": N_("Lost"),
    "transferred": N_("Moved"),
    "variance": N_("By count"),
    "closing": N_("Closing"),
}
#: The people helped, in the order in which they are told, by the name of the figure.
PEOPLE: Final = {
    "households": N_("Households"),
    "new_households": N_("New households"),
    "returning_households": N_("Returning households"),
    "individuals": N_("People"),
    "adults": N_("Adults"),
    "children": N_("Children"),
    "seniors": N_("Seniors"),
}
#: A column without a single figure in it is left out of tables to read.
_OPTIONAL: Final = frozenset({"transferred"})


def shown_columns(lines: Iterable[Figures]) -> list[str]:
    """Return the names of the columns that a table of `lines` needs."""
    used = {name for line in lines for name in _OPTIONAL if getattr(line, name)}
    return [name for name in COLUMNS if name in used or name not in _OPTIONAL]


def source_word(kind: str) -> str:
    """Return what a source kind is called; a delivery without one is other goods."""
    return SOURCES.get(kind, SOURCES["other"])


def reason_word(reason: str) -> str:
    """Return what a reason for a loss is called; without one the goods are gone."""
    return REASONS.get(reason, REASONS["lost"])
