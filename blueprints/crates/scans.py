"""Codes on packages scanned at a crate: each fills its goods' row, in counting and in filling."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from blueprints.frame.forms import Form
from blueprints.words.amounts import add_typed, typed_amount
from blueprints.words.scan_fields import (
    SCAN_FIELD,
    SCAN_MESSAGE,
    look_up_scan,
    strip_control_characters,
)
from depot.base.units import GRAM
from depot.crates.queries.crates import LotInCrate
from depot.items.code_facts import line_facts
from depot.items.queries.item_codes import Meaning
from depot.scanning.queries.scans import Found

#: A code that nobody has taught: the page offers to say what it is.
UNKNOWN_SCAN = "unknown_scan"


def fill_rows_from_scan(
    form: Form, lots: Sequence[LotInCrate], others: str, rows: int, weight_unit: str
) -> None:
    """Take what was scanned into the form: into the row of its lot, else of what is not listed.

    The same code once more adds one more pack. What is typed stays.
    """
    text = strip_control_characters(str(form.values.pop(SCAN_FIELD, "") or ""))
    if not text:
        return
    found = look_up_scan(text)
    if found.meaning is None:
        _say_unknown(form, found)
        return
    row = _row_of(found, found.meaning, lots)
    prefix = f"lines-{row}-" if row is not None else _free_row(form.values, found, others, rows)
    if prefix is None:
        form.values[SCAN_MESSAGE] = _("All lines are used. Save these first, then go on.")
        return
    _fill(form, prefix, found, found.meaning, weight_unit)


def _say_unknown(form: Form, found: Found) -> None:
    if found.can_be_learned:
        form.values[UNKNOWN_SCAN] = found.scan.text
        form.values[SCAN_MESSAGE] = _("Nobody has said yet what this is.")
    else:
        form.values[SCAN_MESSAGE] = _("That is no code of a product.")


def _row_of(found: Found, meaning: Meaning, lots: Sequence[LotInCrate]) -> int | None:
    """Return the row of the lot in the code; without one, of the item's lot that goes first."""
    of_item = [row for row, lot in enumerate(lots) if lot.item_id == meaning.item_id]
    scan = found.scan
    exact = [
        row
        for row in of_item
        if (not scan.lot or lots[row].lot_code == scan.lot)
        and (not scan.date_text or lots[row].date_text == scan.date_text)
    ]
    if scan.lot or scan.date_text:
        return next(iter(exact), None)
    return next(iter(of_item), None)


def _free_row(values: dict[str, Any], found: Found, others: str, rows: int) -> str | None:
    """Return the row of goods not listed that names the item and date already, else a free one."""
    item = found.meaning.item if found.meaning else ""
    for row in range(rows):
        prefix = f"{others}-{row}-"
        named = values.get(f"{prefix}item", "")
        dated = values.get(f"{prefix}date", "") or found.scan.date_text
        if not named or (named == item and dated == found.scan.date_text):
            values[f"{prefix}item"] = item
            if found.scan.date_text and others == "found":
                values[f"{prefix}date"] = found.scan.date_text
                values[f"{prefix}date_kind"] = found.scan.date_kind
            return prefix
    return None


def _fill(form: Form, prefix: str, found: Found, meaning: Meaning, weight_unit: str) -> None:
    facts = line_facts(found.scan, meaning.unit, meaning.pack_quantity)
    quantity = facts.weight_grams if meaning.unit == GRAM else facts.quantity
    place = f"{prefix}amount"
    form.values[SCAN_MESSAGE] = meaning.item
    if quantity is None:
        form.values[SCAN_MESSAGE] = _(
            "%(item)s: write how many. Nobody has said yet how many are in this pack.",
            item=meaning.item,
        )
        return
    typed, more = str(form.values.get(place, "")), typed_amount(quantity, meaning.unit, weight_unit)
    is_blank = not typed.strip() or typed.strip() == "0"
    total = more if is_blank else add_typed(typed, more, meaning.unit, weight_unit)
    if total is not None:  # what cannot be read stays, and is pointed at when it is saved
        form.values[place] = total
