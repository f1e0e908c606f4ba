"""The demo's two depots before their first day: people, places, items, partners, labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe
from typing import Final
from uuid import uuid4

from depot.base.actors import Actor, DepotView
from depot.base.units import GRAM, PIECE
from depot.crates.commands.blank_crates import CreateCrates, create_crates
from depot.db.database import current_session
from depot.demo import goods
from depot.demo.stage import Stage
from depot.items.commands.items import SaveItem, save_item
from depot.locations.commands import SavePlace, save_place
from depot.partners.commands.partners import SavePartner, save_partner
from depot.people.commands import access, accounts
from depot.people.commands.depots import FoundDepot, found_depot
from depot.people.queries import console_actor
from depot.stock.commands.transfers import MoveCrate, move_crate

NORWOOD: Final = FoundDepot(name="Norwood depot", time_zone="Europe/London", slug="norwood")
RIVERSIDE: Final = FoundDepot(
    name="Riverside pantry",
    time_zone="America/Chicago",
    slug="riverside",
    week_start=7,
    weight_unit="lb",
)
#: Places of the first depot, and what each is in.
_NORWOOD_PLACES: Final = (
    ("Store room", ""),
    ("Shelf 1", "Store room"),
    ("Shelf 2", "Store room"),
    ("Shelf 3", "Store room"),
    ("Shelf 4", "Store room"),
    ("Pallet bay", "Store room"),
    ("Veg rack", ""),
    ("Cold store", ""),
    ("Kitchen", ""),
)
_RIVERSIDE_PLACES: Final = (("Pantry", ""), ("Walk-in fridge", ""), ("Garage", ""))
PALLETS: Final = 3


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can sign in to the demo; the coordinator of the first depot sees both."""

    name: str
    login: str
    role: str


NORWOOD_PEOPLE: Final = (
    Account("Rosa", "rosa", "coordinator"),
    Account("Ben", "ben", "volunteer"),
    Account("Amina", "amina", "volunteer"),
    Account("Tomasz", "tomasz", "volunteer"),
    Account("Dilys", "dilys", "volunteer"),
)
RIVERSIDE_PEOPLE: Final = (
    Account("Marisol", "marisol", "coordinator"),
    Account("Walt", "walt", "volunteer"),
)


_NOTHING_KNOWN: Final[tuple[tuple[str, ...], tuple[str, ...]]] = ((), ())


def found_norwood(password: str, seed: int, start: datetime, now: datetime) -> Stage:
    """Found the first depot with everything it starts with."""
    depot = found_depot(NORWOOD, lambda: start)
    people = _people(depot, NORWOOD_PEOPLE, password, start)
    stage = Stage(people, seed, start, now)
    _furnish(stage, _NORWOOD_PLACES, goods.ALL, goods.NORWOOD_PARTNERS, crates=60)
    stage.pallets, stage.crates = stage.crates[:PALLETS], stage.crates[PALLETS:]
    for pallet in stage.pallets:
        stage.do(move_crate, MoveCrate, crate_code=pallet, to="Pallet bay")
    return stage


def found_riverside(
    password: str, seed: int, start: datetime, now: datetime, guest: Actor
) -> Stage:
    """Found the second depot; `guest`, who coordinates the first, coordinates this one too."""
    depot = found_depot(RIVERSIDE, lambda: start)
    people = _people(depot, RIVERSIDE_PEOPLE, password, start)
    secret = _invitation(people[0], guest.name, "coordinator", start)
    joining = accounts.AcceptInvitation(secret, guest.name, "", "")
    accounts.accept_invitation(joining, signed_in=guest.person_id, clock=lambda: start)
    stage = Stage(people, seed, start, now)
    kinds = (*goods.HUB, *goods.CHILLER, *goods.FARM, *goods.DRIVE)
    _furnish(stage, _RIVERSIDE_PLACES, kinds, goods.RIVERSIDE_PARTNERS, crates=22)
    return stage


def _people(
    depot: DepotView, accounts_made: Sequence[Account], password: str, start: datetime
) -> list[Actor]:
    console = console_actor(current_session(), depot.slug)
    people = []
    for one in accounts_made:
        secret = _invitation(console, one.name, one.role, start)
        joining = accounts.AcceptInvitation(secret, one.name, one.login, password)
        begun = accounts.accept_invitation(joining, clock=lambda: start)
        people.append(Actor(depot, one.role, one.name, person_id=begun.person_id))
    return people


def _invitation(actor: Actor, name: str, role: str, start: datetime) -> str:
    """Return the secret of a new invitation; it is used up at once, so its key is kept nowhere."""
    command = access.Invite(command_id=uuid4(), name=name, role=role)
    key = token_urlsafe(32)
    access.invite(command, actor, key, lambda: start)
    return access.invitation_secret(key, actor.depot_id, command.command_id)


def _furnish(
    stage: Stage,
    places: Sequence[tuple[str, str]],
    kinds: Sequence[goods.Kind],
    partners: Sequence[tuple[str, str]],
    crates: int,
) -> None:
    boss = stage.coordinator
    ids: dict[str, int] = {}
    for name, inside in places:
        made = stage.do(save_place, SavePlace, boss, name=name, parent_id=ids.get(inside))
        ids[name] = made.answer.id
    for kind in kinds:
        allergens, diets = goods.FOODS.get(kind.name, _NOTHING_KNOWN)
        stage.do(
            save_item,
            SaveItem,
            boss,
            name=kind.name,
            category=kind.category,
            base_unit=PIECE if kind.grams else GRAM,
            unit_weight_milligrams=kind.grams and kind.grams * 1000,
            allergens=allergens,
            allergens_known=kind.name in goods.FOODS,
            diets=diets,
        )
    for name, source_kind in partners:
        stage.do(save_partner, SavePartner, boss, name=name, source_kind=source_kind)
    stage.crates = labels(stage, crates)


def labels(stage: Stage, count: int) -> list[str]:
    """Make blank crates, their codes drawn by the story's own chance; return the codes."""
    asked = CreateCrates(command_id=stage.command_id(), count=count)
    made = create_crates(asked, stage.someone(), stage.clock, stage.chance)
    return list(made.answer.codes)
