"""Lengths as people measure them: in millimetres, or in inches with "in" behind the number."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Final

from flask_babel import gettext as _
from marshmallow import ValidationError, fields

_TYPED: Final = re.compile(
    r"([+\-−–]?)\s*(\d{1,5}(?:[.,]\d{1,6})?)\s*(mm|in|inch|inches|\"|″)?", re.IGNORECASE | re.ASCII
)
_MM_PER_INCH: Final = Decimal("25.4")


class Length(fields.Field[int]):
    """A length, loaded as whole parts of a millimetre: `parts` of them make one."""

    def __init__(self, *, parts: int, signed: bool = False, **kw: Any) -> None:
        super().__init__(**kw)
        self.parts = parts
        self.signed = signed

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kw: Any) -> int:
        found = _TYPED.fullmatch(str(value).strip())
        if found is None:
            sentence = _("Write a length in millimetres, like 63.5, or in inches: 2.5 in.")
            raise ValidationError(sentence)
        sign, number, unit = found.groups()
        if sign not in ("", "+") and not self.signed:
            raise ValidationError(_("A length is not less than nothing."))
        mm = Decimal(number.replace(",", "."))
        if unit and unit.lower() != "mm":
            mm *= _MM_PER_INCH
        whole = int((mm * self.parts).to_integral_value())
        return -whole if sign not in ("", "+") else whole


def typed_length(value: int | None, parts: int) -> str:
    """Return a length as it is typed in millimetres: 63.5."""
    if value is None:
        return ""
    text = f"{Decimal(value) / parts:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
