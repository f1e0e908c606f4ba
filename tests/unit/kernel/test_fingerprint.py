"""A command is the same one as long as it says the same, also to a newer program."""

from __future__ import annotations

from dataclasses import dataclass, make_dataclass
from typing import Any
from uuid import UUID

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
