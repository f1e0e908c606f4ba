"""What was short on a day that is over, as far as the ledger knows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy.orm import Session

from depot.items.queries.item_facts import item_facts
from depot.needs.queries.doubted import Doubted
from depot.needs.queries.needs import (
    NeedLine,
    Supplies,
    categories_of_items,
    handed_out_before,
    judge_supplies,
    need_rules,
    used_categories,
)


def past_needs(
    session: Session, depot_id: int, last: date, closing: Mapping[int, int]
) -> tuple[NeedLine, ...]:
    """Return how everything stood at the end of a day, from what was here and went out by then.

    `closing` is what was here of each item in its base unit: what was on hold, promised or past
    its day is in it. Weights, targets and minimums are those of now; what somebody said by hand
    is left out.
    """
    after = last + timedelta(days=1)
    days, handed_out = handed_out_before(session, depot_id, after, Doubted())
    rules = {
        key: replace(rule, said="", said_until=None)
        for key, rule in need_rules(session, depot_id).items()
    }
    return tuple(
        judge_supplies(
            Supplies(
                facts=dict(item_facts(session, depot_id)),
                category_of=categories_of_items(session, depot_id),
                categories=used_categories(session, depot_id),
                stock=Counter({key: max(quantity, 0) for key, quantity in closing.items()}),
                handed_out=handed_out,
                days=days,
                rules=rules,
            ),
            after,
        )
    )
