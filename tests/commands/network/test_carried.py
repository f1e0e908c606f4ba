"""What goes along with goods to another depot: product codes and box numbers; offers come back."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from depot.base.actors import Actor
from depot.base.errors import NotFound
from depot.entries.commands.reversals import ReverseEntry, reverse_entry
from depot.models import Crate, Lot, Offer, Transfer
from depot.network.commands.offers import OfferGoods, TakeOffer, offer_goods, take_offer
from depot.network.commands.sending import DeclineTransfer, decline_transfer
from depot.safety.commands.holds import HeldBy, PlaceHold, place_hold
from tests.builders import NOW, World, clock
from tests.commands.network.linked import link, send, take_in
from tests.current import db
from tests.stock_text import Standing, crates, rows, set_up, stock

CRATE, OTHER, GTIN = "7K3M-9QX2", "GECY-YS9M", "04012345678901"


@pytest.fixture
def depots(world: World) -> World:
    """The north has rice in crate 17, whose product's code is known; both work together."""
    set_up(
        world.ben,
        f"""
        crate {CRATE} in_use @ Arrivals
        24 Rice/2027-05 @ {CRATE}
        """,
    )
    _paint(world.ben, CRATE, "BOX 17")
    db.session.execute(update(Lot).values(gtin=GTIN))
    db.session.commit()
    link(world.ada, world.cleo)
    return world


def _paint(actor: Actor, code: str, box: str) -> None:
    db.session.execute(
        update(Crate)
        .where(Crate.depot_id == actor.depot_id, Crate.code == code)
        .values(box_number=box, box_number_key=box.lower())
    )
    db.session.commit()


def box_of(actor: Actor, code: str) -> str:
    own = (Crate.depot_id == actor.depot_id) & (Crate.code == code)
    return db.session.scalars(select(Crate.box_number).where(own)).one()


def test_the_products_code_goes_along_and_a_hold_by_it_catches_what_arrives(
    depots: World,
) -> None:
    by = HeldBy(gtin=GTIN, lot_code="")
    send(depots.ben, depots.cleo, (12, "Rice"))
    take_in(depots.cleo, ("Rice", 12))
    assert db.session.scalars(
        select(Lot.gtin).where(Lot.depot_id == depots.cleo.depot_id)
    ).all() == [GTIN]
    held = place_hold(PlaceHold(command_id=uuid4(), by=by, reason="glass"), depots.cleo, clock)
    assert held.answer.quantity == 12


def test_a_painted_number_goes_along_with_its_crate(depots: World) -> None:
    send(depots.ben, depots.cleo, crates=[CRATE])
    take_in(depots.cleo, crates=[CRATE])
    assert stock(depots.cleo) == rows(f"24 Rice/2027-05 @ {CRATE}")
    assert box_of(depots.cleo, CRATE) == "BOX 17"


def test_a_number_that_another_crate_has_here_stays_with_that_one(depots: World) -> None:
    set_up(depots.cleo, f"crate {OTHER} in_use @ Arrivals")
    _paint(depots.cleo, OTHER, "Box 17")
    send(depots.ben, depots.cleo, crates=[CRATE])
    take_in(depots.cleo, crates=[CRATE])
    assert (box_of(depots.cleo, CRATE), box_of(depots.cleo, OTHER)) == ("", "Box 17")
    here = {one.code for one in crates(depots.cleo) if isinstance(one, Standing)}
    assert here == {CRATE, OTHER}
    assert [CRATE in f"{crates(depots.cleo)}", OTHER in f"{crates(depots.cleo)}"] == [True, True]


def offered(depots: World, quantity: int = 20) -> int:
    command = OfferGoods(
        command_id=uuid4(), item="Rice", quantity=quantity, ends_at=NOW + timedelta(days=1)
    )
    return offer_goods(command, depots.ben, clock).answer.id


def take(actor: Actor, offer_id: int, quantity: int) -> int:
    command = TakeOffer(command_id=uuid4(), offer_id=offer_id, quantity=quantity)
    return take_offer(command, actor, clock).answer.id


def taken(offer_id: int) -> int:
    return db.session.scalars(select(Offer.taken).where(Offer.id == offer_id)).one()


def asked_of(actor: Actor) -> int:
    own = (Transfer.depot_id == actor.depot_id) & (Transfer.state == "asked")
    return db.session.scalars(select(Transfer.id).where(own)).one()


def decline(actor: Actor, transfer_id: int) -> None:
    decline_transfer(DeclineTransfer(command_id=uuid4(), transfer_id=transfer_id), actor, clock)


def test_what_was_taken_of_an_offer_comes_back_when_it_is_declined(depots: World) -> None:
    offer_id = offered(depots)
    take(depots.cleo, offer_id, 5)
    first = asked_of(depots.ben)
    decline(depots.ben, first)
    assert taken(offer_id) == 0
    called_off = take(depots.cleo, offer_id, 20)
    with pytest.raises(NotFound):
        decline(depots.ben, called_off)  # that is the number of the other depot's end
    decline(depots.cleo, called_off)
    assert taken(offer_id) == 0


def test_it_comes_back_when_what_was_sent_is_undone_and_not_when_it_goes(depots: World) -> None:
    offer_id = offered(depots)
    take(depots.cleo, offer_id, 5)
    take(depots.cleo, offer_id, 7)
    first, second = db.session.scalars(
        select(Transfer.id)
        .where(Transfer.depot_id == depots.ben.depot_id, Transfer.state == "asked")
        .order_by(Transfer.id)
    )
    send(depots.ben, depots.cleo, (5, "Rice"), asked_id=first)
    sent = send(depots.ben, depots.cleo, (7, "Rice"), asked_id=second)
    assert taken(offer_id) == 12
    undo = ReverseEntry(command_id=uuid4(), entry_id=sent.entry_id or 0)
    reverse_entry(undo, depots.ada, clock)
    assert taken(offer_id) == 5
