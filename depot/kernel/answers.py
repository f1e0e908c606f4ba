"""What commands answer: frozen dataclasses, written as JSON once and read back for a repeat.

A command's own answer stands beside the command; what several answer is here. The command log and
the API get the same JSON (`as_json`); a repeat gets the dataclass again (`from_json`).
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any, Final, Literal, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from depot.base.kinds import DiscrepancyKind

_LEFT_OUT: Final = "left_out_when_unset"
#: Metadata of a field that the JSON has only where it says something.
ONLY_WHEN_SET: Final[Mapping[str, bool]] = {_LEFT_OUT: True}
_UNLOGGED: Final = "left_out_of_the_log"
#: Metadata of a text field that the log of commands does not keep: somebody's name or address,
#: which goes with them. Who answers a repeat fills it in from where it stands.
NEVER_LOGGED: Final[Mapping[str, bool]] = {_UNLOGGED: True}

#: The types of each kind's fields, looked up once.
_HINTS: Final[dict[type[Any], Mapping[str, Any]]] = {}
#: Which fields of each kind the log does not keep.
_PERSONAL: Final[dict[type[Any], frozenset[str]]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a command answers. One that says nothing more than that it was done is this itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """Something a coordinator was asked to look at."""

    id: int
    kind: DiscrepancyKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Questioned(Answer):
    """An answer that may ask a coordinator to look at something.

    `note_kept` is false where a note was written and nothing was booked that it could stand on.
    """

    discrepancies: tuple[Opened, ...] = ()
    note_kept: bool = field(default=True, metadata=ONLY_WHEN_SET)


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked(Questioned):
    """The answer of a command that posts; entry_id and seq are None if nothing was to be booked."""

    entry_id: int | None = None
    seq: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BookedGoods:
    """How much of an item was booked, in its base unit."""

    item_id: int
    item: str
    quantity: int
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved(Answer):
    """Something with a name was made or edited."""

    id: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedId(Answer):
    """Something without a name of its own was made or edited."""

    id: int


A = TypeVar("A", bound=Answer)


def as_json(answer: object) -> dict[str, Any]:
    """Return an answer, or a command, as JSON has it; `from_json` reads it back."""
    return _fields_as_json(answer)


def as_logged(answer: Answer) -> dict[str, Any]:
    """Return the answer as the log keeps it, without names and addresses of people."""
    personal = _PERSONAL.get(type(answer))
    if personal is None:
        found = (one.name for one in fields(answer) if one.metadata.get(_UNLOGGED))
        personal = _PERSONAL[type(answer)] = frozenset(found)
    if not personal:  # as almost always
        return as_json(answer)
    return {name: value for name, value in as_json(answer).items() if name not in personal}


def from_json(kind: type[A], stored: Mapping[str, Any]) -> A:
    """Return a stored answer as a dataclass of its kind.

    An answer that was stored by an older program still loads: a field it does not have gets its
    default, or the blank value of its type; one that nobody knows any more is left aside.
    """
    answer: A = dataclass_from(kind, stored)
    return answer


def _fields_as_json(value: Any) -> dict[str, Any]:
    held = ((one, getattr(value, one.name)) for one in fields(value))
    return {
        one.name: _plain(part)
        for one, part in held
        if not (one.metadata.get(_LEFT_OUT) and part == _default(one))
    }


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return _fields_as_json(value)
    if isinstance(value, (tuple, list)):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _default(one: Field[Any]) -> Any:
    return one.default_factory() if one.default_factory is not MISSING else one.default


def dataclass_from(kind: type[Any], stored: Mapping[str, Any]) -> Any:
    """Return what `as_json` made of a frozen dataclass as one again."""
    hints = _hints(kind)
    values: dict[str, Any] = {}
    for one in fields(kind):
        if one.name in stored:
            values[one.name] = _value_from(hints[one.name], stored[one.name])
        elif _default(one) is MISSING:
            values[one.name] = _blank(hints[one.name])
    return kind(**values)


def _hints(kind: type[Any]) -> Mapping[str, Any]:
    known = _HINTS.get(kind)
    if known is None:
        known = _HINTS[kind] = get_type_hints(kind)
    return known


def _value_from(hint: Any, value: Any) -> Any:
    """Return a JSON value as the type that a field says."""
    if value is None:
        return None
    if get_origin(hint) in (Union, types.UnionType):
        hint = next(one for one in get_args(hint) if one is not type(None))
    if get_origin(hint) is tuple:
        return tuple(_value_from(get_args(hint)[0], one) for one in value)
    if is_dataclass(hint) and isinstance(hint, type):
        return dataclass_from(hint, value)
    if isinstance(hint, type) and issubclass(hint, (date, Enum, UUID)):
        return hint.fromisoformat(value) if issubclass(hint, date) else hint(value)
    return value


def _blank(hint: Any) -> Any:
    """Return what a field holds of which an old answer says nothing: None, (), "", 0 or False."""
    if get_origin(hint) is tuple:
        return ()
    if get_origin(hint) is Literal:
        return ""
    return hint() if hint in (str, int, bool) else None
