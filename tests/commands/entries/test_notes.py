"""A note says why goods were moved, counted or handed out: it stands on the entry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from depot.base.actors import Carriage
from depot.base.errors import CommandIdReused
from depot.counts.commands.counts import Count, CountLine, book_count
from depot.distribution.commands.events import (
    CountPeople,
    IssueAtEvent,
    IssueLine,
    PlanEvent,
    ReturnGoods,
    ReturnLine,
    count_people,
    issue_at_event,
    plan_event,
    return_goods,
)
from depot.entries.commands.reversals import ReverseEntry, reverse_entry
from depot.entries.queries.ledger import find_entry, recent_entries
from depot.kernel.goods_lines import GoodsLine
from depot.kernel.once import AnyOutcome
from depot.stock.commands.new_crates import PackCrates, pack_crates
from depot.stock.commands.take_out import TakeOut, take_out
from depot.stock.commands.transfers import MoveCrate, MoveGoods, move_crate, move_goods
from tests.builders import NOW, World, clock
from tests.commands.counts.sheet_acts import SHELF, posted, started, wrote
from tests.current import db
from tests.stock_text import set_up

CODE = "7K3M-9QX2"
WHY = "The freezer was warm.\nAsk Ada."
SOME_RICE = (GoodsLine(item="Rice", quantity=2),)
#: Command, its function, and what it says beside the note. The event is the world's first.
ACTS: dict[str, tuple[type[Any], Callable[..., AnyOutcome], dict[str, Any]]] = {
    "move a crate": (MoveCrate, move_crate, {"crate_code": CODE, "to": "Arrivals"}),
    "move goods": (
        MoveGoods,
        move_goods,
        {"source": "Shelf B2", "target": "Arrivals", "lines": SOME_RICE},
    ),
    "pack": (PackCrates, pack_crates, {"source": "Shelf B2", "lines": SOME_RICE}),
    "take out": (TakeOut, take_out, {"place": CODE, "reason": "damaged"}),
    "count": (
        Count,
        book_count,
        {"place": CODE, "lines": (CountLine(item="Soup", counted_quantity=7),)},
    ),
    "hand out a crate": (IssueAtEvent, issue_at_event, {"event_id": 1, "crate_code": CODE}),
    "hand out goods": (
        IssueAtEvent,
        issue_at_event,
        {"event_id": 1, "lines": (IssueLine(item="Oil", quantity=1),)},
    ),
    "bring back": (
        ReturnGoods,
        return_goods,
        {"event_id": 1, "lines": (ReturnLine(item="Oil", quantity=1),)},
    ),
    "people": (CountPeople, count_people, {"event_id": 1, "households": 3}),
}


@pytest.fixture
def depot(world: World) -> World:
    """A shelf, a crate of soup and a hand-out."""
    set_up(world.ben, SHELF)
    plan = PlanEvent(command_id=uuid4(), name="Saturday", starts_at=NOW)
    assert plan_event(plan, world.ben, clock).answer.id == 1
    return world


@pytest.mark.parametrize("act", ACTS)
def test_a_note_stands_on_the_entry(depot: World, act: str) -> None:
    kind, run, said = ACTS[act]
    outcome = run(kind(command_id=uuid4(), note=WHY, **said), depot.ben, clock)
    assert outcome.entry_id is not None
    assert note_of(depot, outcome.entry_id) == WHY
    assert "note_kept" not in outcome.body


@pytest.mark.parametrize("act", ACTS)
def test_a_repeat_is_one_and_another_note_is_another_command(depot: World, act: str) -> None:
    kind, run, said = ACTS[act]
    command = kind(command_id=uuid4(), note=WHY, **said)
    first, again = (run(command, depot.ben, clock) for _ in range(2))
    assert again.repeated
    assert again.entry_id == first.entry_id
    with pytest.raises(CommandIdReused):
        run(replace(command, note=""), depot.ben, clock)


def test_the_note_of_a_count_sheet_stands_on_each_of_its_entries(depot: World) -> None:
    sheet_id = started(depot.ben)
    wrote(depot.ben, sheet_id, {1: 20, 3: 7})
    done = posted(depot.ada, sheet_id, note=WHY).answer
    assert [note_of(depot, entry_id) for entry_id in done.entries] == [WHY, WHY]
    assert done.note_kept


def test_a_note_that_nothing_was_booked_for_is_said_to_be_lost(depot: World) -> None:
    as_it_is = (CountLine(item="Soup", counted_quantity=8),)
    count = Count(command_id=uuid4(), place=CODE, lines=as_it_is, note=WHY)
    for _ in range(2):
        outcome = book_count(count, depot.ben, clock)
        assert outcome.entry_id is None
        assert not outcome.note_kept
        assert outcome.body["note_kept"] is False
    assert book_count(replace(count, command_id=uuid4(), note=""), depot.ben, clock).note_kept
    sheet_id = started(depot.ben)
    wrote(depot.ben, sheet_id, {3: 8})
    assert not posted(depot.ada, sheet_id, note=WHY).answer.note_kept


def test_how_it_came_here_stands_behind_the_note(depot: World) -> None:
    carried = replace(depot.ben, carriage=Carriage(None, "done by Cleo"))
    move = MoveCrate(command_id=uuid4(), crate_code=CODE, to="Arrivals", note="Too heavy.")
    moved = move_crate(move, carried, clock)
    assert note_of(depot, moved.entry_id or 0) == "Too heavy. · done by Cleo"


def test_an_undo_says_what_was_noted_on_what_it_undoes(depot: World) -> None:
    move = MoveCrate(command_id=uuid4(), crate_code=CODE, to="Arrivals", note=WHY)
    moved = move_crate(move, depot.ben, clock)
    undo = ReverseEntry(command_id=uuid4(), entry_id=moved.entry_id or 0, reason="Wrong crate")
    reverse_entry(undo, depot.ben, clock)
    line = recent_entries(db.session(), depot.ben, clock=clock)[0]
    assert (line.kind, line.undone_note, line.note) == ("reversal", WHY, "Wrong crate")


def note_of(world: World, entry_id: int) -> str:
    row = find_entry(db.session(), world.ben, entry_id, clock)
    assert row
    return row.note
