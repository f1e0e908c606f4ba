"""Weights as figures to read, with as many decimals as they need, and rounding that adds up.

Figures that are rounded one by one need not add up to their rounded sum. A list is therefore
rounded by the largest remainder: each figure down, then up again for those that lost the most,
until the sum is the one that is printed. In a table whose rows and columns both add up, what one
figure gains another of its row and another of its column must lose: fractions are moved along such
circles until none is left. Either way each figure is less than one step from the exact one, and
one that needs no rounding stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from depot.base.units import MILLIGRAMS_PER_GRAM, MILLIGRAMS_PER_POUND

GRAMS_PER_KILOGRAM: Final = 1000
#: Parts of a gram in which a pound is a whole number too: hundredths of a milligram.
_FINE: Final = 100_000
_STEPS: Final = {
    "g": _FINE,
    "kg": _FINE * GRAMS_PER_KILOGRAM,
    "lb": int(MILLIGRAMS_PER_POUND * 100),
    "t": _FINE * GRAMS_PER_KILOGRAM**2,
}
#: Row and column of a table.
Place = tuple[int, int]
Table = list[list[int]]
#: No weight needs more to be told from nothing.
_MOST_DECIMALS: Final = 3


def large_unit(grams: int, unit: str, decimals: int) -> Decimal:
    """Return a weight in `unit` (kg or lb), rounded half away from zero to `decimals`."""
    milligrams = Decimal(grams * MILLIGRAMS_PER_GRAM)
    per_unit = MILLIGRAMS_PER_POUND if unit == "lb" else GRAMS_PER_KILOGRAM * MILLIGRAMS_PER_GRAM
    rounded = (milligrams / per_unit).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return rounded or abs(rounded)  # a little less than nothing is 0.0, not -0.0


def decimals_needed(weights: Iterable[int], unit: str) -> int:
    """Return how many decimals show all `weights` (grams) so that what adds up also reads so.

    Kilograms are exact with three at most. A pound is not a round number of grams: one decimal.
    """
    if unit == "lb":
        return 1
    needed = 0
    for grams in weights:
        if grams % 10:
            return 3
        needed = max(needed, 2 if grams % 100 else 1 if grams % GRAMS_PER_KILOGRAM else 0)
    return needed


def weights_that_add_up(
    grams: Sequence[int], unit: str, decimals: int, total: Decimal | None = None
) -> list[Decimal]:
    """Return weights in `unit`, rounded so that they add up to their rounded sum, or to `total`."""
    wanted = None if total is None else int(total.scaleb(decimals))
    steps = round_list([_fine(one, decimals) for one in grams], _STEPS[unit], wanted)
    return [Decimal(number).scaleb(-decimals) for number in steps]


def table_that_adds_up(
    rows: Sequence[Sequence[int]], unit: str, decimals: int
) -> list[list[Decimal]]:
    """Return a table of weights in `unit` whose rows and columns add up as they are rounded."""
    steps = table_in_steps(rows, unit, decimals)
    return [[Decimal(number).scaleb(-decimals) for number in row] for row in steps]


def table_in_steps(rows: Sequence[Sequence[int]], unit: str, decimals: int) -> Table:
    """Return such a table in whole steps of the last decimal."""
    return round_table([[_fine(one, decimals) for one in row] for row in rows], _STEPS[unit])


def decimals_to_tell(grams: Sequence[int], unit: str) -> int:
    """Return how many decimals show weights that add up, none of them as nothing: mostly one."""
    for decimals in range(1, _MOST_DECIMALS):
        told = weights_that_add_up(grams, unit, decimals)
        if all(shown or not exact for shown, exact in zip(told, grams, strict=True)):
            return decimals
    return _MOST_DECIMALS


def _fine(grams: int, decimals: int) -> int:
    return int(grams * _FINE * 10**decimals)


def round_half_away(amount: int, step: int) -> int:
    """Return how many whole steps an amount is, a half rounded away from zero."""
    steps = (2 * abs(amount) + step) // (2 * step)
    return steps if amount >= 0 else -steps


def round_list(amounts: Sequence[int], step: int, total: int | None = None) -> list[int]:
    """Return the amounts in whole steps that add up to `total` steps, the rounded sum if not given.

    Of equal remainders the first one gains. Where no such rounding is within a step of each
    amount (the total is not that of these amounts), each is rounded for itself.
    """
    wanted = round_half_away(sum(amounts), step) if total is None else total
    floors = [amount // step for amount in amounts]
    missing = wanted - sum(floors)
    lost = sorted(
        (place for place, amount in enumerate(amounts) if amount % step),
        key=lambda place: -(amounts[place] % step),
    )
    if not 0 <= missing <= len(lost):
        return [round_half_away(amount, step) for amount in amounts]
    for place in lost[:missing]:
        floors[place] += 1
    return floors


def round_table(rows: Sequence[Sequence[int]], step: int) -> Table:
    """Return the rows in whole steps, each and each column less than a step from its exact sum.

    So what adds up along a row or down a column goes on doing so: a row of which the exact sum is
    nothing sums to nothing.
    """
    if not rows or not rows[0]:
        return [[] for _row in rows]
    parts = _with_margins([[amount % step for amount in row] for row in rows], step)
    while (circle := _circle(parts, step)) is not None:
        _move(parts, circle, step)
    return [
        [amount // step + parts[i][j] // step for j, amount in enumerate(row)]
        for i, row in enumerate(rows)
    ]


def _with_margins(parts: Table, step: int) -> Table:
    """Return the fractions with a column and a row more that make each sum a whole number."""
    wide = [[*row, -sum(row) % step] for row in parts]
    return [*wide, [-sum(column) % step for column in zip(*wide, strict=True)]]


def _circle(parts: Table, step: int) -> list[Place] | None:
    """Return places of fractions, by turns in one row and in one column; None if none are left."""
    start = next(
        ((i, j) for i, row in enumerate(parts) for j, part in enumerate(row) if part % step), None
    )
    if start is None:
        return None
    path, in_row = [start], True
    seen: dict[tuple[bool, int], int] = {(False, start[1]): 0}
    while True:
        i, j = path[-1]
        line = i if in_row else j
        if (in_row, line) in seen:
            return path[seen[in_row, line] :]
        seen[in_row, line] = len(path)
        path.append(_next_in(parts, (i, j), step, in_row=in_row))
        in_row = not in_row


def _next_in(parts: Table, place: Place, step: int, *, in_row: bool) -> Place:
    """Return another fraction of the row or column: there is one, because its sum is whole."""
    i, j = place
    if in_row:
        return i, next(k for k, part in enumerate(parts[i]) if k != j and part % step)
    return next(k for k, row in enumerate(parts) if k != i and row[j] % step), j


def _move(parts: Table, circle: Sequence[Place], step: int) -> None:
    """Move as little as makes one fraction of the circle a whole number."""
    up, down = circle[::2], circle[1::2]
    rise = min([step - parts[i][j] for i, j in up] + [parts[i][j] for i, j in down])
    fall = min([parts[i][j] for i, j in up] + [step - parts[i][j] for i, j in down])
    change = rise if rise <= fall else -fall
    for sign, places in ((1, up), (-1, down)):
        for i, j in places:
            parts[i][j] += sign * change
