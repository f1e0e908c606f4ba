"""The stocked world of these tests, as words and ids.

Ada's depot has, since yesterday noon as these tests see it (`tests.builders.NOW`):

    Arrivals            24 Rice/2027-05
    Shelf A             6 Salt
      4FJH-22M8           (a pallet, in use)
        7K3M-9QX2           9 Rice, 5 Ham/use by 2026-11-30; in use, once number 12
    On hold
      a crate             3 Beans
    nowhere             a blank crate; a retired one

and today, a day later, 4 of the 24 were taken out, and 7K3M-9QX2 was put on hold. Cleo's depot had
7 Rice on a Shelf A, and on hold a crate that was number 12 with 3 Oats; 2 of these and 1 of those
went out today. No crate was moved there since.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import uuid4

from sqlalchemy import select

from depot.base.actors import Actor, Asking
from depot.base.kinds import TakeOutReason
from depot.kernel.goods_lines import GoodsLine
from depot.kernel.once import Work
from depot.models import Crate, CrateLabel, Item, Location, Lot, Partner
from depot.stock.commands.take_out import TakeOut, take_out
from depot.stock.commands.transfers import MoveCrate, move_crate
from labels.symbols import codes
from tests.builders import NOW, World
from tests.commands.shelves import put_crate
from tests.stock_text import set_up

CRATE, PALLET = "7K3M-9QX2", "4FJH-22M8"
TODAY = NOW + timedelta(days=1)
Begin = Callable[..., Work]


def code(letters: str) -> str:
    """Return the code that begins with these seven letters: the eighth is a check letter."""
    return next(
        found
        for last in codes.ALPHABET
        if (found := f"{letters[:4]}-{letters[4:]}{last}") == codes.normalise_code(found)
    )


HELD, BLANK, RETIRED, SOUTHS = (code(f"222222{last}") for last in "3456")


@dataclass(frozen=True)
class House:
    """The ids of what the tests name, by its name or code, in one depot."""

    places: dict[str, int]
    items: dict[str, int]
    #: The one lot of each item; of Rice the undated one.
    lots: dict[str, int]


def stock_house(world: World) -> None:
    """Fill both depots, by command."""
    set_up(world.ada, f"place Shelf A, crate {PALLET} in_use @ Shelf A")
    put_crate(world.ada, CRATE, at=PALLET, state="in_use", box_number="12")
    put_crate(world.ada, HELD, at="On hold", state="in_use")
    put_crate(world.ada, BLANK)
    put_crate(world.ada, RETIRED, state="retired")
    set_up(
        world.ada,
        f"""
        24 Rice/2027-05 @ Arrivals
        6 Salt @ Shelf A
        9 Rice @ {CRATE}
        5 Ham/use by 2026-11-30 @ {CRATE}
        3 Beans @ {HELD}
        """,
    )
    put_crate(world.cleo, SOUTHS, at="On hold", state="in_use", box_number="12")
    set_up(world.cleo, f"place Shelf A, 7 Rice @ Shelf A, 3 Oats @ {SOUTHS}")
    _take(world.ada, "Rice", 4, "Arrivals", "issue")
    _take(world.cleo, "Rice", 2, "Shelf A", "issue")
    _take(world.cleo, "Oats", 1, SOUTHS, "damaged")
    put = MoveCrate(command_id=uuid4(), crate_code=CRATE, to="On hold")
    move_crate(put, world.ada, lambda: TODAY)


def _take(actor: Actor, item: str, quantity: int, place: str, reason: TakeOutReason) -> None:
    lines = (GoodsLine(item=item, quantity=quantity),)
    command = TakeOut(command_id=uuid4(), place=place, reason=reason, lines=lines)
    take_out(command, actor, lambda: TODAY)


def house_of(actor: Actor, world: World) -> House:
    places = select(Location.name, Location.id).where(Location.depot_id == actor.depot_id)
    items = select(Item.name, Item.id).where(Item.depot_id == actor.depot_id)
    lots = (
        select(Item.name, Lot.id)
        .join(Item, Item.id == Lot.item_id)
        .where(Lot.depot_id == actor.depot_id)
        .order_by(Lot.date_text.desc())
    )
    session = world.session
    found = (
        {name: its_id for name, its_id in session.execute(one)} for one in (places, items, lots)
    )
    return House(*found)


def state_of(work: Work, crate_code: str) -> str:
    """Return the state of a crate of the work's depot."""
    named = select(Crate.state).where(Crate.depot_id == work.depot_id, Crate.code == crate_code)
    return work.session.scalars(named).one()


def label_before(work: Work, crate_id: int, crate_code: str) -> None:
    """Say that a crate had that code before its label was replaced."""
    label = CrateLabel(depot_id=work.depot_id, code=crate_code, crate_id=crate_id, replaced_at=NOW)
    work.session.add(label)
    work.session.flush()


def asking(actor: Actor, *confirmed: str) -> Actor:
    """Return the actor as somebody who can be asked, and said yes to these already."""
    return replace(actor, asking=Asking(frozenset(confirmed)))


def add_partners(work: Work) -> None:
    """Add two donors, one of them out of use, and one of the other depot."""
    for depot_id, name, kind, archived in (
        (work.depot_id, "Mill & Sons", "farm", False),
        (work.depot_id, "Old Bakery", "rescue", True),
        (work.depot_id + 1, "Grocers United", "donation", False),
    ):
        key = name.lower()
        partner = Partner(
            depot_id=depot_id, name=name, name_key=key, source_kind=kind, archived=archived
        )
        work.session.add(partner)
    work.session.flush()


def partner_id(work: Work, name: str) -> int:
    """Return the id of a donor, whosever it is."""
    return work.session.scalars(select(Partner.id).where(Partner.name == name)).one()
