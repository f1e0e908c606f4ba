"""What is sent to the addresses of goods between depots, and what the north has of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import select

from depot.base.actors import Actor
from depot.base.clock import utc_now
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from depot.models import Transfer
from depot.network.commands.files import AcceptPeer, accept_peer
from depot.network.commands.links import (
    InviteDepot,
    JoinDepot,
    invitation_code,
    invite_depot,
    join_depot,
)
from depot.network.commands.offers import OfferGoods, offer_goods
from depot.network.commands.sending import (
    AskLine,
    AskTransfer,
    SendLine,
    SendTransfer,
    ask_transfer,
    send_transfer,
)
from depot.network.signing import public_key
from depot.people.commands.depots import FoundDepot, found_depot
from depot.people.queries import console_actor
from tests.current import db

#: What is sent to each address that names a thing between depots.
BETWEEN: Final[dict[str, dict[str, Any]]] = {
    "transfers.receive": {"everything": "yes"},
    "transfers.decline": {},
    "network.save_agreement": {"shares": "all"},
    "network.forget_peer": {},
    "network.leave": {},
    "transfers.confirm": {},
    "offers.end": {},
    "offers.take": {},
    "transfers_api.receive": {"complete": True},
    "transfers_api.decline": {},
    "transfers_api.take": {},
}


def linked_depot(who: Actor, name: str, slug: str) -> Actor:
    """Found one more depot that works with this one; return who acts there."""
    other = console_actor(db.session(), found_depot(FoundDepot(name=name, slug=slug)).slug)
    key, invited = "a key of sixteen letters", InviteDepot(command_id=uuid4())
    invite_depot(invited, who, key)
    code = invitation_code(key, who.depot_id, invited.command_id)
    join_depot(JoinDepot(command_id=uuid4(), code=code), other)
    return other


def furnish_network(who: Actor, mark: str, item: str) -> dict[str, Any]:
    """Let the depot work with one more: something is on the way from there, and is offered."""
    east, west = (
        linked_depot(who, f"{mark} {side} {who.depot_id}", f"{side}-{who.depot_id}")
        for side in ("east", "west")
    )
    pears = ReceiptLine(item=f"{mark} pears", quantity=40)
    receive_goods(ReceiveGoods(command_id=uuid4(), lines=(pears,)), east)
    sent = (SendLine(item=f"{mark} pears", quantity=5),)
    van = SendTransfer(command_id=uuid4(), to_depot=who.depot.slug, lines=sent, note=f"{mark} van")
    send_transfer(van, east)
    peer = AcceptPeer(command_id=uuid4(), name=f"{mark} far", key=public_key("far", who.depot_id))
    peer_id = accept_peer(peer, who).answer.id
    by_file = SendTransfer(
        command_id=uuid4(), to_depot=f"peer:{peer_id}", lines=(SendLine(item=item, quantity=1),)
    )
    until = utc_now() + timedelta(days=1)
    offers = [
        offer_goods(
            OfferGoods(command_id=uuid4(), item=what, quantity=8, ends_at=until, note=f"{mark} so"),
            by,
        ).answer.id
        for what, by in ((item, who), (f"{mark} pears", east))
    ]
    asked = AskTransfer(
        command_id=uuid4(),
        from_depot=east.depot.slug,
        lines=(AskLine(item=f"{mark} plums", quantity=2),),
    )
    asked_id = ask_transfer(asked, who).answer.id
    coming = select(Transfer.id).where(
        Transfer.depot_id == who.depot_id,
        Transfer.direction == "in",
        Transfer.state == "sent",
    )
    transfer_id = db.session.scalars(coming).one()
    return {
        "transfer_id": transfer_id,
        "addresses.code": db.session.get_one(Transfer, transfer_id).code,
        "asked_id": asked_id,
        "other_id": east.depot_id,
        # what is left there is another one, so that the rest goes on
        "network.other_id": west.depot_id,
        "peer_id": peer_id,
        "filed_id": send_transfer(by_file, who).answer.id,
        "east": east.depot.slug,
        "offer_id": offers[0],
        "offered_id": offers[1],
    }


def network_bodies(ids: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """Return a body for each write of the API about goods between depots."""
    kale = {"item": ids["kale"], "quantity": 1}
    return [
        ("POST", "/transfers", {"to_depot": ids["east"], "lines": [kale]}),
        ("POST", "/transfers/ask", {"from_depot": ids["east"], "lines": [kale]}),
        ("POST", "/transfers/{transfer_id}/receive", {"complete": True}),
        ("POST", "/transfers/{asked_id}/decline", {}),
        ("POST", "/offers", kale | {"ends_at": "2099-01-01T10:00:00+00:00"}),
        ("POST", "/offers/{offered_id}/take", {"quantity": 2}),
    ]
