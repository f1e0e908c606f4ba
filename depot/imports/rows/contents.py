"""What is in a column, where its header does not say it: for tables without one. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from depot.imports.rows.barcodes import read_barcodes
from depot.imports.rows.numbers import is_nothing
from depot.imports.rows.stated_dates import date_order, needs_order, parse_date
from depot.imports.rows.values import parse_quantity, parse_weight
from depot.imports.sheets.problems import BadValue, NotPositive
from depot.imports.sheets.reader import Row

#: So many rows show what a column holds.
_LOOKED_AT: Final = 50
_MOSTLY: Final = 0.8
_SHELF: Final = re.compile(
    r"(shelf|rack|aisle|bay|room|fridge|freezer|cold|row|bin|regal|fach|raum|lager|estante|etagere)",
    re.IGNORECASE,
)


def are_weights(texts: Sequence[str]) -> bool:
    """Say whether most cells of a column are weights with their unit."""
    return _mostly(texts, lambda text: parse_weight(text) is not None)


def guess_by_content(
    names: Sequence[str], headers: Sequence[str], rows: Sequence[Row]
) -> dict[str, str]:
    """Return for each of the fields `names` that can be told the header of its column."""
    columns = {
        header: [row.cells[at] for row in rows[:_LOOKED_AT]] for at, header in enumerate(headers)
    }
    guessed: dict[str, str] = {}
    for name, fits in _SIGNS.items():
        field = next((own for own in (name, "name") if own in names), "")
        if not field or field in guessed or (field == "name" and name != "item"):
            continue
        fitting = [h for h in columns if h not in guessed.values() and fits(columns[h])]
        if fitting:
            guessed[field] = max(fitting, key=lambda h: _how_well(columns[h], name))
    return guessed


def _how_well(texts: Sequence[str], name: str) -> int:
    """Return how well a column fits: goods have many names, a box's number often letters.

    Of equals the first column counts.
    """
    if name == "box_number":
        return sum(any(map(str.isalpha, text)) for text in texts)
    return len(set(texts)) if name == "item" else 0


def _mostly(texts: Sequence[str], fits: Callable[[str], bool]) -> bool:
    filled = [text for text in texts if not is_nothing(text)]
    return bool(filled) and sum(_holds(fits, text) for text in filled) >= _MOSTLY * len(filled)


def _holds(fits: Callable[[str], bool], text: str) -> bool:
    try:
        return fits(text)
    except NotPositive:
        return True
    except BadValue:
        return False


def _is_date(text: str) -> bool:
    if needs_order(text) or date_order([text]):
        return True
    # 2027 alone may as well be a quantity
    return not text.strip().isdecimal() and parse_date(text) is not None


def _is_long_code(text: str) -> bool:
    return any(len(code) >= 8 for code in read_barcodes(text).codes)


def _is_box_number(text: str) -> bool:
    return any(map(str.isdigit, text)) and not _SHELF.search(text)


def _are_box_numbers(texts: Sequence[str]) -> bool:
    filled = [text for text in texts if text.strip()]
    return _mostly(texts, _is_box_number) and len(set(filled)) > _MOSTLY * len(filled)


def _is_word(text: str) -> bool:
    return sum(map(str.isalpha, text)) > 1


#: What each field is told by, the surest first: what one is, the next is not.
_SIGNS: Final[dict[str, Callable[[Sequence[str]], bool]]] = {
    "date": lambda texts: _mostly(texts, _is_date),
    "barcode": lambda texts: _mostly(texts, _is_long_code),
    "box_number": _are_box_numbers,
    "location": lambda texts: _mostly(texts, lambda text: bool(_SHELF.search(text))),
    "quantity": lambda texts: _mostly(texts, lambda text: parse_quantity(text) is not None),
    "item": lambda texts: _mostly(texts, _is_word),
}
