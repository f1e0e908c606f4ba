"""The chain of rights: who may do what follows from it, and its seals stand for all before."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest

from depot.ledger.seal import GENESIS
from depot.open_book.chain import Change, Right, canonical_text, rights_of, seal_change

AT = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
ADA = Change(
    depot_id=1,
    seq=1,
    person_id=7,
    role_before=None,
    role_after="coordinator",
    cause="invitation",
    changed_at=AT,
)


def changed(seq: int, person: int, before: str | None, after: str | None) -> Change:
    return replace(ADA, seq=seq, person_id=person, role_before=before, role_after=after)


def test_what_somebody_may_do_is_the_last_thing_said_of_them() -> None:
    chain = [
        ADA,
        changed(2, 8, None, "helper"),
        changed(3, 8, "helper", "volunteer"),
        changed(4, 9, None, "helper"),
        changed(5, 9, "helper", None),
    ]
    assert rights_of(chain) == {7: Right("coordinator"), 8: Right("volunteer")}


def test_a_right_to_read_names_follows_from_the_chain_too() -> None:
    given = replace(changed(2, 7, "coordinator", "coordinator"), names_after=True)
    kept = replace(changed(3, 7, "coordinator", "volunteer"), names_before=True, names_after=True)
    assert rights_of([ADA, given]) == {7: Right("coordinator", True)}
    assert rights_of([ADA, given, kept]) == {7: Right("volunteer", True)}


def test_the_text_is_plain_and_the_seal_stands_for_all_before() -> None:
    text = (
        '{"by":null,"cause":"invitation","changed_at":1795770000000,"depot":1,"person":7,'
        '"role_after":"coordinator","role_before":null,"seq":1,"token":null,"until_at":null,'
        '"why":""}'
    )
    assert canonical_text(ADA) == text
    first = hashlib.sha256(f"{GENESIS}\n{text}".encode()).hexdigest()
    assert seal_change(GENESIS, ADA) == first
    assert seal_change(first, ADA) != first


@pytest.mark.parametrize(
    "other",
    [
        {"depot_id": 2},
        {"seq": 2},
        {"person_id": 8},
        {"role_before": "helper"},
        {"role_after": None},
        {"cause": "wall"},
        {"changed_at": AT.replace(hour=10)},
        {"until_at": AT},
        {"why": "asked for it"},
        {"names_before": True},
        {"names_after": True},
        {"by_id": 7},
        {"token_id": 7},
    ],
)
def test_whatever_else_stands_in_it_has_another_seal(other: dict[str, Any]) -> None:
    seals = [seal_change(GENESIS, one) for one in (ADA, replace(ADA, **other))]
    assert all(one != two for one, two in pairwise(seals))
