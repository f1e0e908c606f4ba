"""The seal: every field of an entry is under it, and so is everything before."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from depot.ledger.entries import Entry, Move, People, Placement
from depot.ledger.seal import GENESIS, canonical_text, seal_entry, short_seal
from tests.unit.ledger.drawing import INSIDE, NOON, entries, entry

FULL = entry(
    [Move(1, 2, INSIDE[0], INSIDE[1], 5, 100)],
    person_id=3,
    token_id=4,
    source_kind="farm",
    partner_id=5,
    event_id=6,
    reason="lost",
    note="two sacks",
    placements=(Placement(2, 1, 3),),
    people=People(6, 42, 1, 2, 3, 4),
)
#: Another value for every field of an entry.
OTHER: dict[str, Any] = {
    "depot_id": 2,
    "kind": "issue",
    "occurred_at": NOON + timedelta(milliseconds=1),
    "occurred_on": date(2026, 11, 22),
    "recorded_at": NOON + timedelta(milliseconds=1),
    "command_id": "d",
    "person_id": None,
    "token_id": None,
    "source_kind": "",
    "partner_id": None,
    "event_id": None,
    "reason": "",
    "note": "two sack",
    "reverses_id": 1,
    "moves": (Move(1, 2, INSIDE[0], INSIDE[1], 6, 100),),
    "placements": (Placement(2, 1, 4),),
    "people": People(6, 42, 1, 2, 3, None),
}


def test_every_field_is_thought_of() -> None:
    assert set(OTHER) == {field.name for field in fields(Entry)}


@pytest.mark.parametrize("field", OTHER)
def test_the_seal_changes_with_any_field(field: str) -> None:
    changed = replace(FULL, **{field: OTHER[field]})
    assert seal_entry(GENESIS, changed, 1) != seal_entry(GENESIS, FULL, 1)


@pytest.mark.parametrize(
    "move",
    [
        Move(9, 2, INSIDE[0], INSIDE[1], 5, 100),
        Move(1, 9, INSIDE[0], INSIDE[1], 5, 100),
        Move(1, 2, INSIDE[2], INSIDE[1], 5, 100),
        Move(1, 2, INSIDE[0], INSIDE[2], 5, 100),
        Move(1, 2, INSIDE[0], INSIDE[1], 5, None),
    ],
)
def test_the_seal_changes_with_any_part_of_a_line(move: Move) -> None:
    assert seal_entry(GENESIS, replace(FULL, moves=(move,)), 1) != seal_entry(GENESIS, FULL, 1)


def test_the_seal_changes_with_number_and_past() -> None:
    assert seal_entry(GENESIS, FULL, 2) != seal_entry(GENESIS, FULL, 1)
    assert seal_entry("1" * 64, FULL, 1) != seal_entry(GENESIS, FULL, 1)


def test_anybody_can_compute_it_with_the_standard_library() -> None:
    assert (
        seal_entry(GENESIS, entry(), 1)
        == hashlib.sha256(
            (
                "0" * 64 + "\n"
                '{"command_id":"c","depot":1,"event":null,"kind":"receipt","moves":[],"note":"",'
                '"occurred_at":1795258800000,"occurred_on":"2026-11-21","partner":null,"people":null,'
                '"person":null,"placements":[],"reason":"","recorded_at":1795258800000,'
                '"reverses":null,"seq":1,"source_kind":"","token":null}'
            ).encode()
        ).hexdigest()
    )


@given(entries(), st.integers(1, 10**9))
def test_the_encoding_is_ascii_and_can_be_read_back(drawn: Entry, seq: int) -> None:
    text = canonical_text(drawn, seq)
    assert text.isascii()
    assert json.loads(text)["note"] == drawn.note
    assert len(seal_entry(GENESIS, drawn, seq)) == 64


@given(entries(), entries())
def test_different_entries_have_different_seals(one: Entry, other: Entry) -> None:
    assert (canonical_text(one, 1) == canonical_text(other, 1)) == (
        seal_entry(GENESIS, one, 1) == seal_entry(GENESIS, other, 1)
    )


def test_papers_show_the_beginning() -> None:
    assert short_seal("9f3a61c20b7ed418" + "0" * 48) == "9f3a 61c2 0b7e d418"
