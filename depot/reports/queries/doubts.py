"""What stands in a period's figures although it is far from usual and nobody said it is right."""

from __future__ import annotations

from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from depot.base.periods import Period
from depot.base.questions import ToldDoubt
from depot.ledger.doubts.rules import read_detail
from depot.models import Discrepancy, Item, StockEntry
from depot.reports.sums.report import DoubtLine

#: Doubts of what no figure of a report shows are for the list of things to look at alone.
_IN_FIGURES: Final = frozenset({"amount", "product_code", "households", "people"})


#: :depot, :first, :last
_WAITING: Final = (
    select(
        StockEntry.seq,
        Discrepancy.detail,
        Discrepancy.expected_quantity,
        Discrepancy.actual_quantity,
        Item.name,
        Item.base_unit,
    )
    .join(StockEntry, StockEntry.id == Discrepancy.entry_id)
    .outerjoin(Item, Item.id == Discrepancy.item_id)
    .where(
        Discrepancy.depot_id == bindparam("depot"),
        Discrepancy.resolved_at.is_(None),
        Discrepancy.kind == "unlikely_number",
        StockEntry.occurred_on >= bindparam("first"),
        StockEntry.occurred_on <= bindparam("last"),
    )
    .order_by(StockEntry.seq, Discrepancy.id)
)


def doubt_lines(session: Session, depot_id: int, period: Period) -> tuple[DoubtLine, ...]:
    """Return the lines of the book of those days that wait to be said right (one statement)."""
    asked = {"depot": depot_id, "first": period.first, "last": period.last}
    rows = session.connection().execute(_WAITING, asked)
    lines = []
    for seq, detail, usual, found, item, unit in rows:
        sort, text = read_detail(detail)
        if sort in _IN_FIGURES:
            doubt = ToldDoubt(
                sort=sort,
                item=item or "",
                unit=unit or "",
                found=found or 0,
                usual=usual,
                text=text,
            )
            lines.append(DoubtLine(seq, doubt))
    return tuple(lines)
