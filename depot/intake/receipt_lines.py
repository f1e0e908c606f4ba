"""A line of a receipt."""

from __future__ import annotations

from dataclasses import dataclass

from depot.base.kinds import DateKind
from depot.intake.tare import BoxCount
from depot.kernel.lookups import ItemRef


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptLine:
    """What came in: an item and how many, or a category and its weight.

    An item not known yet is made in place; `category` and `unit` then say what it is.
    """

    item: ItemRef | None = None
    category: str | int | None = None
    quantity: int | None = None
    #: Without the boxes; with `boxes`, what the scale said with them on it.
    weight_grams: int | None = None
    #: Empty boxes, cages, pallets on the scale: what they weigh is taken off the weight.
    boxes: tuple[BoxCount, ...] = ()
    unit: str | None = None
    date: str | None = None
    date_kind: DateKind | None = None
    lot_code: str = ""
    #: The product's code on it, kept on the lot; without an item it says which one it is.
    gtin: str = ""
    crate_code: str | None = None
    location: str | None = None
    #: A product's code as it was scanned: it fills what the line does not say.
    scanned: str | None = None
    #: How many a pack with that code holds, where nobody has said so yet.
    pack_quantity: int | None = None
