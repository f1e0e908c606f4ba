"""Whatever two depots do on any days, late and undone: after each step everything still holds.

Lots and crates, holds, freezing, recipes and taking apart, plans, picks and calling off, counts,
write-offs, hand-outs and transfers come in any order. What must hold is asked of the rows
themselves: `tests/rule_oracle.py` knows the rule of what may go out from its words alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from depot.base.clock import local_day
from depot.distribution.queries.event_plans import pick_list
from depot.kernel.promises.keeping import TOO_MUCH
from depot.models import Discrepancy, DistributionEvent, Pick
from depot.verify.verify import verify
from tests.builders import World
from tests.commands.ledger.examples import some_examples
from tests.commands.ledger.floor import Step
from tests.commands.network.sites import Site, found_two, known_to_be, ought_to_be
from tests.current import db
from tests.rule_oracle import House, read_house

ACTS = (
    "receive", "receive", "receive", "move", "crate", "pack", "take", "issue", "bring", "count",
    "sheet", "undo", "undo", "undo_sheet", "plan", "plan", "pick", "pick", "call_off", "hold",
    "hold", "cook", "make", "make", "apart", "freeze", "thaw", "send", "send", "arrive", "arrive",
)  # fmt: skip
#: What changes something at the other depot, too.
BETWEEN = ("send", "arrive", "undo")
STEPS = st.lists(
    st.tuples(
        st.booleans(),
        st.builds(
            Step,
            act=st.sampled_from(ACTS),
            late=st.sampled_from((0, 0, 1, 4)),
            item=st.integers(0, 2),
            quantity=st.integers(1, 9),
            place=st.integers(0, 6),
            other=st.integers(0, 6),
        ),
    ),
    min_size=4,
    max_size=18,
)


def test_whatever_two_depots_do_everything_holds_after_each_step(world: World) -> None:
    @some_examples(25)
    @given(STEPS)
    def tell(steps: list[tuple[bool, Step]]) -> None:
        sites = found_two()
        for is_second, step in steps:
            site = sites[is_second]
            picked = last_pick()
            site.do(step)
            for one in sites if step.act in BETWEEN else (site,):
                assert verify(db.session(), one.actor.depot_id) == ()
            assert known_to_be(*sites) == ought_to_be(*sites)
            house = read_house(db.session(), site.actor.depot_id)
            assert list(listed_against_the_words(site, house)) == []
            assert list(fetched_against_the_words(site, house, picked)) == []
            assert list(below_nothing_unseen(site, house)) == []
            db.session.rollback()

    tell()


def last_pick() -> int:
    return db.session.scalar(select(func.max(Pick.id))) or 0


def events_and_days(site: Site) -> dict[int, date]:
    """Return on which day each hand-out of the site is, or is still to be."""
    zone = site.actor.depot.time_zone
    today = local_day(site.now, zone)
    found = db.session.scalars(select(DistributionEvent).filter_by(depot_id=site.actor.depot_id))
    return {event.id: max(local_day(event.starts_at, zone), today) for event in found}


def listed_against_the_words(site: Site, house: House) -> Iterator[str]:
    """Yield what a pick list has that must stay or is not there, or that something goes before."""
    depot_id = site.actor.depot_id
    fetched = set(db.session.scalars(select(Pick.lot_id).filter_by(depot_id=depot_id)))
    for event_id, on in events_and_days(site).items():
        rows = pick_list(db.session(), depot_id, event_id, on).fetches
        listed = Counter[tuple[int, int]]()
        for row in rows:
            key = (row.held.location_id, row.held.lot_id)
            listed[key] += row.quantity
            if house.is_free(*key, on) == row.must_go_back or listed[key] > house.stock[key]:
                yield f"event {event_id}: {row}"
        left = [
            house.pile(*key)
            for key, quantity in house.stock.items()
            if house.is_free(*key, on) and listed[key] < quantity and key[1] not in fetched
        ]
        for row in rows:
            chosen = house.pile(row.held.location_id, row.held.lot_id)
            older = [one for one in left if one.goes_before(chosen)]
            if not row.is_picked and row.held.item_id in {
                house.lots[one.lot].item for one in older
            }:
                yield f"event {event_id}: {row}, and {older} lies there"


def fetched_against_the_words(site: Site, house: House, since: int) -> Iterator[Pick]:
    """Yield what was fetched just now and must not go out on the day of its event."""
    days = events_and_days(site)
    for pick in db.session.scalars(select(Pick).where(Pick.id > since, Pick.quantity > 0)):
        if not house.is_free(pick.location_id, pick.lot_id, days[pick.event_id]):
            yield pick


def below_nothing_unseen(site: Site, house: House) -> Iterator[tuple[int, date, int]]:
    """Yield what is free below nothing, and no coordinator is asked to look at it."""
    asked = set(
        db.session.scalars(
            select(Discrepancy.item_id).where(
                Discrepancy.depot_id == site.actor.depot_id,
                Discrepancy.kind == TOO_MUCH,
                Discrepancy.resolved_at.is_(None),
            )
        )
    )
    for found in house.below_nothing(local_day(site.now, site.actor.depot.time_zone)):
        if found[0] not in asked:
            yield found
