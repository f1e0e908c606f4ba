"""Crates by the beginning of what is typed: each way is a range of an index, on both databases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    Text,
    bindparam,
    false,
    literal_column,
    select,
    union,
)
from sqlalchemy.orm import Session

from depot.base.names import name_key
from depot.db.few import among_few, beside_few
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
    sought = _sought(text)
    if not sought:
        return false()
    return _named(tuple(sought)).params(_values(depot_id, sought))


def ids_named_like(session: Session, depot_id: int, text: str, most: int) -> list[int]:
    """Return the ids of at most so many crates that are `named_like` this, the latest first."""
    sought = _sought(text)
    if not sought:
        return []
    wanted = _values(depot_id, sought) | {"most": most}
    rows = session.connection().execute(_latest(tuple(sought)), wanted)
    return [number for (number,) in rows]


def _sought(text: str) -> dict[str, tuple[str, str]]:
    """Return by which ways crates may be called so: from where to where in its index."""
    return {way: (start, start + _LAST_LETTER) for way, start in _beginnings(text)}


def _beginnings(text: str) -> Iterator[tuple[str, str]]:
    if letters := codes.typed_letters(text):
        start, end = letters[:_HALF_LENGTH], letters[_HALF_LENGTH:]
        yield "code", f"{start}-{end}" if end else start
        if not end:
            yield "half", start
        if code := codes.normalise_code(text):
            yield "label", code
    if key := name_key(text):
        yield "box", key
        number = key.lstrip("#").lstrip("0")
        if number[:1] in BOX_DIGITS and number:
            yield "number", number


def _values(depot_id: int, sought: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    bounds = {
        f"{way}_{end}": text
        for way, ends in sought.items()
        for end, text in zip(("from", "to"), ends, strict=True)
    }
    return {"named_in": depot_id} | bounds


def _begins(way: str, column: SQLColumnExpression[str]) -> tuple[ColumnElement[bool], ...]:
    return column >= bindparam(f"{way}_from"), column < bindparam(f"{way}_to")


_HERE: Final = select(Crate.location_id.label("id")).where(Crate.depot_id == bindparam("named_in"))
_HAD: Final = select(CrateLabel.crate_id.label("id")).where(
    CrateLabel.depot_id == bindparam("named_in"), CrateLabel.code == bindparam("label_from")
)
#: Each is a range of an index, but for labels that a crate had before: those are typed whole.
_WAYS: Final[Mapping[str, Select[int]]] = {
    "code": _HERE.where(*_begins("code", Crate.code)),
    "half": _HERE.where(*_begins("half", _HALF)),
    "label": _HAD,
    "box": _HERE.where(_HAS_NUMBER, *_begins("box", Crate.box_number_key)),
    "number": _HERE.where(_HAS_NUMBER, *_begins("number", _NUMBER)),
}


@cache
def _named(ways: tuple[str, ...]) -> ColumnElement[Any]:
    return among_few(Crate.location_id, union(*(_WAYS[way] for way in ways)).cte("named"))


@cache
def _latest(ways: tuple[str, ...]) -> Select[int]:
    return (
        select(Crate.location_id)
        .where(beside_few(Crate.depot_id) == bindparam("named_in"), _named(ways))
        .order_by(Crate.location_id.desc())
        .limit(bindparam("most"))
    )
