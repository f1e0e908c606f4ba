"""Goods weighed in their boxes: the weight without them is booked, what the scale said is kept."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import insert, select

from depot.base.errors import Invalid, NotFound
from depot.base.names import name_key
from depot.base.text import N_
from depot.base.units import MAX_QUANTITY
from depot.intake.receipt_lines import ReceiptLine
from depot.intake.tare import MAX_BOXES, BoxCount, Tare, net_grams, tare_grams
from depot.kernel.lookups import ItemRow
from depot.kernel.once import Work
from depot.models import TareBox, Weighing


@dataclass(frozen=True, slots=True)
class WeighedLines:
    """The lines without their boxes, and what was taken off which."""

    lines: tuple[ReceiptLine, ...]
    #: By the line's place: what the scale said, and the boxes.
    taken_off: dict[int, tuple[int, tuple[Tare, ...]]]

    def keep(self, work: Work, entry_id: int | None, items: Sequence[ItemRow]) -> None:
        """Write down how each weight came about, beside the entry that books it."""
        rows = [
            {
                "depot_id": work.depot_id,
                "entry_id": entry_id,
                "line": place + 1,
                "item_id": items[place].id,
                "gross_grams": gross,
                "tare_grams": tare_grams(boxes),
                "boxes": json.dumps([[box.name, box.grams, box.count] for box in boxes]),
            }
            for place, (gross, boxes) in self.taken_off.items()
        ]
        if rows:
            work.session.execute(insert(Weighing), rows)


def weigh_lines(work: Work, lines: Sequence[ReceiptLine]) -> WeighedLines:
    """Take the boxes off the weights of the lines that name some (one statement, if any does).

    Raises NotFound for a box that the depot does not have, Invalid for boxes without a weight or
    of a number that cannot be, TareTooHeavy if nothing is left.
    """
    if not any(line.boxes for line in lines):
        return WeighedLines(tuple(lines), {})
    known = _known_boxes(work)
    found: list[ReceiptLine] = []
    taken_off: dict[int, tuple[int, tuple[Tare, ...]]] = {}
    for place, line in enumerate(lines):
        if not line.boxes:
            found.append(line)
            continue
        if line.weight_grams is None or line.weight_grams > MAX_QUANTITY:
            raise Invalid(field="weight_grams", problem=N_("How much does it weigh?"))
        boxes = tuple(_tare(known, box) for box in line.boxes)
        taken_off[place] = (line.weight_grams, boxes)
        found.append(replace(line, weight_grams=net_grams(line.weight_grams, boxes), boxes=()))
    return WeighedLines(tuple(found), taken_off)


def _known_boxes(work: Work) -> dict[int | str, tuple[str, int]]:
    rows = work.session.execute(
        select(TareBox.id, TareBox.name_key, TareBox.name, TareBox.grams).where(
            TareBox.depot_id == work.depot_id
        )
    ).all()
    by_id = {row.id: (row.name, row.grams) for row in rows}
    return by_id | {row.name_key: (row.name, row.grams) for row in rows}


def _tare(known: dict[int | str, tuple[str, int]], named: BoxCount) -> Tare:
    if not 0 < named.count <= MAX_BOXES:
        raise Invalid(field="boxes", problem=N_("That many boxes stand on no scale."))
    box = known.get(named.box if isinstance(named.box, int) else name_key(named.box))
    if box is None:
        raise NotFound(field="boxes", what=N_("box"), name=named.box)
    return Tare(*box, named.count)
