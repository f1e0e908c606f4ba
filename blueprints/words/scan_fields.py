"""Scanned texts as they come in: fields of forms, parameters of addresses, what is looked up."""

from __future__ import annotations

import unicodedata
from typing import Any, Final

from flask import request
from flask_babel import gettext as _
from marshmallow import ValidationError

from blueprints.frame.fields import Text
from blueprints.frame.web import reader
from depot.base.clock import local_day, utc_now
from depot.items.gs1 import GS, MAX_TEXT_LENGTH
from depot.scanning.queries.scans import Found, look_up_code

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
