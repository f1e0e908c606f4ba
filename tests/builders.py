"""Plain functions that make a world: depots, people, goods. State every value a test is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.base.actors import Actor, DepotView
from depot.base.clock import Clock, utc_now
from depot.base.kinds import SourceKind
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from depot.kernel.once import AnyOutcome
from depot.models import Depot, Item, Location, Membership, Person, StockBalance
from depot.people.commands import access, accounts
from depot.people.commands.depots import FoundDepot, found_depot
from depot.people.queries import console_actor
from tests.current import db

PASSWORD = "warm soup at noon"
#: What links and tokens of the test world are made with.
SECRET_KEY = "not-a-secret-in-a-test"
#: A Saturday, at 10:00 in Berlin.
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def clock() -> datetime:
    """Return the test world's present instant."""
    return NOW


@dataclass(frozen=True)
class World:
    """Two depots. Ada coordinates the north, Ben helps there; Cleo coordinates the south."""

    ada: Actor
    ben: Actor
    cleo: Actor

    @property
    def north(self) -> DepotView:
        return self.ada.depot

    @property
    def south(self) -> DepotView:
        return self.cleo.depot

    @property
    def session(self) -> Session:
        return db.session()


def make_world() -> World:
    """Found both depots and their people (in an app context, on a migrated empty database)."""
    north = found_depot(FoundDepot(name="North", time_zone="Europe/Berlin"), lambda: NOW)
    south = found_depot(FoundDepot(name="South", time_zone="America/New_York"), lambda: NOW)
    return World(
        make_person("Ada", "coordinator", north),
        make_person("Ben", "volunteer", north),
        make_person("Cleo", "coordinator", south),
    )


def make_person(name: str, role: str, depot: DepotView) -> Actor:
    """Invite somebody and accept the invitation; the sign-in name is the name in lower case."""
    console = console_actor(db.session(), depot.slug)
    secret = make_invitation(name, role, console, clock)
    command = accounts.AcceptInvitation(secret, name, name.lower(), PASSWORD)
    start = accounts.accept_invitation(command, clock=clock)
    return Actor(depot, role, name, person_id=start.person_id)


def make_invitation(name: str, role: str, by: Actor, clock: Clock = utc_now) -> str:
    """Invite somebody and return the secret of the link."""
    command = access.Invite(command_id=uuid4(), name=name, role=role)
    access.invite(command, by, SECRET_KEY, clock)
    return access.invitation_secret(SECRET_KEY, by.depot_id, command.command_id)


def make_token(name: str, role: str, by: Actor, clock: Clock = utc_now) -> str:
    """Make an API token and return it."""
    command = access.CreateToken(command_id=uuid4(), name=name, role=role)
    access.create_token(command, by, SECRET_KEY, clock)
    return access.token_secret(SECRET_KEY, by.depot_id, command.command_id)


def receive(
    actor: Actor,
    quantity: int,
    item: str,
    *,
    kind: SourceKind = "donation",
    at: datetime | None = None,
    **line: Any,
) -> AnyOutcome:
    """Receive one line of an item (made in place, in pieces, unless it is known)."""
    command = ReceiveGoods(
        command_id=uuid4(),
        source_kind=kind,
        lines=(ReceiptLine(item=item, quantity=quantity, **line),),
        occurred_at=at,
    )
    return receive_goods(command, actor, clock)


def on_hand(actor: Actor, item: str) -> int:
    """Return how many base units of the item the actor's depot holds, by its balances."""
    rows = db.session.scalars(
        select(StockBalance.quantity)
        .join(Item, Item.id == StockBalance.item_id)
        .where(StockBalance.depot_id == actor.depot_id, Item.name == item)
    )
    return sum(rows)


def stock_at(actor: Actor, place: str) -> dict[str, int]:
    """Return what lies at the location of that name, by item."""
    rows = db.session.execute(
        select(Item.name, StockBalance.quantity)
        .join(Item, Item.id == StockBalance.item_id)
        .join(Location, Location.id == StockBalance.location_id)
        .where(StockBalance.depot_id == actor.depot_id, Location.name == place)
    )
    held: dict[str, int] = {}
    for name, quantity in rows:
        held[name] = held.get(name, 0) + quantity
    return held


def find_actor(login: str) -> Actor:
    """Return the actor with that sign-in name, in the one depot they belong to."""
    row = db.session.execute(
        select(Person, Membership.role, Depot)
        .join(Membership, Membership.person_id == Person.id)
        .join(Depot, Depot.id == Membership.depot_id)
        .where(Person.login == login)
    ).one()
    person, role, depot = row
    return Actor(depot.view(), role, person.name, person_id=person.id)
