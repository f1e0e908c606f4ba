"""The ledger's statements, put together once.

Putting a statement together costs several times what it takes to run one, and an entry needs ten.
They name tables, not models, and are run on the session's connection: the ledger writes rows, it
loads no objects (docs/benchmarks.md).
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from sqlalchemy import (
    Insert,
    Table,
    Text,
    and_,
    bindparam,
    cast,
    delete,
    func,
    insert,
    literal_column,
    select,
    update,
)
from sqlalchemy.dialects import sqlite

from depot.db.columns import Flag
from depot.models import (
    Category,
    ChainHead,
    CratePlacement,
    DayTotal,
    Item,
    Location,
    Lot,
    PeopleCount,
    PeriodNet,
    Promise,
    StockBalance,
    StockEntry,
    StockMove,
)


def table_of(model: type[Any]) -> Table:
    """Return the table of a model."""
    table = model.__table__
    if not isinstance(table, Table):
        raise TypeError(f"{model!r} is no table")
    return table


#: How long after best before an item may be given out: its own, else its category's. For
#: statements that join both.
AFTER_BEST_BEFORE: Final = func.coalesce(
    Item.shelf_life_unit.concat(cast(Item.shelf_life_amount, Text)),
    Category.shelf_life_unit.concat(cast(Category.shelf_life_amount, Text)),
).label("after_best_before")

#: Said word for word, not bound, so that the index of places, few beside the crates, will do.
NO_CRATE: Final = Location.kind != literal_column("'crate'")
_head = table_of(ChainHead)
_entry = table_of(StockEntry)
_place = table_of(Location)
_promise = table_of(Promise)
_balance = table_of(StockBalance)

#: :depot
LOCK_HEAD: Final = (
    select(_head.c.seq, _head.c.seal, _head.c.has_promises)
    .where(_head.c.depot_id == bindparam("depot"))
    .with_for_update()
)
#: :depot, :old, and the new :seq and :seal
MOVE_HEAD: Final = (
    update(_head)
    .where(_head.c.depot_id == bindparam("depot"), _head.c.seq == bindparam("old"))
    .values(seq=bindparam("new"), seal=bindparam("sealed"))
)
#: :depot, :has
MARK_PROMISES: Final = (
    update(_head)
    .where(_head.c.depot_id == bindparam("depot"))
    .values(has_promises=bindparam("has", type_=Flag()))
)
#: :depot, :event, :item and how much :more of it went out
USE_UP: Final = (
    update(_promise)
    .where(
        _promise.c.event_id == bindparam("event"),
        _promise.c.item_id == bindparam("item"),
        _promise.c.depot_id == bindparam("depot"),
    )
    .values(handed_out=_promise.c.handed_out + bindparam("more"))
)
#: The columns by name; returns the id.
ADD_ENTRY: Final = insert(_entry).returning(_entry.c.id)
ADD_MOVES: Final = insert(table_of(StockMove))
ADD_PEOPLE: Final = insert(table_of(PeopleCount))
ADD_PLACEMENTS: Final = insert(table_of(CratePlacement))
#: :depot, :crate and the :place it stands at now
STAND: Final = (
    update(_place)
    .where(_place.c.id == bindparam("crate"), _place.c.depot_id == bindparam("depot"))
    .values(parent_id=bindparam("place"))
)
#: What a balance has of its lot, and never changes: :of is the lot.
_lot = table_of(Lot)
_DATED: Final = {
    "date_on": select(_lot.c.date_on).where(_lot.c.id == bindparam("of")).scalar_subquery()
}
_here = and_(_balance.c.location_id == bindparam("place"), _balance.c.lot_id == bindparam("lot"))
#: :place, :lot and the :less that must be there
LOWER_BALANCE: Final = (
    update(_balance)
    .where(_here, _balance.c.quantity >= bindparam("less"))
    .values(quantity=_balance.c.quantity - bindparam("less"))
)
#: :place, :lot
DROP_EMPTY_BALANCE: Final = delete(_balance).where(_here, _balance.c.quantity == 0)


@cache
def add_up(model: type[StockBalance] | type[DayTotal] | type[PeriodNet], dialect: str) -> Insert:
    """Return what inserts rows, or adds their quantity where the row is already there.

    A balance also takes :of, its lot.
    """
    table = table_of(model)
    adding = _add_up_on_server(table) if dialect == "postgresql" else _add_up_in_file(table)
    return adding.values(_DATED) if model is StockBalance else adding


def _add_up_in_file(table: Table) -> Insert:
    new = sqlite.insert(table)
    return new.on_conflict_do_update(
        index_elements=list(table.primary_key.columns),
        set_={"quantity": table.c.quantity + new.excluded.quantity},
    )


def _add_up_on_server(table: Table) -> Insert:
    # loaded where it is used: most depots stand on SQLite
    from sqlalchemy.dialects import postgresql

    new = postgresql.insert(table)
    # by its name: there the key has the depot in it (depot.migrations.depot_keys)
    return new.on_conflict_do_update(
        constraint=f"pk_{table.name}",
        set_={"quantity": table.c.quantity + new.excluded.quantity},
    )
