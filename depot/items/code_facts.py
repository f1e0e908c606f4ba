"""What a product's code fills in on a line of goods: one rule for pages and commands. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from depot.base.dates import NO_DATE
from depot.base.kinds import DateKind
from depot.base.units import GRAM
from depot.items.gs1 import Scan


@dataclass(frozen=True, slots=True)
class LineFacts:
    """What is known of a line; None or empty: the code does not say."""

    quantity: int | None = None
    weight_grams: int | None = None
    date: str = ""
    date_kind: DateKind | Literal[""] = ""
    lot_code: str = ""


def line_facts(scan: Scan, unit: str, pack_quantity: int | None) -> LineFacts:
    """Return what the code says of goods counted in `unit`, of which a pack holds so many.

    A count in the code multiplies what is known of one; a net weight in it is the weight of
    everything in the pack, and goods that are weighed get the weight of the pack as it was taught
    if the code has none.
    """
    in_pack = _in_pack(scan, pack_quantity)
    grams = scan.net_weight_grams
    if unit == GRAM:
        grams, in_pack = grams or in_pack, None
    return LineFacts(
        quantity=in_pack,
        weight_grams=grams,
        date=scan.date_text,
        date_kind="" if scan.date_kind == NO_DATE else scan.date_kind,
        lot_code=scan.lot,
    )


def _in_pack(scan: Scan, pack_quantity: int | None) -> int | None:
    if scan.count is None:
        return pack_quantity
    # the pieces inside a case bear a code of their own; a loose count says how many there are
    return scan.count * (pack_quantity or 1) if scan.is_content else scan.count
