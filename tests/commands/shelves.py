"""Crates, places and lots for tests of what goes out and what is made."""

from __future__ import annotations

import random
from uuid import uuid4

from sqlalchemy import insert, select, update

from depot.base.actors import Actor
from depot.base.clock import Clock
from depot.base.names import name_key
from depot.crates.commands.blank_crates import CreateCrates, create_crates
from depot.crates.commands.crates import RetireCrate, retire_crate
from depot.db.transaction import transaction
from depot.models import Crate, Discrepancy, Location, Lot, StockEntry, StockMove
from depot.stock.commands.transfers import MoveCrate, move_crate
from labels.symbols import codes
from tests.builders import clock
from tests.current import db


class Drawn(random.Random):
    """Chance that draws these codes, so that a test can name its crates."""

    def __init__(self, *drawn: str) -> None:
        super().__init__(0)
        self._codes = iter([code.replace("-", "") for code in drawn])

    def getrandbits(self, k: int) -> int:
        letters = next(self._codes)[: codes.RANDOM_LETTERS]
        return sum(codes.ALPHABET.index(letter) << 5 * at for at, letter in enumerate(letters))


def put_crate(
    actor: Actor,
    code: str,
    *,
    at: str | None = None,
    state: str = "blank",
    box_number: str = "",
    now: Clock = clock,
) -> None:
    """Make a crate with that code and put it at the location of that name, both by command."""
    create_crates(CreateCrates(command_id=uuid4(), count=1), actor, now, Drawn(code))
    if at is not None:
        put = MoveCrate(command_id=uuid4(), crate_code=code, to=at, knows_empty=True)
        move_crate(put, actor, now)
    if state == "retired":
        retire_crate(RetireCrate(command_id=uuid4(), crate_code=code), actor, now)
    elif state != "blank" or box_number:
        _describe(actor, code, state, box_number)


def _describe(actor: Actor, code: str, state: str, box_number: str) -> None:
    """Say of a crate what no entry says: that it was used before, and its number before Depot."""
    with transaction() as session:
        session.execute(
            update(Crate)
            .where(Crate.depot_id == actor.depot_id, Crate.code == code)
            .values(state=state, box_number=box_number, box_number_key=name_key(box_number))
        )


def put_place(actor: Actor, name: str, kind: str = "storage") -> None:
    """Make a place of that name."""
    with transaction() as session:
        session.execute(
            insert(Location).values(
                depot_id=actor.depot_id, kind=kind, name=name, name_key=name_key(name)
            )
        )


def location_id_of(actor: Actor, name: str) -> int:
    """Return the id of the location of that name."""
    return db.session.scalars(
        select(Location.id).where(Location.depot_id == actor.depot_id, Location.name == name)
    ).one()


def moves_of(entry_id: int | None) -> list[tuple[str, str, int]]:
    """Return an entry's moves as (kind or name of the source, of the target, quantity)."""
    source, target = Location.__table__.alias(), Location.__table__.alias()
    rows = db.session.execute(
        select(source.c.kind, source.c.name, target.c.kind, target.c.name, StockMove.quantity)
        .join(source, source.c.id == StockMove.source_id)
        .join(target, target.c.id == StockMove.target_id)
        .where(StockMove.entry_id == entry_id)
        .order_by(StockMove.line)
    )
    return [
        (_shown(one, its_name), _shown(other, other_name), quantity)
        for one, its_name, other, other_name, quantity in rows
    ]


def _shown(kind: str, name: str) -> str:
    return name if kind in ("storage", "crate", "quarantine") else kind


def dates_of(entry_id: int | None) -> list[tuple[str, int]]:
    """Return an entry's moves as (date on the lot, quantity)."""
    rows = db.session.execute(
        select(Lot.date_text, StockMove.quantity)
        .join(Lot, Lot.id == StockMove.lot_id)
        .where(StockMove.entry_id == entry_id)
        .order_by(StockMove.line)
    )
    return [(text, quantity) for text, quantity in rows]


def kinds_of_discrepancies(actor: Actor) -> list[str]:
    """Return what waits for the depot's coordinator, in order."""
    return list(
        db.session.scalars(
            select(Discrepancy.kind)
            .where(Discrepancy.depot_id == actor.depot_id)
            .order_by(Discrepancy.id)
        )
    )


def entry_count(actor: Actor) -> int:
    """Return how many entries the depot's book has."""
    return len(
        db.session.scalars(select(StockEntry.id).where(StockEntry.depot_id == actor.depot_id)).all()
    )
