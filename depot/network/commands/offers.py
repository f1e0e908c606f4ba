"""Surplus is offered to all depots of the network, by which hour it must go, and taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select, update

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid, NotFound
from depot.base.kinds import TransferState
from depot.base.text import N_
from depot.base.units import Measure
from depot.kernel.answers import Answer, SavedId
from depot.kernel.lookups import ItemRef, need_items
from depot.kernel.once import Outcome, Work, run_once
from depot.models import DepotLink, Item, Offer, Transfer
from depot.network.envelopes import Packed, write_asked
from depot.network.errors import OfferGone
from depot.network.links import need_linked


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferGoods:
    """So much of an item may be had by the others, until then."""

    command_id: UUID
    item: ItemRef
    quantity: int
    ends_at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndOffer:
    """An offer of this depot counts no more; what was taken of it is still asked for."""

    command_id: UUID
    offer_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOffer:
    """This depot takes so much of what another offers: it is asked for as a transfer."""

    command_id: UUID
    offer_id: int = 0
    #: None: all that is left.
    quantity: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TookOffer(Answer):
    """The transfer that was made of it, and how much it asks for."""

    id: int
    state: TransferState
    item: str
    unit: str
    quantity: int


def offer_goods(command: OfferGoods, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedId]:
    """Offer goods to every depot that this one works with. Raises UnknownItem, Invalid."""
    return run_once(command, actor, clock, _offer, SavedId)


def _offer(command: OfferGoods, work: Work) -> SavedId:
    item = need_items(work, [command.item])[command.item]
    if command.ends_at <= work.recorded_at:
        raise Invalid(field="ends_at", problem=N_("That hour is over already."))
    made: int = work.session.execute(
        insert(Offer)
        .values(
            depot_id=work.depot_id,
            item_id=item.id,
            quantity=command.quantity,
            note=command.note,
            made_at=work.recorded_at,
            ends_at=command.ends_at,
            person_id=work.actor.person_id,
        )
        .returning(Offer.id)
    ).scalar_one()
    return SavedId(id=made)


def end_offer(command: EndOffer, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedId]:
    """End an offer before its hour. Raises NotFound; one that has ended stays so."""
    return run_once(command, actor, clock, _end, SavedId)


def _end(command: EndOffer, work: Work) -> SavedId:
    own = (Offer.depot_id == work.depot_id) & (Offer.id == command.offer_id)
    ends_at = work.session.scalar(select(Offer.ends_at).where(own))
    if ends_at is None:
        raise NotFound(what=N_("offer"), name=str(command.offer_id))
    if ends_at > work.recorded_at:
        work.session.execute(update(Offer).where(own).values(ends_at=work.recorded_at))
    return SavedId(id=command.offer_id)


def take_offer(command: TakeOffer, actor: Actor, clock: Clock = utc_now) -> Outcome[TookOffer]:
    """Take goods that another depot offers: it sees on its list that they are to be sent.

    Of two who take the last of it at once one gets it. Raises NotFound for an offer of a depot that
    this one does not work with, OfferGone.
    """
    return run_once(command, actor, clock, _take, TookOffer)


def _take(command: TakeOffer, work: Work) -> TookOffer:
    row = work.session.execute(
        select(Offer, Item.name, Item.base_unit)
        .join(Item, Item.id == Offer.item_id)
        .join(DepotLink, DepotLink.other_id == Offer.depot_id)
        .where(
            Offer.id == command.offer_id,
            DepotLink.depot_id == work.depot_id,
            DepotLink.ended_at.is_(None),
        )
        .with_for_update(of=Offer)
    ).one_or_none()
    if row is None:
        own = select(Offer.id).where(Offer.id == command.offer_id, Offer.depot_id == work.depot_id)
        if work.session.scalar(own) is not None:
            raise Invalid(field="quantity", problem=N_("This depot offers that itself."))
        raise NotFound(what=N_("offer"), name=str(command.offer_id))
    owner = need_linked(work.session, work.depot_id, row.Offer.depot_id, "offer_id")
    left = row.Offer.quantity - row.Offer.taken
    wanted = left if command.quantity is None else command.quantity
    if row.Offer.ends_at <= work.recorded_at or not 0 < wanted <= left:
        raise OfferGone(
            field="quantity",
            item=row.name,
            left=Measure(left if row.Offer.ends_at > work.recorded_at else 0, row.base_unit),
        )
    work.session.execute(
        update(Offer)
        .where(Offer.id == row.Offer.id, Offer.depot_id == owner.id)
        .values(taken=Offer.taken + wanted)
    )
    line = Packed(line=1, item_name=row.name, base_unit=row.base_unit, quantity=wanted)
    transfer_id = write_asked(work, owner, [line], command.note)
    work.session.execute(
        update(Transfer)
        .where(Transfer.depot_id == owner.id, Transfer.code == work.command_id)
        .values(offer_id=row.Offer.id)
    )
    return TookOffer(
        id=transfer_id, state="asked", item=row.name, unit=row.base_unit, quantity=wanted
    )
