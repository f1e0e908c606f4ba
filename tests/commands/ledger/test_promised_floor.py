"""Whatever a floor does: nothing is promised unseen, and nothing is fetched that must stay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from depot.base.clock import local_day
from depot.distribution.queries.event_plans import pick_list
from depot.ledger.holds import APART_KINDS
from depot.locations.queries.places import load_place_tree
from depot.models import DistributionEvent
from depot.verify.findings import Findings, Names
from depot.verify.promises import check_promises
from tests.builders import World
from tests.commands.ledger.examples import some_examples
from tests.commands.ledger.floor import Floor, Step
from tests.current import db

ACTS = (
    "receive", "receive", "plan", "plan", "pick", "pick", "issue", "bring", "count", "take",
    "hold", "hold", "crate", "call_off", "undo", "move",
)  # fmt: skip
STEPS = st.lists(
    st.builds(
        Step,
        act=st.sampled_from(ACTS),
        late=st.sampled_from((0, 0, 1, 4)),
        item=st.integers(0, 2),
        quantity=st.integers(1, 9),
        place=st.integers(0, 6),
        other=st.integers(0, 6),
    ),
    min_size=4,
    max_size=16,
)


def test_no_promise_is_broken_unseen_and_no_pick_is_unsafe(world: World) -> None:
    @some_examples(16)
    @given(STEPS)
    def tell(steps: list[Step]) -> None:
        floor = Floor()
        for step in steps:
            floor.do(step)
            assert promised_wrongly(floor) == ()
            assert list(picked_wrongly(floor)) == []

    tell()


def promised_wrongly(floor: Floor) -> tuple[object, ...]:
    """Return what is promised otherwise than reserved, to nobody, or too much without a name."""
    findings = Findings()
    nameless = Names(kinds={}, places={}, parents={}, items={})
    check_promises(db.session(), floor.actor.depot_id, nameless, findings)
    return findings.all()


def picked_wrongly(floor: Floor) -> Iterator[str]:
    """Yield what a pick list has that must not go out then, or more of it than lies there."""
    session, depot_id = db.session(), floor.actor.depot_id
    zone, tree = floor.actor.depot.time_zone, load_place_tree(session, depot_id)
    for event in session.scalars(select(DistributionEvent).filter_by(depot_id=depot_id)):
        on = max(local_day(event.starts_at, zone), local_day(floor.clock(), zone))
        named: Counter[tuple[int, int]] = Counter()
        for row in pick_list(session, depot_id, event.id, on).fetches:
            held = row.held
            is_apart = any(node.kind in APART_KINDS for node in tree.upwards(held.location_id))
            if held.may_go_out(on, is_apart=is_apart).is_free == row.must_go_back:
                yield f"{held.item} on {on}: {row}"
            named[held.location_id, held.lot_id] += row.quantity
            if named[held.location_id, held.lot_id] > held.quantity:
                yield f"{event.name}: more of {held.item} than lies there"
