"""A right names the decision by which it was given; what was sealed before reads as it did."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import select

from depot.base.errors import NotFound
from depot.decisions.checking import broken_decisions
from depot.ledger.seal import GENESIS
from depot.models import RoleChange
from depot.open_book.chain import Change, canonical_text, seal_change
from depot.open_book.checking import broken_rights
from depot.open_book.queries import right_changes
from depot.people.commands.access import ChangeRole, EndAccess, change_role, end_access
from tests.builders import NOW, World, clock, make_person
from tests.commands.decisions.deciding import propose, settle
from tests.current import db

EVE = Change(
    depot_id=1,
    seq=1,
    person_id=7,
    role_before=None,
    role_after="volunteer",
    cause="invitation",
    changed_at=NOW,
)


def test_a_right_names_the_decision_by_which_it_was_given(world: World) -> None:
    number = propose(world.ben, "Ben coordinates", answer_by=None)
    settle(world.ben, number, in_room_count=5, at=NOW)
    ben_id = world.ben.person_id or 0
    made = ChangeRole(command_id=uuid4(), person_id=ben_id, role="coordinator", proposal_id=number)
    change_role(made, world.ada, clock)
    (told, *_before) = right_changes(db.session(), world.north.id, None, 9)
    assert (told.proposal_id, told.proposal, told.by) == (number, "Ben coordinates", "Ada")
    assert broken_rights(db.session(), world.north.id) == []
    assert broken_decisions(db.session(), world.north.id) == []


def test_a_decision_that_is_none_gives_no_right(world: World) -> None:
    dora = make_person("Dora", "volunteer", world.north)
    still_open = propose(world.ada)
    theirs = propose(world.cleo)
    settle(world.cleo, theirs, in_room_count=2, at=NOW)
    for number in (still_open, theirs, 999, 0, 2**63):
        end = EndAccess(command_id=uuid4(), person_id=dora.person_id or 0, proposal_id=number)
        with pytest.raises(NotFound):
            end_access(end, world.ada, clock)


@pytest.mark.breaks_ledger("a right names a proposal that nobody agreed to")
def test_verify_finds_a_right_by_a_decision_that_is_none(world: World) -> None:
    last = db.session.scalars(
        select(RoleChange).where(RoleChange.depot_id == world.north.id).order_by(RoleChange.seq)
    ).all()[-1]
    number = propose(world.ada)
    fields = {name: getattr(EVE, name) for name in Change.__dataclass_fields__}
    forged = Change(**(fields | {"depot_id": world.north.id, "seq": last.seq + 1}))
    row = {name: getattr(forged, name) for name in Change.__dataclass_fields__}
    row |= {"person_id": world.cleo.person_id, "proposal_id": number}
    db.session.add(RoleChange(**row, seal=seal_change(last.seal, forged)))
    db.session.flush()
    (found,) = broken_decisions(db.session(), world.north.id)
    assert found == (
        f"Change {last.seq + 1} of the open book names proposal {number}, which was not agreed to"
        " by then."
    )
    db.session.rollback()


def test_what_was_sealed_before_there_were_decisions_reads_as_it_did() -> None:
    assert "proposal" not in canonical_text(EVE)
    assert seal_change(GENESIS, EVE) == (
        "b3a701b77229a4442203cddf4af5e6fff1ee2a81f15f3b95abfc921b493a65fe"
    )
