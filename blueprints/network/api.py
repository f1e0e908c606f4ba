"""Transfers, offers and the depots that this one works with, for programs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from blueprints.frame.answers import PageQuery, page_of
from blueprints.frame.api import ApiBlueprint
from blueprints.frame.guards import actor
from blueprints.frame.web import found_or_404, reader, write_answer
from blueprints.network.schemas import (
    AskTransferSchema,
    DeclineTransferSchema,
    DepotsAnswer,
    OfferMade,
    OffersAnswer,
    OfferSchema,
    ReceiveAnswer,
    ReceiveSchema,
    SendAnswer,
    SendSchema,
    SharedStockAnswer,
    TakeOfferSchema,
    TookAnswer,
    TransferAnswer,
    TransferSaidAnswer,
    TransfersAnswer,
)
from depot.base.clock import local_day, utc_now
from depot.base.text import N_
from depot.network.commands.offers import OfferGoods, TakeOffer, offer_goods, take_offer
from depot.network.commands.receiving import ReceiveTransfer, receive_transfer
from depot.network.commands.sending import (
    AskTransfer,
    DeclineTransfer,
    SendTransfer,
    ask_transfer,
    decline_transfer,
    send_transfer,
)
from depot.network.queries import links as link_query
from depot.network.queries.transfers import transfer_row, transfers_after

blp = ApiBlueprint("transfers_api", __name__, description="Goods between depots.")


@blp.arguments(PageQuery(), location="query")
@blp.response(200, TransfersAnswer)
def list_transfers(query: dict[str, Any]) -> object:
    """List what went to other depots and what comes from them."""
    session, who = reader()
    limit: int = query["limit"]
    rows = transfers_after(session, who.depot_id, query["after"], limit + 1)
    return page_of("transfers", rows, limit)


@blp.response(200, TransferAnswer)
def show(transfer_id: int) -> object:
    """Show one transfer, line by line."""
    session, who = reader()
    found = transfer_row(session, who.depot_id, transfer_id)
    return found_or_404(N_("transfer"), transfer_id, found)


@blp.arguments(SendSchema())
@blp.response(201, SendAnswer)
def send(command: SendTransfer) -> object:
    """Send crates and goods to a depot of the network."""
    return write_answer(send_transfer(command, actor()))


@blp.arguments(ReceiveSchema())
@blp.response(201, ReceiveAnswer)
def receive(command: ReceiveTransfer, transfer_id: int) -> object:
    """Receive what came of a transfer; with `complete`, what did not is named."""
    return write_answer(receive_transfer(replace(command, transfer_id=transfer_id), actor()))


@blp.arguments(AskTransferSchema())
@blp.response(201, TransferSaidAnswer)
def ask(command: AskTransfer) -> object:
    """Ask another depot for goods."""
    return write_answer(ask_transfer(command, actor()))


@blp.arguments(DeclineTransferSchema())
@blp.response(201, TransferSaidAnswer)
def decline(command: DeclineTransfer, asked_id: int) -> object:
    """Say that what was asked for is not sent, or not wanted any more."""
    return write_answer(decline_transfer(replace(command, transfer_id=asked_id), actor()))


@blp.response(200, DepotsAnswer)
def list_depots() -> object:
    """List the depots that this one works with."""
    session, who = reader()
    return {"depots": link_query.listed_links(session, who.depot_id), "next": None}


@blp.response(200, SharedStockAnswer)
def shared_stock(other_id: int) -> object:
    """List what another depot shows of its free stock."""
    session, who = reader()
    link = link_query.link_row(session, who.depot_id, other_id)
    found_or_404(N_("depot"), other_id, link)
    day = local_day(utc_now(), who.depot.time_zone)
    rows = link_query.shared_stock(session, who.depot_id, other_id, day)
    return {"stock": rows, "next": None}


@blp.response(200, OffersAnswer)
def list_offers() -> object:
    """List what the other depots offer now."""
    session, who = reader()
    return {"offers": link_query.offers_to(session, who.depot_id, utc_now()), "next": None}


@blp.arguments(OfferSchema())
@blp.response(201, OfferMade)
def offer(command: OfferGoods) -> object:
    """Offer goods to the other depots, until an hour."""
    return write_answer(offer_goods(command, actor()))


@blp.arguments(TakeOfferSchema())
@blp.response(201, TookAnswer)
def take(command: TakeOffer, offered_id: int) -> object:
    """Take goods that another depot offers: they are asked for as a transfer."""
    return write_answer(take_offer(replace(command, offer_id=offered_id), actor()))
