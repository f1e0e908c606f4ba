"""The two depots work together: a van that came and lacked something, one on its way, an offer."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Final

from sqlalchemy import select

from depot.base.errors import OnHold, PastUseBy
from depot.demo.stage import Stage
from depot.models import Crate, StockBalance, Transfer
from depot.network.commands.links import (
    InviteDepot,
    JoinDepot,
    SaveAgreement,
    invitation_code,
    invite_depot,
    join_depot,
    save_agreement,
)
from depot.network.commands.offers import OfferGoods, offer_goods
from depot.network.commands.receiving import ReceiveLine, ReceiveTransfer, receive_transfer
from depot.network.commands.sending import SendLine, SendTransfer, send_transfer
from depot.network.queries.transfers import transfer_row
from depot.stock.queries.stock import ItemStock

#: The code of an invitation that is used at once opens nothing afterwards.
_KEY: Final = "the demo's invitation"
#: So many base units of an item are enough to give some away.
_ENOUGH: Final = 24


def show_network(first: Stage, second: Stage) -> None:
    """Send a van that comes short and one that is on its way, as far as there are goods."""
    plenty = _plenty(first)
    if not plenty:
        return
    lines = tuple(SendLine(item=row.item, quantity=12) for row in plenty[:3])
    first.do(send_transfer, SendTransfer, to_depot=second.depot.slug, lines=lines)
    second.at = max(second.at, first.at)
    receive_short(second, missing=2)
    _send_crate(first, second, plenty[-1])
    surplus = plenty[0]
    first.do(
        offer_goods,
        OfferGoods,
        item=surplus.item,
        quantity=min(_ENOUGH, surplus.figures(first.today).free),
        ends_at=first.now + timedelta(days=1),
        note="In crates, by the side door",
    )


def link_depots(first: Stage, second: Stage) -> None:
    """Let both depots work together from the beginning."""
    invitation = InviteDepot(command_id=first.command_id())
    invite_depot(invitation, first.coordinator, _KEY, first.clock)
    code = invitation_code(_KEY, first.depot.id, invitation.command_id)
    second.do(join_depot, JoinDepot, second.coordinator, code=code)
    for one, other in ((first, second), (second, first)):
        one.do(
            save_agreement, SaveAgreement, one.coordinator, other_id=other.depot.id, shares="all"
        )


def _plenty(stage: Stage) -> list[ItemStock]:
    """Return the items of which there is enough to give some, most first."""
    rows = [
        row
        for row in stage.stock().values()
        if row.unit == "piece" and row.figures(stage.today).free >= _ENOUGH
    ]
    return sorted(rows, key=lambda row: (-row.figures(stage.today).free, row.item))


def receive_short(stage: Stage, missing: int) -> None:
    """Receive what came last, crates and all, but for some pieces that nobody finds."""
    coming = stage.session.scalars(
        select(Transfer.id)
        .where(
            Transfer.depot_id == stage.depot.id,
            Transfer.direction == "in",
            Transfer.state == "sent",
        )
        .order_by(Transfer.id.desc())
    ).first()
    found = coming and transfer_row(stage.session, stage.depot.id, coming)
    if not found:
        return
    lines = tuple(
        ReceiveLine(
            line=line.line, quantity=max(line.quantity - (missing if number == 0 else 0), 0)
        )
        for number, line in enumerate(found.lines)
    )
    stage.do(
        receive_transfer,
        ReceiveTransfer,
        transfer_id=coming,
        crate_codes=tuple(crate.code for crate in found.crates),
        lines=lines,
        complete=True,
    )


def _send_crate(first: Stage, second: Stage, row: ItemStock) -> None:
    """Put a crate and some loose goods on the van: the first crate in which all may go out."""
    filled = first.session.scalars(
        select(Crate.code)
        .join(StockBalance, StockBalance.location_id == Crate.location_id)
        .where(Crate.depot_id == first.depot.id, StockBalance.quantity > 0)
        .distinct()
        .order_by(Crate.code)
    ).all()
    for code in filled:
        with suppress(PastUseBy, OnHold):
            first.do(
                send_transfer,
                SendTransfer,
                to_depot=second.depot.slug,
                crate_codes=(code,),
                lines=(SendLine(item=row.item, quantity=6),),
                note="Van, with Grace",
            )
            return
