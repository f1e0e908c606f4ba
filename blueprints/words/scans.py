"""What a product's code says, in words and as the fields of a line that it fills."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from blueprints.words.amounts import typed_amount, typed_weight
from depot.base.units import GRAM
from depot.items.code_facts import line_facts
from depot.items.gs1 import EAN_8, Scan
from depot.scanning.queries.scans import Found
from depot.words import figures
from depot.words.reader import Reader


def scan_fields(found: Found, weight_unit: str) -> dict[str, str]:
    """Return the fields of a line that a product's code fills, as they would be typed."""
    meaning = found.meaning
    unit = meaning.unit if meaning else "piece"
    facts = line_facts(found.scan, unit, meaning.pack_quantity if meaning else None)
    filled = {
        "scanned": found.scan.text,
        "item": meaning.item if meaning else "",
        "quantity": ""
        if facts.quantity is None
        else typed_amount(facts.quantity, unit, weight_unit),
        "weight": ""
        if facts.weight_grams is None
        else typed_weight(facts.weight_grams, weight_unit),
        "date": facts.date,
        "date_kind": facts.date_kind,
        "lot_code": facts.lot_code,
    }
    return {name: value for name, value in filled.items() if value}


def scan_facts(scan: Scan, reader: Reader) -> list[str]:
    """Say in short lines what a product's code says beside what it stands for."""
    lines = [sentence for value, sentence in _facts(scan, reader) if value]
    return lines + [reader.gettext(problem) for problem in scan.problems]


def code_readings(scan: Scan, reader: Reader) -> list[tuple[str, str, str]]:
    """Return the two numbers that eight digits may be, for pick buttons; else nothing.

    The first is sent with the mark that scanners put before an EAN-8, so that it is one.
    """
    if not scan.may_be_short:
        return []
    whole = scan.also[0].lstrip("0").rjust(12, "0")
    eight = reader.gettext("a number of eight digits (EAN-8)")
    long = reader.gettext("the long number that it is short for (UPC-E)")
    return [
        (f"{EAN_8}{scan.shown}", _halves(scan.shown), eight),
        (whole, _halves(whole), long),
    ]


def _halves(digits: str) -> str:
    """Return a long number in two halves, as people compare it."""
    middle = len(digits) // 2
    return f"{digits[:middle]} {digits[middle:]}"


def _facts(scan: Scan, reader: Reader) -> list[tuple[object, str]]:
    return [
        (scan.date_text, figures.lot_date(scan.date_kind, scan.date_text, reader)),
        (scan.count, reader.gettext("%(count)s in it", count=scan.count)),
        (
            scan.net_weight_grams,
            reader.gettext(
                "%(weight)s net",
                weight=figures.quantity(scan.net_weight_grams or 0, GRAM, reader),
            ),
        ),
        (scan.lot, reader.gettext("lot %(code)s", code=scan.lot)),
        (
            scan.packed_on,
            reader.gettext("packed on %(day)s", day=figures.day(scan.packed_on, reader)),
        ),
        (
            scan.produced_on,
            reader.gettext("made on %(day)s", day=figures.day(scan.produced_on, reader)),
        ),
        (scan.sscc, reader.gettext("number of a pallet or case: %(number)s", number=scan.sscc)),
        (
            scan.is_restricted,
            reader.gettext("A shop’s own number: another shop may use it for something else."),
        ),
    ]


def gs1_body(scan: Scan, reader: Reader) -> Mapping[str, Any] | None:
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
        "problems": [reader.gettext(problem) for problem in scan.problems],
    }
