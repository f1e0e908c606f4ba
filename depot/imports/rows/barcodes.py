"""Cells with bar codes, as spreadsheets leave them: zeros lost, shortened, several in one. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from depot.imports.rows.numbers import is_nothing, plain_text, quote_value
from depot.imports.sheets.problems import NotANumber, ShortenedCode
from depot.items.gs1 import Scan, read_code

_BETWEEN: Final = re.compile(r"[;,/|\n]+|\s+(?:and|or|und|oder|y|o|et|ou)\s+")
#: A spreadsheet's ways to keep a number's zeros: ="0370…" and '0370….
_KEPT_AS_TEXT: Final = re.compile(r'=?"(.*)"|\'(.*)')
_LABEL: Final = re.compile(r"(?:ean|upc|gtin|isbn)(?:[- ]?\d{1,2})?\s*[:#]\s*", re.IGNORECASE)
_SHORTENED: Final = re.compile(r"(?<!\w)\d(?:[.,]\d+)?e\+?\d+(?!\w)", re.IGNORECASE)
_GROUPED: Final = re.compile(r"\d{1,3}(?:,\d{3}){2,}")
_MOST_DIGITS: Final = 20
_MOST_LETTERS: Final = 500
#: Numbers of so many digits are UPCs whose first zeros a spreadsheet dropped.
_ZEROS_LOST: Final = (9, 10, 11)
_CHECKED: Final = (8, 11, 12, 13, 14)
#: A bare number bears no date, so that any day does.
_ANY_DAY: Final = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Barcodes:
    """The codes of one cell, their zeros put back, and those whose check digit is wrong."""

    codes: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()


def read_barcodes(text: str) -> Barcodes:
    """Read a cell of bar codes. Raises ShortenedCode, and NotANumber for what has no digits."""
    if is_nothing(text):
        return Barcodes()
    if len(text) > _MOST_LETTERS:
        raise NotANumber(text=quote_value(text))
    if _SHORTENED.search(plain_text(text)):
        raise ShortenedCode(text=quote_value(text))
    parts = [text] if _GROUPED.fullmatch(text.strip()) else _BETWEEN.split(text)
    codes: dict[str, bool] = dict(_checked(_digits(part, text)) for part in parts if part.strip())
    return Barcodes(
        tuple(code for code, is_right in codes.items() if is_right),
        tuple(code for code, is_right in codes.items() if not is_right),
    )


def _digits(part: str, text: str) -> str:
    plain = plain_text(part)
    kept = _KEPT_AS_TEXT.fullmatch(plain)
    plain = _LABEL.sub("", (kept[1] or kept[2] or "") if kept else plain)
    digits = re.sub(r"[ \-,]|\.0+$", "", plain)
    if not (digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS):
        raise NotANumber(text=quote_value(text))
    return digits


def _checked(digits: str) -> tuple[str, bool]:
    """Return a code and whether it is right, its zeros put back where its check digit proves it."""
    wanted = 12 if len(digits) in _ZEROS_LOST else 8 if len(digits) == 7 else 0
    longer = digits.rjust(wanted, "0")
    if len(longer) in _CHECKED and _is_right(longer):
        return longer, True
    return digits, len(digits) not in _CHECKED


def read_bare_code(digits: str) -> Scan:
    """Return what a number alone stands for, as a scan of it would be read."""
    return read_code(digits, _ANY_DAY)


def _is_right(digits: str) -> bool:
    return bool(read_bare_code(digits).gtin14)
