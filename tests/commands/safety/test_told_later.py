"""What had gone before goods were called back, and is told only after it."""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy import select

from depot.models import Discrepancy
from depot.safety.commands.recalls import CloseRecall, close_recall
from tests.builders import World, clock
from tests.commands.distribution.test_plans import an_event
from tests.commands.safety.test_recalls import goods, issue, recall, trace

__all__ = ["goods"]


def test_what_had_gone_before_and_is_told_later_is_followed_and_asked_about(goods: World) -> None:
    event_id = an_event(goods.ben)
    before = issue(goods.ben, event_id, "Tomatoes", 2)  # known when it is called back
    found = recall(goods.ben, lot_code="L1")
    assert before.discrepancies == 0
    late = issue(goods.ben, event_id, "Tomatoes", 3)
    assert late.asks == {"recalled_gone"}
    asked = goods.session.scalars(
        select(Discrepancy).where(Discrepancy.kind == "recalled_gone")
    ).one()
    assert (asked.detail, asked.actual_quantity, asked.entry_id) == (
        "Glass in it",
        3,
        late.entry_id,
    )
    (seen,) = trace(goods, found).gone
    assert (seen.quantity, seen.is_news) == (5, True)
    close_recall(CloseRecall(command_id=uuid4(), recall_id=found), goods.ada, clock)
    assert issue(goods.ben, event_id, "Tomatoes", 1).asks == {"recalled_gone"}


def test_other_goods_that_are_told_later_are_not_asked_about(goods: World) -> None:
    recall(goods.ben, lot_code="L2")
    event_id = an_event(goods.ben)
    assert issue(goods.ben, event_id, "Tomatoes", 3).discrepancies == 0
