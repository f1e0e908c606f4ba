"""What is printed about how long things keep frozen, shown beside the depot's own table. Pure.

Nothing of it counts until somebody takes it over: it is about quality, kept at -18 °C (0 °F) and
below, and about kitchens, not about any depot's freezer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from depot.base.text import N_

#: Where the figures are from, and of when.
SOURCE: Final = "FoodSafety.gov, Cold Food Storage Chart"
VERSION: Final = "2026-11"


@dataclass(frozen=True, slots=True)
class GuideLine:
    """So many months things of a kind keep well, the shorter and the longer that is printed."""

    name: str
    least: int
    most: int


GUIDE: Final = (
    GuideLine(N_("Bacon"), 1, 1),
    GuideLine(N_("Sausage, raw"), 1, 2),
    GuideLine(N_("Pizza"), 1, 2),
    GuideLine(N_("Soup and stew"), 2, 3),
    GuideLine(N_("Cooked meat or poultry"), 2, 6),
    GuideLine(N_("Minced meat"), 3, 4),
    GuideLine(N_("Roasts"), 4, 12),
    GuideLine(N_("Poultry in pieces"), 9, 9),
)
