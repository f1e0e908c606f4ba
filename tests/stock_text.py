"""Stock as text: set up, and read back in the same words.

    set_up(world.ben, '''
        place Shelf B2
        crate 7K3M-9QX2 @ Shelf B2
        24 Rice/2027-05 @ Shelf B2
        5 Ham/use by 2026-11-20 @ 7K3M-9QX2
    ''')
    assert stock(world.ben) == rows("24 Rice/2027-05 @ Shelf B2, 5 Ham/use by 2026-11-20 @ ...")
    assert crates(world.ben) == rows("crate 7K3M-9QX2 in_use @ Shelf B2")
    assert moves(outcome.entry_id) == lines("3 Rice/2027-05: Shelf B2 > recipient")

A row ends with its line, or with a comma and a blank. Goods are a quantity in the item's base unit,
the item, and after a slash the date of the lot, best before unless `use by` stands before it. A
place outside the depot is called by its kind: supplier, recipient, loss, count_variance.

What is read back is everything that the depot has, so a test also says what must not be there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from depot.base.actors import Actor
from depot.base.kinds import PHYSICAL_KINDS
from depot.models import Crate, Item, Location, Lot, StockBalance, StockMove
from labels.symbols import codes
from tests.builders import receive
from tests.commands.shelves import put_crate, put_place
from tests.current import db

STATES = ("blank", "in_use", "retired")
_GOODS = r"(?P<quantity>\d+) (?P<item>[^/@:>]+?)(?:/(?P<use_by>use by )?(?P<date>[\dQ-]+))?"
_PLACE = r"(?: @ (?P<place>[^@]+))"
_STOCK = re.compile(f"{_GOODS}{_PLACE}")
_MOVE = re.compile(f"{_GOODS}: (?P<source>[^>]+) > (?P<target>[^>]+)")
_CRATE = re.compile(rf"crate (?P<code>\S+)(?: (?P<state>{'|'.join(STATES)}))?{_PLACE}?")
_NEW_PLACE = re.compile(r"place (?P<name>.+)")


@dataclass(frozen=True, order=True)
class Goods:
    """So much of one lot of an item; `date` is empty for goods without one."""

    quantity: int
    item: str
    date: str = ""
    is_use_by: bool = False

    def __str__(self) -> str:
        date = f"/{'use by ' if self.is_use_by else ''}{self.date}" if self.date else ""
        return f"{self.quantity} {self.item}{date}"


@dataclass(frozen=True, order=True, repr=False)
class Held:
    """Goods and the place or crate that holds them."""

    place: str
    goods: Goods

    def __repr__(self) -> str:
        return f"{self.goods} @ {self.place}"


@dataclass(frozen=True, order=True, repr=False)
class Moved:
    """Goods that went from one place to another."""

    goods: Goods
    source: str
    target: str

    def __repr__(self) -> str:
        return f"{self.goods}: {self.source} > {self.target}"


@dataclass(frozen=True, order=True, repr=False)
class Standing:
    """A crate, its state, and what it stands at ("": nowhere that is known)."""

    code: str
    state: str
    place: str = ""

    def __repr__(self) -> str:
        return f"crate {self.code} {self.state}" + (f" @ {self.place}" if self.place else "")


@dataclass(frozen=True, order=True)
class NewPlace:
    """A place to be made."""

    name: str


Row = Held | Moved | Standing | NewPlace


def lines(text: str) -> list[Row]:
    """Return the rows of a text in their order, as lines of an entry have one.

    Raises ValueError for a row that is not in the notation.
    """
    return [_row(part.strip()) for part in re.split(r"\n|, ", text) if part.strip()]


def rows(text: str) -> list[Row]:
    """Return the rows of a text, sorted as `stock` and `crates` sort theirs."""
    return _sorted(lines(text))


def _row(text: str) -> Row:
    if found := _CRATE.fullmatch(text):
        return Standing(found["code"], found["state"] or "blank", found["place"] or "")
    if found := _NEW_PLACE.fullmatch(text):
        return NewPlace(found["name"])
    if found := _STOCK.fullmatch(text):
        return Held(found["place"], _goods(found))
    if found := _MOVE.fullmatch(text):
        return Moved(_goods(found), found["source"], found["target"])
    raise ValueError(f"neither goods nor a move, a crate or a place: {text!r}")


def _goods(found: re.Match[str]) -> Goods:
    quantity, item = int(found["quantity"]), found["item"]
    return Goods(quantity, item, found["date"] or "", bool(found["use_by"]))


def _sorted(found: Sequence[Row]) -> list[Row]:
    return sorted(found, key=lambda row: (type(row).__name__, row))


def set_up(actor: Actor, text: str) -> None:
    """Make the places and crates of a text and receive its goods, by command and row by row.

    Raises ValueError for a move: what happens is the test's own business.
    """
    for row in lines(text):
        match row:
            case NewPlace(name):
                put_place(actor, name)
            case Standing(code, state, place):
                put_crate(actor, code, at=place or None, state=state)
            case Held(place, goods):
                _receive(actor, goods, place)
            case _:
                raise ValueError(f"a move is no stock: {row!r}")


def _receive(actor: Actor, goods: Goods, place: str) -> None:
    where = "crate_code" if codes.normalise_code(place) == place else "location"
    line: dict[str, Any] = {where: place}
    if goods.date:
        line["date"] = goods.date
    if goods.is_use_by:
        line["date_kind"] = "use_by"
    receive(actor, goods.quantity, goods.item, **line)


def stock(actor: Actor) -> list[Row]:
    """Return all that the actor's depot holds, a row for each lot at each place, sorted."""
    found = db.session.execute(
        select(StockBalance.quantity, Item.name, Lot.date_text, Lot.date_kind, Location.name)
        .join(Item, Item.id == StockBalance.item_id)
        .join(Lot, Lot.id == StockBalance.lot_id)
        .join(Location, Location.id == StockBalance.location_id)
        .where(StockBalance.depot_id == actor.depot_id, StockBalance.quantity != 0)
    )
    return _sorted(
        [
            Held(place, Goods(quantity, item, date, kind == "use_by"))
            for quantity, item, date, kind, place in found
        ]
    )


def crates(actor: Actor) -> list[Row]:
    """Return every crate of the actor's depot and where it stands, sorted."""
    own, parent = aliased(Location), aliased(Location)
    found = db.session.execute(
        select(Crate.code, Crate.state, parent.name)
        .join(own, own.id == Crate.location_id)
        .outerjoin(parent, parent.id == own.parent_id)
        .where(Crate.depot_id == actor.depot_id)
    )
    return _sorted([Standing(code, state, place or "") for code, state, place in found])


def moves(entry_id: int | None) -> list[Row]:
    """Return what an entry moved, line by line; nothing for no entry."""
    source, target = aliased(Location), aliased(Location)
    found = db.session.execute(
        select(StockMove.quantity, Item.name, Lot.date_text, Lot.date_kind, source, target)
        .join(Item, Item.id == StockMove.item_id)
        .join(Lot, Lot.id == StockMove.lot_id)
        .join(source, source.id == StockMove.source_id)
        .join(target, target.id == StockMove.target_id)
        .where(StockMove.entry_id == entry_id)
        .order_by(StockMove.line)
    )
    return [
        Moved(Goods(quantity, item, date, kind == "use_by"), _called(one), _called(other))
        for quantity, item, date, kind, one, other in found
    ]


def _called(place: Location) -> str:
    return place.name if place.kind in PHYSICAL_KINDS else place.kind
