"""What boxes weigh, and what is left of a weight without them. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from depot.base.errors import TareTooHeavy
from depot.base.text import N_

#: Empty boxes that a depot begins with and edits: name and grams. Banana boxes with their lid,
#: a stacking crate of 60 by 40 cm, a cage of four sides, a EUR pallet; rounded, weighed dry.
START_BOXES: Final = (
    (N_("Banana box"), 1_400),
    (N_("Plastic crate"), 2_000),
    (N_("Roll cage"), 38_000),
    (N_("Wooden pallet"), 25_000),
)
MAX_BOX_GRAMS: Final = 1_000_000
#: Of one kind, on one scale at once.
MAX_BOXES: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxCount:
    """So many of a box, named by its id or its name, stood on the scale with the goods."""

    box: int | str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Tare:
    """So many of a box of which one weighs so much."""

    name: str
    grams: int
    count: int

    @property
    def total_grams(self) -> int:
        """What they weigh together."""
        return self.grams * self.count


def tare_grams(boxes: Iterable[Tare]) -> int:
    """Return what the boxes weigh together."""
    return sum(box.total_grams for box in boxes)


def net_grams(gross: int, boxes: Iterable[Tare]) -> int:
    """Return what is left without the boxes. Raises TareTooHeavy if that is nothing."""
    tare = tare_grams(boxes)
    if tare >= gross:
        raise TareTooHeavy(field="weight_grams", gross_grams=gross, tare_grams=tare)
    return gross - tare
