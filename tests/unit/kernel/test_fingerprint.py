"""A command is the same one as long as it says the same, also to a newer program."""

from __future__ import annotations

from dataclasses import dataclass, make_dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from depot.kernel.once import fingerprint

ID = UUID("7f0e6f0a-93cf-4f3a-8a2c-0d2f6a1f3c11")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    item: str
    quantity: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    command_id: UUID
    lines: tuple[Line, ...] = ()
    note: str = ""


def newer(**more: Any) -> Any:
    """Return a command of the same name whose kind has learned a field with a default."""
    kind = make_dataclass(
        "Fetch",
        [
            ("command_id", UUID),
            ("lines", tuple[Line, ...], ()),
            ("note", str, ""),
            ("scanned", str, ""),
        ],
        frozen=True,
        kw_only=True,
    )
    return kind(command_id=ID, lines=(Line(item="rice"),), **more)


def test_a_command_that_waited_while_its_kind_learned_a_field_is_still_the_same() -> None:
    kept = Fetch(command_id=ID, lines=(Line(item="rice"),))
    assert fingerprint(newer()) == fingerprint(kept)
    assert fingerprint(newer(scanned="4006381333931")) != fingerprint(kept)


def test_whatever_a_command_says_is_in_its_fingerprint() -> None:
    said = [
        Fetch(command_id=ID),
        Fetch(command_id=ID, note="x"),
        Fetch(command_id=ID, lines=(Line(item="rice"),)),
        Fetch(command_id=ID, lines=(Line(item="rice", quantity=2),)),
        Fetch(command_id=ID, lines=(Line(item="rice"), Line(item="rice"))),
    ]
    assert len({fingerprint(one) for one in said}) == len(said)
    assert fingerprint(said[1]) == fingerprint(Fetch(command_id=ID, note="x"))


def fetching(**parts: tuple[Any, Any]) -> Any:
    """Return a command called Fetch, its fields in this order: each a value and a default."""
    made = [(name, type(value), default) for name, (value, default) in parts.items()]
    kind = make_dataclass("Fetch", made, frozen=True, kw_only=True)
    return kind(**{name: value for name, (value, _) in parts.items()})


def test_the_order_in_which_a_kind_says_its_parts_does_not_count() -> None:
    one = fetching(note=("x", ""), on=(date(2026, 11, 27), None))
    other = fetching(on=(date(2026, 11, 27), None), note=("x", ""))
    assert fingerprint(one) == fingerprint(other)


def test_days_and_moments_are_told_apart_and_other_kinds_have_no_place() -> None:
    moment = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
    said = [fetching(at=(at, None)) for at in (moment.date(), moment, moment.replace(hour=10))]
    assert len({fingerprint(one) for one in said}) == 3
    assert fingerprint(fetching(at=(ID, None))) == fingerprint(fetching(at=(str(ID), None)))
    with pytest.raises(TypeError, match="has no place in a command"):
        fingerprint(fetching(at=({1}, None)))


def test_only_a_command_has_a_fingerprint() -> None:
    for other in ("fetch", Fetch):
        with pytest.raises(TypeError, match="a command is a dataclass"):
            fingerprint(other)
