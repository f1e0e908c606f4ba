"""The one figure of an entry: how much of what it is about, signed as the stock feels it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from depot.entries.queries.entry_lines import LineRow


@dataclass(frozen=True, slots=True)
class Figure:
    """How much an entry is about.

    Of one item it is a quantity in that item's unit; of several their weight, if all of them have
    one. `is_signed` says whether plus and minus mean anything: inside the depot they do not.
    """

    items: tuple[str, ...] = ()
    quantity: int | None = None
    unit: str | None = None
    weight_grams: int | None = None
    is_signed: bool = True


def figure_of(act: str, is_reversal: bool, lines: Sequence[LineRow]) -> Figure:
    """Return the figure of an entry of that kind: what came in, went out, was moved or made.

    What the book did not have counts too: ten handed out of eight are ten handed out. Of what was
    made only the outcome counts, not what went in.
    """
    told = _told(act, is_reversal, [line for line in lines if not line.is_correction])
    signed = [(line, _signed(act, line)) for line in told]
    counted = [(line, quantity) for line, quantity in signed if quantity]
    names = tuple(dict.fromkeys(line.item for line, _ in counted))
    is_signed = act != "transfer"
    if len({line.item_id for line, _ in counted}) == 1:
        total = sum(quantity for _, quantity in counted)
        return Figure(names, total, counted[0][0].unit, _weight(counted), is_signed)
    return Figure(names, None, None, _weight(counted), is_signed)


def _told(act: str, is_reversal: bool, lines: Sequence[LineRow]) -> Sequence[LineRow]:
    if act != "production":
        return lines
    made = [
        line for line in lines if (line.target if is_reversal else line.source).kind == "production"
    ]
    return made or lines


def _signed(act: str, line: LineRow) -> int:
    if act == "transfer":
        is_moved = line.target.is_physical or line.target.kind == "network"
        return line.quantity if is_moved else 0
    for place, sign in ((line.source, 1), (line.target, -1)):
        if not place.is_physical and place.kind != "count_variance":
            return sign * line.quantity
    return line.quantity if line.target.is_physical else -line.quantity


def _weight(counted: Sequence[tuple[LineRow, int]]) -> int | None:
    if not counted or any(line.weight_grams is None for line, _ in counted):
        return None
    return sum((line.weight_grams or 0) * (1 if quantity > 0 else -1) for line, quantity in counted)
