"""What no proposal is, what another depot sees, and what nobody rewrites."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from depot.base.errors import DepotError, Forbidden, Invalid, NotFound
from depot.db.transaction import transaction
from depot.decisions.checking import broken_decisions
from depot.decisions.commands.outcomes import (
    KeepAgreed,
    keep_agreed,
)
from depot.decisions.errors import (
    NotForHelpers,
    NotYours,
    ObjectionsStand,
)
from depot.decisions.queries.lists import agreements, due_for_review, settled, to_decide
from depot.decisions.queries.one import find_proposal_view
from tests.builders import NOW, World
from tests.commands.decisions.deciding import (
    AFTER_FRIDAY,
    DAY,
    NEXT_YEAR,
    answer,
    propose,
    reword,
    settle,
)
from tests.current import db


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": ""}, "title"),
        ({"text": ""}, "text"),
        ({"answer_by": DAY - timedelta(days=1)}, "answer_by"),
        ({"answer_by": DAY + timedelta(days=367)}, "answer_by"),
    ],
)
def test_what_no_proposal_is(world: World, said: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        propose(world.ada, **said)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kind": "objection"}, "text"),
        ({"kind": "concern", "why": "  "}, "text"),
        ({"kind": "no", "why": "x"}, "kind"),
        ({"version": 2}, "version"),
        ({"version": 0}, "version"),
        ({"spoken_name": "Z" * 121}, "spoken_name"),
    ],
)
def test_what_no_answer_is(world: World, said: dict[str, Any], field: str) -> None:
    number = propose(world.ada)
    with pytest.raises(Invalid) as refused:
        answer(world.ben, number, at=NOW - timedelta(minutes=1), **said)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"outcome": "won"}, "outcome"),
        ({"read_back": False}, "read_back"),
        ({"review_on": None}, "review_on"),
        ({"review_on": AFTER_FRIDAY.date()}, "review_on"),
        ({"review_on": AFTER_FRIDAY.date() + timedelta(days=1831)}, "review_on"),
        ({"in_room_count": 0}, "in_room_count"),
        ({"in_room_count": 10_001}, "in_room_count"),
    ],
)
def test_what_no_outcome_is(world: World, said: dict[str, Any], field: str) -> None:
    number = propose(world.ada)
    with pytest.raises(Invalid) as refused:
        settle(world.ada, number, **said)
    assert refused.value.field == field


def test_another_depot_sees_and_touches_nothing(world: World) -> None:
    number = propose(world.ada)
    settle(world.ada, propose(world.ada, "Tea"))
    cleo = world.cleo
    assert find_proposal_view(db.session(), cleo, number, DAY) is None
    assert to_decide(db.session(), cleo, DAY) == []
    assert agreements(db.session(), cleo.depot, NEXT_YEAR, None, 9) == []
    assert due_for_review(db.session(), cleo.depot, NEXT_YEAR) == []
    assert settled(db.session(), cleo.depot_id, None, 9) == []
    acts = (
        lambda: answer(cleo, number),
        lambda: reword(cleo, number, "x"),
        lambda: settle(cleo, number, in_room_count=2),
        lambda: propose(cleo, replaces_id=number + 1),
    )
    for act in acts:
        with pytest.raises(NotFound):
            act()
    for error in (NotForHelpers, NotYours):
        assert issubclass(error, Forbidden)
    assert issubclass(ObjectionsStand, DepotError)


@pytest.mark.breaks_ledger("something is kept as agreed to in spite of an objection")
def test_verify_finds_what_was_agreed_to_in_spite_of_an_objection(world: World) -> None:
    number = propose(world.ada)
    answer(world.ben, number, "objection", "No.")
    assert broken_decisions(db.session(), world.north.id) == []
    with transaction() as session:
        session.execute(
            text(
                "UPDATE proposal SET outcome = 'agreed', settled_at = 9999999999999, review_on = ''"
            )
        )
    (found,) = broken_decisions(db.session(), world.north.id)
    assert found == (
        f"Proposal {number} is kept as agreed to, and 1 objections to its words stand."
    )


@pytest.mark.parametrize("table", ["proposal_wording", "proposal_response", "proposal_review"])
def test_nobody_rewrites_what_was_said(world: World, table: str) -> None:
    number = propose(world.ada)
    answer(world.ben, number)
    settle(world.ada, number)
    keep = KeepAgreed(command_id=uuid4(), proposal_id=number, review_on=NEXT_YEAR)
    keep_agreed(keep, world.ada, lambda: AFTER_FRIDAY)
    for verb in (f"UPDATE {table} SET text = 'x'", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError, match="append-only"), transaction() as session:
            session.execute(text(verb))
