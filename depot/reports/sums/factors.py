"""The meal factors that a depot starts with: what four bodies count as a meal. Pure.

None of them is more right than another; a funder asks for its own. They are rows of a table that a
coordinator edits, and the one that was used is printed under every number of meals.
"""

from __future__ import annotations

from typing import Final

from depot.base.text import N_
from depot.reports.sums.report import FEEDING_AMERICA, MealFactor

#: The first is chosen until somebody chooses another.
START_FACTORS: Final = (
    FEEDING_AMERICA,
    MealFactor(
        grams_per_meal=500,
        stated=N_("500 g a meal"),
        source=N_("European Food Banks Federation (FEBA)"),
        version=N_("from its published tonnes and meals a day: 768,000 t, 4.2 million"),
    ),
    MealFactor(
        grams_per_meal=420,
        stated=N_("420 g a meal"),
        source=N_("FareShare, United Kingdom"),
        version=N_("from its published tonnes and meals: 53,894 t, 130 million"),
    ),
    MealFactor(
        grams_per_meal=626,
        stated=N_("626 g a meal"),
        source=N_("UN-FAO, as tools that measure impact use it"),
        version="",
    ),
)
