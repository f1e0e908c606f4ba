"""Whatever three depots send, receive, undo and count: together with the road they have it all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from depot.base.actors import Actor
from depot.base.errors import AlreadyReversed, DepotError, NotReversible
from depot.counts.commands.counts import Count, CountLine, book_count
from depot.entries.commands.reversals import ReverseEntry, reverse_entry
from depot.ledger.entries import FLOW_OF_OUTSIDE
from depot.models import Location, StockMove, Transfer, TransferLine
from depot.network.commands.receiving import ReceiveLine, ReceiveTransfer, receive_transfer
from depot.people.commands.depots import FoundDepot, found_depot
from depot.people.queries import console_actor
from depot.verify.verify import verify
from tests.builders import NOW, World, clock, receive
from tests.commands.ledger.examples import some_examples
from tests.commands.network.linked import everywhere, link, send
from tests.current import db

ITEMS = ("Rice", "Beans")


@dataclass(frozen=True)
class Step:
    """Something somebody does, its numbers taken by what there is to choose from."""

    act: str
    who: int
    other: int
    item: int
    quantity: int
    broken: int
    complete: bool


STEPS = st.lists(
    st.builds(
        Step,
        act=st.sampled_from(("send", "send", "receive", "receive", "receive", "undo", "count")),
        who=st.integers(0, 2),
        other=st.integers(0, 2),
        item=st.integers(0, 1),
        quantity=st.integers(0, 9),
        broken=st.integers(0, 2),
        complete=st.booleans(),
    ),
    min_size=3,
    max_size=12,
)


class Road:
    """Three depots that work together, and what they did."""

    def __init__(self, actors: Sequence[Actor]) -> None:
        self.actors = actors
        self.entries: list[tuple[Actor, int]] = []

    def do(self, step: Step) -> None:
        """Do a step, if it can be done; what is refused changes nothing."""
        try:
            getattr(self, f"_{step.act}")(step, self.actors[step.who])
        except DepotError:
            db.session.rollback()

    def _send(self, step: Step, actor: Actor) -> None:
        to = self.actors[step.other]
        if to is not actor and step.quantity:
            self._keep(actor, send(actor, to, (step.quantity, ITEMS[step.item])).entry_id)

    def _receive(self, step: Step, actor: Actor) -> None:
        coming = db.session.scalars(
            select(Transfer.id).where(
                Transfer.depot_id == actor.depot_id, Transfer.direction == "in"
            )
        ).all()
        if not coming:
            return
        transfer_id = coming[step.other % len(coming)]
        numbers = db.session.scalars(
            select(TransferLine.line).where(TransferLine.transfer_id == transfer_id)
        ).all()
        line = ReceiveLine(
            line=numbers[step.item % len(numbers)], quantity=step.quantity, damaged=step.broken
        )
        command = ReceiveTransfer(
            command_id=uuid4(), transfer_id=transfer_id, lines=(line,), complete=step.complete
        )
        self._keep(actor, receive_transfer(command, actor, clock).entry_id)

    def _count(self, step: Step, actor: Actor) -> None:
        counted = CountLine(item=ITEMS[step.item], counted_quantity=step.quantity)
        command = Count(command_id=uuid4(), place="Arrivals", lines=(counted,))
        self._keep(actor, book_count(command, actor, clock).entry_id)

    def _undo(self, step: Step, _actor: Actor) -> None:
        if not self.entries:
            return
        actor, entry_id = self.entries[step.quantity % len(self.entries)]
        try:
            reverse_entry(ReverseEntry(command_id=uuid4(), entry_id=entry_id), actor, clock)
        except (AlreadyReversed, NotReversible):
            db.session.rollback()

    def _keep(self, actor: Actor, entry_id: int | None) -> None:
        if entry_id is not None:
            self.entries.append((actor, entry_id))

    def came_in(self) -> int:
        """Return how much more came into all depots than left them, but for what they sent.

        What came broken is lost straight from the road: it is counted among what was sent.
        """
        source, target = aliased(Location), aliased(Location)
        rows = db.session.execute(
            select(source.kind, target.kind, func.sum(StockMove.quantity))
            .join(source, source.id == StockMove.source_id)
            .join(target, target.id == StockMove.target_id)
            .group_by(source.kind, target.kind)
        ).all()
        db.session.rollback()
        outside = {kind for kind in FLOW_OF_OUTSIDE if kind != "network"}
        return sum(
            int(quantity) * ((start in outside) - (end in outside))
            for start, end, quantity in rows
            if {start, end} != {"network", "loss"}
        )


def _depots(world: World) -> list[Actor]:
    """Found a third depot and let all three work together."""
    found_depot(FoundDepot(name="East"), lambda: NOW)
    east = console_actor(db.session(), "east")
    for one, other in ((world.ada, world.cleo), (world.ada, east), (world.cleo, east)):
        link(one, other)
    return [world.ada, world.cleo, east]


def test_whatever_goes_between_depots_nothing_is_invented_and_nothing_lost(world: World) -> None:
    actors = _depots(world)

    @some_examples(20)
    @given(STEPS)
    def tell(steps: list[Step]) -> None:
        road = Road(actors)
        for actor in actors:
            for item in ITEMS:
                receive(actor, 5, item)
        for step in steps:
            road.do(step)
            assert everywhere(*actors) == road.came_in()
        for actor in actors:
            assert verify(db.session(), actor.depot_id) == ()

    tell()
