"""An answer is the same dataclass after the command log, also one that is years old."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from typing import Literal
from uuid import UUID

from depot.intake.commands.receipts import ReceivedGoods
from depot.kernel.answers import ONLY_WHEN_SET, Answer, BookedGoods, Opened, as_json, from_json

GOODS = BookedGoods(item_id=7, item="Rice", quantity=12, unit="piece")
RECEIVED = ReceivedGoods(
    entry_id=3, seq=2, discrepancies=(Opened(id=1, kind="unknown_code"),), lines=(GOODS,)
)
STORED = {
    "entry_id": 3,
    "seq": 2,
    "discrepancies": [{"id": 1, "kind": "unknown_code"}],
    "lines": [{"item_id": 7, "item": "Rice", "quantity": 12, "unit": "piece"}],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Answer):
    name: str
    count: int
    is_new: bool
    lines: tuple[BookedGoods, ...]
    place: str | None
    crate_code: str | None = field(default=None, metadata=ONLY_WHEN_SET)


def test_the_json_of_an_answer_is_what_the_api_says() -> None:
    assert as_json(RECEIVED) == STORED


def test_an_answer_comes_back_from_the_log_as_it_was() -> None:
    assert from_json(ReceivedGoods, json.loads(json.dumps(as_json(RECEIVED)))) == RECEIVED


def test_what_an_old_answer_does_not_say_is_blank() -> None:
    blank = Told(name="", count=0, is_new=False, lines=(), place=None)
    assert from_json(Told, {}) == blank


def test_what_nobody_knows_any_more_is_left_aside() -> None:
    assert from_json(ReceivedGoods, STORED | {"colour": "red"}) == RECEIVED


def test_a_field_only_when_set_is_not_in_the_json_otherwise() -> None:
    told = Told(name="A", count=1, is_new=True, lines=(), place=None)
    assert "crate_code" not in as_json(told)
    assert as_json(told)["place"] is None
    there = Told(name="A", count=1, is_new=True, lines=(), place=None, crate_code="K7Q2")
    assert from_json(Told, as_json(there)) == there


class Colour(Enum):
    RED = "r"


@dataclass(frozen=True, slots=True, kw_only=True)
class Varied(Answer):
    on: date | None
    key: UUID
    colour: Colour
    opened: Opened | None
    words: tuple[str, ...]
    state: Literal["open", "closed"]
    said: dict[str, date] = field(default_factory=dict)
    more: tuple[Opened, ...] = field(default_factory=tuple, metadata=ONLY_WHEN_SET)


def test_days_keys_and_kinds_are_written_as_text_and_come_back_as_they_were() -> None:
    key = UUID("00000000-0000-4000-8000-000000000001")
    opened = Opened(id=1, kind="short_stock")
    told = Varied(
        on=date(2026, 11, 27),
        key=key,
        colour=Colour.RED,
        opened=opened,
        words=("a", "b"),
        state="open",
    )
    written = as_json(told)
    assert written == {
        "on": "2026-11-27",
        "key": str(key),
        "colour": "r",
        "opened": {"id": 1, "kind": "short_stock"},
        "words": ["a", "b"],
        "state": "open",
        "said": {},
    }
    assert from_json(Varied, written) == told
    assert from_json(Varied, written | {"on": None}).on is None
    said = as_json(replace(told, said={"due": date(2027, 1, 2)}, more=(opened,)))
    assert (said["said"], said["more"]) == ({"due": "2027-01-02"}, [written["opened"]])


def test_a_blank_is_that_of_its_type() -> None:
    blank = from_json(Varied, {"key": "00000000-0000-4000-8000-000000000001", "colour": "r"})
    assert (blank.on, blank.opened, blank.words, blank.state) == (None, None, (), "")
    assert (blank.said, blank.more) == ({}, ())
