"""Crates by the beginning of what is typed: each way is a range of an index, on both databases."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    Text,
    false,
    literal_column,
    select,
    union,
)

from depot.base.names import name_key
from depot.db.few import among_few
from depot.models import Crate, CrateLabel
from depot.models.places import BOX_DIGITS, BOX_NUMBER, CODE_HALF
from labels.symbols import codes

_HALF: Final[ColumnElement[str]] = literal_column(CODE_HALF, Text)
_NUMBER: Final[ColumnElement[str]] = literal_column(BOX_NUMBER, Text)
#: As the index says it that leaves out crates without one.
_HAS_NUMBER: Final[ColumnElement[bool]] = literal_column("box_number_key <> ''")
_HALF_LENGTH: Final = codes.CODE_LENGTH // 2
#: After every letter that follows a beginning.
_LAST_LETTER: Final = "\U0010ffff"


def named_like(depot_id: int, text: str) -> ColumnElement[Any]:
    """Say that a crate's code, now or before, or its box number is what is typed, or begins so.

    The second half of a code, and the number in a box number, may be begun with as well. A part
    from the middle is not found: no index has it, and nobody reads one off a label.
    """
    found = [*_by_code(depot_id, text), *_by_box_number(depot_id, text)]
    if not found:
        return false()
    return among_few(Crate.location_id, union(*found).cte("named"))


def _by_code(depot_id: int, text: str) -> list[Select[int]]:
    letters = codes.typed_letters(text)
    if not letters:
        return []
    start, end = letters[:_HALF_LENGTH], letters[_HALF_LENGTH:]
    found = [_crates(depot_id, *_begins(Crate.code, f"{start}-{end}" if end else start))]
    if not end:
        found.append(_crates(depot_id, *_begins(_HALF, start)))
    if code := codes.normalise_code(text):
        had = select(CrateLabel.crate_id.label("id"))
        found.append(had.where(CrateLabel.depot_id == depot_id, CrateLabel.code == code))
    return found


def _by_box_number(depot_id: int, text: str) -> list[Select[int]]:
    key = name_key(text)
    if not key:
        return []
    found = [_crates(depot_id, _HAS_NUMBER, *_begins(Crate.box_number_key, key))]
    number = key.lstrip("#").lstrip("0")
    if number[:1] in BOX_DIGITS and number:
        found.append(_crates(depot_id, _HAS_NUMBER, *_begins(_NUMBER, number)))
    return found


def _crates(depot_id: int, *conditions: ColumnElement[bool]) -> Select[int]:
    return select(Crate.location_id.label("id")).where(Crate.depot_id == depot_id, *conditions)


def _begins(column: SQLColumnExpression[str], start: str) -> tuple[ColumnElement[bool], ...]:
    return column >= start, column < start + _LAST_LETTER
