"""Codes scanned at the door: each fills a line of the donation, or names the crate it goes into."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from blueprints.frame.forms import Form
from blueprints.intake.lines import item_rows
from blueprints.words.amounts import add_typed
from blueprints.words.scan_fields import SCAN_FIELD, SCAN_MESSAGE, look_up_scan
from blueprints.words.scans import scan_fields
from depot.base.units import GRAM, PIECE
from depot.scanning.queries.scans import Found


def fill_from_scan(form: Form, text: str, weight_unit: str) -> Form:
    """Return the form with what the scanned text fills in; what stands there stays.

    The same code once more adds one more pack to its line.
    """
    form.values[SCAN_FIELD] = ""
    if not text:
        form.values[SCAN_MESSAGE] = _("Scan or type a code first.")
        return form
    found = look_up_scan(text)
    if found.crate is not None:
        form.values["crate_code"] = form.values.get("crate_code") or found.code
        form.values[SCAN_MESSAGE] = _("Into crate %(code)s.", code=form.values["crate_code"])
    elif found.kind in ("item", "unknown_code") and not found.names:
        form.values["what"] = "items"
        _into_line(form, found, weight_unit)
    else:
        form.values[SCAN_MESSAGE] = _("That is no code of a product or a crate.")
    return form


def _into_line(form: Form, found: Found, weight_unit: str) -> None:
    fields = scan_fields(found, weight_unit)
    unit = found.meaning.unit if found.meaning else PIECE
    for index in item_rows(form.values):
        known = {name: str(form.values.get(f"lines-{index}-{name}", "")) for name in _NAMES}
        if known["scanned"] == fields["scanned"]:
            _one_more(form.values, index, fields, unit, weight_unit)
            form.values[SCAN_MESSAGE] = _("One more: %(item)s", item=known["item"])
            return
        if not any(known.values()):
            form.values |= {f"lines-{index}-{name}": value for name, value in fields.items()}
            form.values[f"lines-{index}-is_new"] = "" if found.meaning else "yes"
            form.values[SCAN_MESSAGE] = fields.get("item") or _nobody_knows()
            return
    form.values[SCAN_MESSAGE] = _("All lines are used. Save these first, then go on.")


def _nobody_knows() -> str:
    return str(_("Nobody has said yet what this is. Write the item: then it is known."))


_NAMES = ("scanned", "item", "quantity", "weight", "date")


def _one_more(
    values: dict[str, Any], index: int, fields: dict[str, str], unit: str, weight_unit: str
) -> None:
    for name, counted in (("quantity", unit), ("weight", GRAM)):
        place = f"lines-{index}-{name}"
        total = add_typed(str(values.get(place, "")), fields.get(name, ""), counted, weight_unit)
        if total is not None:
            values[place] = total
