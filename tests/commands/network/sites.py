"""Two floors whose depots work together: each does what it can, and they send to each other."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.ledger.entries import FLOW_OF_OUTSIDE
from depot.models import Item, Location, StockBalance, StockEntry, StockMove, Transfer, TransferLine
from depot.network.balance import SentGoods, balance_of
from depot.network.commands.receiving import ReceiveLine, ReceiveTransfer, receive_transfer
from depot.network.commands.sending import SendLine, SendTransfer, send_transfer
from depot.production.commands.freezing import FreezeGoods, ThawGoods, freeze_goods, thaw_goods
from depot.production.commands.production import ProduceGoods, ProductionWaste, produce_goods
from depot.production.commands.recipes import (
    RecipeInput,
    RecipeOutput,
    SaveRecipe,
    save_recipe,
)
from depot.production.commands.taking_apart import TakeApart, take_apart
from tests.commands.ledger.floor import ITEMS, Floor, Step
from tests.commands.network.linked import link
from tests.current import db


class Site(Floor):
    """A floor that also cooks by a recipe, takes apart, freezes, thaws, sends and receives."""

    def __init__(self) -> None:
        super().__init__()
        self.peer: Site = self
        for place, other in enumerate((0, 1, 3, 2)):  # dated and not, and one past its use-by day
            came = [
                self._came(Step("receive", 0, item, 12, place, other * 2))
                for item in range(len(ITEMS))
            ]
            self._run(receive_goods, ReceiveGoods, lines=tuple(came))
        for place in range(3):
            self._plan(Step("plan", 0, place, 9, place, place + 1), None)
        self._run(
            save_recipe,
            SaveRecipe,
            name="Pot",
            inputs=(RecipeInput(item="Rice", quantity=2), RecipeInput(item="Carrots", quantity=1)),
            outputs=(RecipeOutput(item="Soup", quantity=3, keeps_days=2),),
        )

    def do(self, step: Step) -> None:
        """Do it; both floors have the same hour."""
        super().do(step)
        self.peer.now = self.now

    def _make(self, step: Step, at: datetime | None) -> None:
        """By the recipe, now and then with something wasted."""
        wasted = step.quantity - 6
        waste = (ProductionWaste(item=step.name, quantity=wasted),) if wasted > 0 else ()
        self._run(
            produce_goods,
            ProduceGoods,
            recipe="Pot",
            times=1 + step.other % 3,
            waste=waste,
            occurred_at=at,
        )

    def _apart(self, step: Step, at: datetime | None) -> None:
        """Anything that was made, undone and taken apart things among them: those are refused."""
        made = select(StockEntry.id).where(
            StockEntry.depot_id == self.actor.depot_id, StockEntry.kind == "production"
        )
        entries = db.session.scalars(made.order_by(StockEntry.seq.desc())).all()
        if entries:
            entry_id = entries[step.quantity % len(entries)]
            self._run(take_apart, TakeApart, entry_id=entry_id, occurred_at=at)

    def _freeze(self, step: Step, at: datetime | None) -> None:
        self._change(step, at, freeze_goods, FreezeGoods)

    def _thaw(self, step: Step, at: datetime | None) -> None:
        self._change(step, at, thaw_goods, ThawGoods)

    def _change(self, step: Step, at: datetime | None, run: Any, command: Any) -> None:
        here = (
            select(StockBalance.lot_id)
            .where(StockBalance.depot_id == self.actor.depot_id, StockBalance.quantity > 0)
            .order_by(StockBalance.lot_id.desc())
            .distinct()
        )
        lots = db.session.scalars(here).all()
        if not lots:
            return
        keeps_until = (at or self.now) + timedelta(days=step.place)
        self._run(
            run,
            command,
            lot_id=lots[step.other % len(lots)],
            quantity=step.quantity if step.quantity < 8 else None,
            date=keeps_until.date().isoformat(),
            occurred_at=at,
        )

    def _send(self, step: Step, at: datetime | None) -> None:
        """Goods from anywhere, or a crate with all that is in it and on it."""
        goods: dict[str, Any] = {"lines": (SendLine(item=step.name, quantity=step.quantity),)}
        if step.other % 3 == 0:
            goods = {"crate_codes": (self.places[2 + step.place % (len(self.places) - 2)],)}
        self._run(
            send_transfer,
            SendTransfer,
            to_depot=self.peer.actor.depot.slug,
            occurred_at=at,
            **goods,
        )

    def _arrive(self, step: Step, at: datetime | None) -> None:
        """A line of a transfer comes, less or more than was sent, or some of it broken."""
        coming = db.session.scalars(
            select(Transfer.id).where(
                Transfer.depot_id == self.actor.depot_id, Transfer.direction == "in"
            )
        ).all()
        if not coming:
            return
        transfer_id = coming[step.place % len(coming)]
        numbers = db.session.scalars(
            select(TransferLine.line).where(TransferLine.transfer_id == transfer_id)
        ).all()
        lines = tuple(
            ReceiveLine(line=number, quantity=step.quantity, damaged=step.other % 3)
            for number in numbers[:1]
        )
        self._run(
            receive_transfer,
            ReceiveTransfer,
            transfer_id=transfer_id,
            lines=lines,
            complete=step.quantity % 2 == 0,
            occurred_at=at,
        )


def found_two() -> tuple[Site, Site]:
    """Found two depots that work together."""
    one, other = Site(), Site()
    one.peer, other.peer = other, one
    link(one.actor, other.actor)
    return one, other


def known_to_be(*sites: Site) -> Counter[str]:
    """Return how much of each item lies in the depots, or was sent and is with nobody."""
    depots = {site.actor.depot_id for site in sites}
    db.session.rollback()
    found: Counter[str] = Counter()
    for name, quantity in db.session.execute(
        select(Item.name, func.sum(StockBalance.quantity))
        .join(Item, Item.id == StockBalance.item_id)
        .where(StockBalance.depot_id.in_(depots))
        .group_by(Item.name)
    ):
        found[name] += int(quantity)
    for state, row in db.session.execute(
        select(Transfer.state, TransferLine)
        .join(TransferLine, TransferLine.transfer_id == Transfer.id)
        .where(Transfer.depot_id.in_(depots), Transfer.direction == "out", ~TransferLine.is_asked)
    ):
        sent = SentGoods(row.line, row.quantity, row.arrived, row.damaged)
        gone = balance_of(state, [sent])
        found[row.item_name] += gone.in_transit + gone.missing + gone.damaged
    db.session.rollback()
    return found


def ought_to_be(*sites: Site) -> Counter[str]:
    """Return how much more of each item came in at the depots than went out at them.

    What came broken is lost straight from the road: it is counted among what was sent.
    """
    source, target = aliased(Location), aliased(Location)
    rows = db.session.execute(
        select(Item.name, source.kind, target.kind, func.sum(StockMove.quantity))
        .join(Item, Item.id == StockMove.item_id)
        .join(source, source.id == StockMove.source_id)
        .join(target, target.id == StockMove.target_id)
        .where(Item.depot_id.in_({site.actor.depot_id for site in sites}))
        .group_by(Item.name, source.kind, target.kind)
    ).all()
    db.session.rollback()
    outside = {kind for kind in FLOW_OF_OUTSIDE if kind != "network"}
    found: Counter[str] = Counter()
    for name, start, end, quantity in rows:
        if {start, end} != {"network", "loss"}:
            found[name] += int(quantity) * ((start in outside) - (end in outside))
    return found
