"""What a report needs to know of an item. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from depot.base.units import PIECE, known_unit_weight


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """What a report needs to know of an item; `position` orders the categories."""

    id: int
    name: str
    base_unit: str
    unit_weight_milligrams: int | None
    category: str
    position: int
    average_unit_milligrams: int | None
    is_food: bool = True
    after_best_before: str = "day0"

    @property
    def stated_milligrams(self) -> int | None:
        """What one base unit weighs for sure."""
        return known_unit_weight(self.base_unit, self.unit_weight_milligrams)

    @property
    def milligrams(self) -> int | None:
        """What one base unit weighs: as known, else a piece as its category's pieces do, else None.

        A category's average is that of a piece and says nothing about a millilitre.
        """
        if self.stated_milligrams is not None or self.base_unit != PIECE:
            return self.stated_milligrams
        return self.average_unit_milligrams
