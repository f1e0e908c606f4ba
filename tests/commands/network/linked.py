"""Depots that work together, for the tests of what goes between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from sqlalchemy import func, select

from depot.base.actors import Actor
from depot.models import StockBalance, Transfer, TransferLine
from depot.network.balance import SentGoods, balance_of
from depot.network.commands.links import (
    InviteDepot,
    JoinDepot,
    invitation_code,
    invite_depot,
    join_depot,
)
from depot.network.commands.receiving import (
    ReceivedTransfer,
    ReceiveLine,
    ReceiveTransfer,
    receive_transfer,
)
from depot.network.commands.sending import SendLine, SendTransfer, SentTransfer, send_transfer
from tests.builders import SECRET_KEY, clock
from tests.current import db


def link(one: Actor, other: Actor) -> None:
    """Let two depots work together: one invites, the other accepts."""
    command = InviteDepot(command_id=uuid4())
    invite_depot(command, one, SECRET_KEY, clock)
    code = invitation_code(SECRET_KEY, one.depot_id, command.command_id)
    join_depot(JoinDepot(command_id=uuid4(), code=code), other, clock)


def send(
    actor: Actor, to: Actor, *lines: tuple[int, str], crates: Sequence[str] = (), **more: Any
) -> SentTransfer:
    """Send so many of each item, and crates."""
    command = SendTransfer(
        command_id=uuid4(),
        to_depot=to.depot.slug,
        crate_codes=tuple(crates),
        lines=tuple(SendLine(quantity=quantity, item=item) for quantity, item in lines),
        **more,
    )
    return send_transfer(command, actor, clock).answer


def coming(actor: Actor) -> int:
    """Return the number of the newest transfer to the actor's depot."""
    found = select(func.max(Transfer.id)).where(
        Transfer.depot_id == actor.depot_id, Transfer.direction == "in"
    )
    return db.session.scalars(found).one()


def take_in(
    actor: Actor,
    *lines: tuple[Any, ...],
    crates: Sequence[str] = (),
    complete: bool = True,
    transfer_id: int | None = None,
    **more: Any,
) -> ReceivedTransfer:
    """Receive of the newest transfer (item, good) or (item, good, broken), and crates."""
    command = ReceiveTransfer(
        command_id=uuid4(),
        transfer_id=coming(actor) if transfer_id is None else transfer_id,
        crate_codes=tuple(crates),
        lines=tuple(_line(*line) for line in lines),
        complete=complete,
        **more,
    )
    return receive_transfer(command, actor, clock).answer


def _line(item: str, good: int, broken: int = 0) -> ReceiveLine:
    return ReceiveLine(item=item, quantity=good, damaged=broken)


def everywhere(*actors: Actor) -> int:
    """Return how much there is in all depots, and of what was sent with nobody or lost on the way.

    Only what comes in or goes out at a depot changes it.
    """
    db.session.rollback()
    here = db.session.scalars(
        select(func.coalesce(func.sum(StockBalance.quantity), 0)).where(
            StockBalance.depot_id.in_({actor.depot_id for actor in actors})
        )
    ).one()
    total = int(here)
    for transfer in db.session.scalars(select(Transfer).where(Transfer.direction == "out")):
        rows = db.session.scalars(
            select(TransferLine).where(
                TransferLine.transfer_id == transfer.id, ~TransferLine.is_asked
            )
        )
        lines = [SentGoods(row.line, row.quantity, row.arrived, row.damaged) for row in rows]
        found = balance_of(transfer.state, lines)
        total += found.in_transit + found.missing + found.damaged
    db.session.rollback()
    return total
