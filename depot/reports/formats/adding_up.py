"""The figures of a report rounded so that each line and each column adds up as printed. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from depot.reports.sums.figures import OUTWARD, Figures, sum_figures
from depot.words import figures
from depot.words.figures import WriteNumber
from depot.words.reader import Reader
from depot.words.weights import table_in_steps

#: What stands on one side of the equation, all with their signs: their sum is nothing.
_SIGNS: Final = {
    name: -1 if name in OUTWARD or name == "closing" else 1
    for name in Figures.__dataclass_fields__
    if name != "opening_entered"
}


def round_figures(
    lines: Sequence[Figures], unit: str, decimals: int
) -> tuple[list[Figures], Figures]:
    """Return lines in whole steps of the last decimal of `unit`, and their sums.

    Each line and the sums keep the equation; no figure is a step or more from the exact one.
    """
    signed = [[sign * getattr(line, name) for name, sign in _SIGNS.items()] for line in lines]
    table = table_in_steps(signed, unit, decimals)
    rounded = [
        Figures(
            **{name: sign * steps for (name, sign), steps in zip(_SIGNS.items(), row, strict=True)}
        )
        for row in table
    ]
    return rounded, sum_figures(rounded or [Figures()])


def write_steps(
    decimals: int, reader: Reader, *, zero: str = "", grouped: bool = True
) -> WriteNumber:
    """Return what writes whole steps of the last decimal; nothing as `zero` if that is given."""

    def write(steps: int) -> str:
        if zero and not steps:
            return zero
        amount = Decimal(steps).scaleb(-decimals)
        return figures.decimal(amount, reader, most=decimals, least=decimals, grouped=grouped)

    return write
