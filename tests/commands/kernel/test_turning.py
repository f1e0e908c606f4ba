"""What an undo says it took from elsewhere."""

from __future__ import annotations

from sqlalchemy import select

from depot.kernel.draft import Draft
from depot.kernel.lookups import load_fixed_places
from depot.kernel.turning.goods import TakenFrom, taken_elsewhere
from depot.ledger.entries import Move
from depot.models import Lot
from tests.builders import World, receive
from tests.commands.working import work_of


def test_goods_taken_from_elsewhere_are_told_and_a_counts_difference_is_not(world: World) -> None:
    receive(world.ben, 9, "Rice")
    lot = world.session.scalars(select(Lot)).one()
    work = work_of(world.ada)
    fixed = load_fixed_places(work)
    draft = Draft(work, "reversal")
    assert taken_elsewhere(draft, []) == ()
    draft.move(lot.item_id, lot.id, fixed.arrival, fixed["count_variance"], 2)
    draft.move(lot.item_id, lot.id, fixed["supplier"], fixed.arrival, 1)
    assert taken_elsewhere(draft, []) == ()
    draft.move(lot.item_id, lot.id, fixed.arrival, fixed["supplier"], 3)
    told = TakenFrom(item_id=lot.item_id, item="Rice", quantity=3, unit="piece", place="Arrivals")
    assert taken_elsewhere(draft, []) == (told,)
    brought = Move(lot.item_id, lot.id, fixed["supplier"], fixed.arrival, 3)
    assert taken_elsewhere(draft, [brought]) == ()
    work.session.rollback()
