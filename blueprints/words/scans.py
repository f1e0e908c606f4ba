"""Scanned texts at the edge: what one is, and what it fills into the lines of a form."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any, Final

from flask import request
from flask_babel import gettext as _
from marshmallow import ValidationError

from blueprints.frame.fields import Text
from blueprints.frame.language import current_reader
from blueprints.frame.web import reader
from blueprints.words.amounts import typed_weight
from depot.base.clock import local_day, utc_now
from depot.base.units import GRAM
from depot.items.code_facts import line_facts
from depot.items.gs1 import EAN_8, GS, MAX_TEXT_LENGTH, Scan
from depot.scanning.queries.scans import Found, look_up_code
from depot.words import figures

#: What the field is called that codes are scanned into, and the parameter that brings one along.
SCAN_FIELD: Final = "scan"
#: What the page says of the last scan, among the values of its form.
SCAN_MESSAGE: Final = "scan_said"


class ScannedText(Text):
    """What a reader read: text in which GS, which parts the data of a symbol, may stand."""

    def __init__(self, **kw: Any) -> None:
        super().__init__(max_length=MAX_TEXT_LENGTH, **kw)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kw: Any) -> str:
        if not isinstance(value, str):
            raise ValidationError(_("This must be text."))
        parts = value.split(GS)
        return GS.join(
            super(ScannedText, self)._deserialize(part, attr, data, **kw) for part in parts
        )


def read_scan_argument() -> str:
    """Return the scanned text of the address, `?scan=` or `?text=`; never raises."""
    text = request.args.get(SCAN_FIELD) or request.args.get("text") or ""
    return strip_control_characters(text)


def strip_control_characters(text: str) -> str:
    """Return a text without the control characters that no symbol's data have."""
    kept = (letter for letter in text if letter == GS or unicodedata.category(letter) != "Cc")
    return "".join(kept).strip(" ")[:MAX_TEXT_LENGTH]


def look_up_scan(text: str) -> Found:
    """Say what a text is in the reader's depot."""
    session, who = reader()
    today = local_day(utc_now(), who.depot.time_zone)
    return look_up_code(session, who.depot_id, text, today, who.depot.time_zone)


def scan_fields(found: Found, weight_unit: str) -> dict[str, str]:
    """Return the fields of a line that a product's code fills, as they would be typed."""
    meaning = found.meaning
    unit = meaning.unit if meaning else "piece"
    facts = line_facts(found.scan, unit, meaning.pack_quantity if meaning else None)
    filled = {
        "scanned": found.scan.text,
        "item": meaning.item if meaning else "",
        "quantity": "" if facts.quantity is None else str(facts.quantity),
        "weight": ""
        if facts.weight_grams is None
        else typed_weight(facts.weight_grams, weight_unit),
        "date": facts.date,
        "date_kind": facts.date_kind,
        "lot_code": facts.lot_code,
    }
    return {name: value for name, value in filled.items() if value}


def scan_facts(scan: Scan) -> list[str]:
    """Say in short lines what a product's code says beside what it stands for."""
    lines = [sentence for value, sentence in _facts(scan) if value]
    return lines + [_(problem) for problem in scan.problems]


def code_readings(scan: Scan) -> list[tuple[str, str, str]]:
    """Return the two numbers that eight digits may be, for pick buttons; else nothing.

    The first is sent with the mark that scanners put before an EAN-8, so that it is one.
    """
    if not scan.may_be_short:
        return []
    whole = scan.also[0].lstrip("0").rjust(12, "0")
    return [
        (f"{EAN_8}{scan.shown}", _halves(scan.shown), _("a number of eight digits (EAN-8)")),
        (whole, _halves(whole), _("the long number that it is short for (UPC-E)")),
    ]


def _halves(digits: str) -> str:
    """Return a long number in two halves, as people compare it."""
    middle = len(digits) // 2
    return f"{digits[:middle]} {digits[middle:]}"


def _facts(scan: Scan) -> list[tuple[object, str]]:
    return [
        (scan.date_text, figures.lot_date(scan.date_kind, scan.date_text, current_reader())),
        (scan.count, _("%(count)s in it", count=scan.count)),
        (
            scan.net_weight_grams,
            _(
                "%(weight)s net",
                weight=figures.quantity(scan.net_weight_grams or 0, GRAM, current_reader()),
            ),
        ),
        (scan.lot, _("lot %(code)s", code=scan.lot)),
        (scan.packed_on, _("packed on %(day)s", day=figures.day(scan.packed_on, current_reader()))),
        (
            scan.produced_on,
            _("made on %(day)s", day=figures.day(scan.produced_on, current_reader())),
        ),
        (scan.sscc, _("number of a pallet or case: %(number)s", number=scan.sscc)),
        (
            scan.is_restricted,
            _("A shop’s own number: another shop may use it for something else."),
        ),
    ]


def gs1_body(scan: Scan) -> Mapping[str, Any] | None:
    """Return what a product's code says, for programs; None if it is no product's."""
    if not scan.is_gs1:
        return None
    return {
        "gtin": scan.gtin14,
        "lot_code": scan.lot,
        "date": scan.date_text,
        "date_kind": scan.date_kind,
        "net_weight_grams": scan.net_weight_grams,
        "count": scan.count,
        "serial": scan.serial,
        "sscc": scan.sscc,
        "is_restricted": scan.is_restricted,
        "problems": [_(problem) for problem in scan.problems],
    }
