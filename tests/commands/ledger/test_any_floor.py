"""Whatever a floor does, late and undone: nothing is invented in silence, and all adds up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text

from depot.base.periods import week_of
from depot.models import StockBalance
from depot.reports.queries.reports import weekly_report
from depot.reports.sums.report import Report
from depot.verify.verify import verify
from tests.builders import NOW, World
from tests.commands.ledger.examples import some_examples
from tests.commands.ledger.floor import Floor, Step
from tests.current import db

ACTS = (
    "receive", "receive", "receive", "drop_off", "move", "move", "crate", "crate", "pack", "take",
    "issue", "issue", "bring", "cook", "count", "count", "sheet", "undo", "undo", "undo_sheet",
    "plan", "plan", "pick", "pick", "call_off", "hold",
)  # fmt: skip
STEPS = st.lists(
    st.builds(
        Step,
        act=st.sampled_from(ACTS),
        late=st.integers(0, 9),
        item=st.integers(0, 2),
        quantity=st.integers(1, 9),
        place=st.integers(0, 6),
        other=st.integers(0, 6),
    ),
    min_size=2,
    max_size=14,
)
#: How much of each item an entry has from the count variance, corrections and all.
_INVENTED = text(
    """
    SELECT move.entry_id, move.item_id, move.is_correction,
           SUM(CASE WHEN source.kind = 'count_variance' THEN move.quantity ELSE -move.quantity END)
    FROM stock_move AS move
    JOIN stock_entry AS entry ON entry.id = move.entry_id
    JOIN location AS source ON source.id = move.source_id
    JOIN location AS target ON target.id = move.target_id
    WHERE entry.depot_id = :depot AND entry.kind NOT IN ('count', 'reversal')
      AND (source.kind = 'count_variance' OR target.kind = 'count_variance')
    GROUP BY move.entry_id, move.item_id, move.is_correction
    """
)
_NAMED = text(
    """
    SELECT entry_id, item_id, kind, expected_quantity, actual_quantity
    FROM discrepancy
    WHERE depot_id = :depot AND entry_id IS NOT NULL AND kind IN ('short_stock', 'counted_since')
    """
)
_EXPLAINED = text(
    """
    SELECT entry.id, found.item_id FROM discrepancy AS found
    JOIN stock_entry AS entry ON entry.recorded_at = found.resolved_at
    WHERE found.depot_id = :depot AND entry.depot_id = :depot AND found.resolution = 'explained'
    """
)


def test_whatever_a_floor_does_adds_up_and_is_named(world: World) -> None:
    @some_examples(8)
    @given(STEPS, st.booleans())
    def tell(steps: list[Step], is_undone: bool) -> None:
        floor = Floor()
        for step in steps:
            floor.do(step)
        if is_undone:
            floor.undo_all()
            assert stock_left(floor) == [] or floor.is_counted_for_good
        assert verify(db.session(), floor.actor.depot_id) == ()
        assert list(silently_invented(floor)) == []
        weeks_follow([*weeks(floor)])

    tell()


def weeks_follow(reports: list[Report]) -> None:
    """Every week adds up, closes with no less than nothing, and opens as the one before closed."""
    closings: dict[int, int] = {}
    for report in reports:
        for line in report.items:
            assert line.quantities.adds_up
            assert line.quantities.closing >= 0
            assert line.quantities.opening == closings.pop(line.item_id, 0)
        assert not any(closings.values())
        closings = {line.item_id: line.quantities.closing for line in report.items}


def stock_left(floor: Floor) -> list[tuple[int, int]]:
    rows = db.session.execute(
        select(StockBalance.item_id, StockBalance.quantity).where(
            StockBalance.depot_id == floor.actor.depot_id, StockBalance.quantity != 0
        )
    )
    return [(item_id, quantity) for item_id, quantity in rows]


def weeks(floor: Floor) -> Iterator[Report]:
    first = week_of(NOW.date(), floor.actor.depot.week_start).moved(-2)
    for number in range(5):
        yield weekly_report(db.session(), floor.actor.depot, first.moved(number))


def silently_invented(floor: Floor) -> Iterator[tuple[int, int, int]]:
    """Yield entries with more from nowhere of an item than they say; corrections just say so.

    A correction that gives back a part of what an open question tells of says nothing more: the
    question keeps its first numbers (docs/adr/0023).
    """
    asked = {"depot": floor.actor.depot_id}
    short: defaultdict[tuple[int, int], int] = defaultdict(int)
    named = {tuple(row) for row in db.session.execute(_EXPLAINED, asked)}
    for entry_id, item_id, kind, expected, actual in db.session.execute(_NAMED, asked):
        named.add((entry_id, item_id))
        if kind == "short_stock":
            short[entry_id, item_id] += actual - expected
    asked_about = {item_id for _entry_id, item_id in short}
    for entry_id, item_id, is_correction, change in db.session.execute(_INVENTED, asked):
        is_given_back = change < 0 and item_id in asked_about
        known = (
            is_given_back or (entry_id, item_id) in named
            if is_correction
            else change <= short[entry_id, item_id]
        )
        if change and not known:
            yield entry_id, item_id, change
