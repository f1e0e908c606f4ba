"""Figures of a report as a paper writes them: weights, shares, signs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from depot.base.text import N_
from depot.reports.sums.figures import Figures
from depot.reports.sums.report import Report
from depot.words.weights import decimals_needed, large_unit

#: Translates a sentence; the identity where nobody reads another language.
Say = Callable[[str], str]
Write = Callable[[int], str]
#: Figures printed with their sign: they are differences, not amounts.
SIGNED: Final = frozenset({"produced", "transferred", "variance"})


def percent_words(part: int, whole: int, say: Say) -> str:
    """Return a share in whole percent; a little is less than one, not nothing."""
    if whole <= 0 or part <= 0:
        return ""
    percent = (200 * part + whole) // (2 * whole)
    return say(N_("%(number)s %%")) % {"number": percent} if percent else say(N_("under 1 %"))


def counted(found: int | None, say: Say) -> str:
    """Return a number of people; what was never asked says so."""
    return say(N_("not asked")) if found is None else f"{found:,}"


def cells(figures: Figures, shown: Sequence[str], write: Write) -> list[str]:
    """Return the figures named `shown`, in that order, those that are differences with a sign."""
    return [signed(getattr(figures, name), write, name in SIGNED) for name in shown]


def signed(found: int, write: Write, with_plus: bool) -> str:
    """Write a number with a true minus; what is shown as nothing has no sign."""
    shown = write(abs(found))
    if not any(letter in "123456789" for letter in shown):
        return shown
    return f"−{shown}" if found < 0 else f"+{shown}" if with_plus else shown


def number(found: int) -> str:
    """Return a whole number, grouped."""
    return f"{found:,}"


def weights(unit: str, numbers: Iterable[int]) -> Write:
    """Return what writes grams in `unit`, all with the same decimals; nothing is a plain 0."""
    decimals = decimals_needed(numbers, unit)
    return lambda grams: f"{large_unit(grams, unit, decimals):,}" if grams else "0"


def weight_words(grams: int, report: Report) -> str:
    """Return a weight with its unit, to a tenth of a kilogram or pound."""
    unit = report.depot.weight_unit
    if unit == "kg" and -1000 < grams < 1000 and grams:
        return f"{signed(grams, number, False)} g"
    tenths = large_unit(abs(grams), unit, 1)
    shown = f"{tenths:,.0f}" if tenths == tenths.to_integral_value() else f"{tenths:,}"
    return f"{'−' if grams < 0 and tenths else ''}{shown} {unit}"
