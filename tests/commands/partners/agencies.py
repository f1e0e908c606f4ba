"""Agencies of the test world, and what they ask for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import select

from depot.base.actors import Actor
from depot.models import DistributionEvent, Item, Location
from depot.partners.commands.agencies import AGENCY, StateAgency, state_agency
from depot.partners.commands.answers import ApproveRequest, approve_request
from depot.partners.commands.hand_over import HandedOver, HandOverRequest, hand_over_request
from depot.partners.commands.partners import SavePartner, save_partner
from depot.partners.commands.requests import AskForGoods, ask_for_goods
from depot.partners.queries.requests import RequestRow, find_request
from depot.partners.request_state import RequestedGoods
from tests.builders import SECRET_KEY, clock
from tests.current import db
from tests.stock_text import set_up

#: A week after the test world's day.
NEEDED: Final = date(2026, 11, 28)


def agency(actor: Actor, name: str = "Ark", people: int | None = None) -> int:
    """Make a partner that is an agency; return its id."""
    save = SavePartner(command_id=uuid4(), name=name, is_agency=True)
    partner_id = save_partner(save, actor, clock).answer.id
    if people is not None:
        said = StateAgency(command_id=uuid4(), partner_id=partner_id, people=people)
        state_agency(said, actor, clock)
    return partner_id


def by_link(actor: Actor, name: str = "Ark") -> Actor:
    """Return who acts through an agency's link."""
    return replace(actor, role=AGENCY, name=name, person_id=None)


def item_id(actor: Actor, name: str) -> int:
    found = db.session.scalar(
        select(Item.id).where(Item.depot_id == actor.depot_id, Item.name == name)
    )
    assert found is not None
    return found


def goods(**quantities: int) -> tuple[RequestedGoods, ...]:
    return tuple(RequestedGoods(name, quantity) for name, quantity in quantities.items())


def asked(actor: Actor, partner_id: int, needed_on: date = NEEDED, **quantities: int) -> int:
    """Ask for goods by their names; return the request's id."""
    command = AskForGoods(
        command_id=uuid4(), partner_id=partner_id, needed_on=needed_on, lines=goods(**quantities)
    )
    return ask_for_goods(command, actor, clock).answer.id


def approved(actor: Actor, request_id: int, **quantities: int) -> int:
    """Approve a request, in part if it is said how much; return its hand-out's id."""
    lines = goods(**quantities) if quantities else None
    command = ApproveRequest(command_id=uuid4(), request_id=request_id, lines=lines)
    return approve_request(command, actor, clock).answer.event_id or 0


def handed(actor: Actor, request_id: int, **more: Any) -> HandedOver:
    """Hand a request over; return the answer."""
    command = HandOverRequest(command_id=uuid4(), request_id=request_id, **more)
    return hand_over_request(command, actor, SECRET_KEY, clock).answer


def request(actor: Actor, request_id: int) -> RequestRow:
    """Return the request as pages tell of it."""
    found = find_request(db.session(), actor.depot_id, request_id)
    assert found is not None
    return found


def stocked(actor: Actor, goods_there: str) -> None:
    """Put goods on the shelf, which is made if there is none."""
    if "Shelf B2" not in db.session.scalars(select(Location.name)).all():
        set_up(actor, "place Shelf B2")
    set_up(actor, goods_there)


def event(event_id: int) -> DistributionEvent:
    found = db.session.get(DistributionEvent, event_id)
    assert found is not None
    db.session.refresh(found)
    return found
