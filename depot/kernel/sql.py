"""The statements that most commands ask, put together once and run on the session's connection.

Putting one together costs several times what it takes to run it (docs/benchmarks.md). They name
columns, so that no object is loaded.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Select,
    bindparam,
    exists,
    insert,
    literal_column,
    select,
    union_all,
)

from depot.db.columns import Flag
from depot.ledger.sql import AFTER_BEST_BEFORE, table_of
from depot.models import (
    Category,
    CommandLog,
    Crate,
    CrateLabel,
    CratePlacement,
    Depot,
    DeviceCommand,
    FiledReport,
    Item,
    ItemName,
    Location,
    Lot,
    StockEntry,
)

ReadStatement = Select[*tuple[Any, ...]]
ReadStatements = ReadStatement | CompoundSelect[*tuple[Any, ...]]


def _among(name: str) -> BindParameter[Any]:
    return bindparam(name, expanding=True)


#: :depot, :command
KNOWN_COMMAND: Final[ReadStatement] = select(CommandLog.body_hash, CommandLog.answer).where(
    CommandLog.depot_id == bindparam("depot"), CommandLog.command_id == bindparam("command")
)
#: :depot, and among :commands
KNOWN_COMMANDS: Final[ReadStatement] = select(
    CommandLog.command_id, CommandLog.body_hash, CommandLog.answer
).where(CommandLog.command_id.in_(_among("commands")), CommandLog.depot_id == bindparam("depot"))
#: :depot, :day; the shortest of the filed periods that the day is in
FILED_DAYS: Final[ReadStatement] = (
    select(FiledReport.first_on, FiledReport.last_on)
    .where(
        FiledReport.depot_id == bindparam("depot"),
        FiledReport.first_on <= bindparam("day"),
        FiledReport.last_on >= bindparam("day"),
    )
    .order_by(FiledReport.first_on.desc(), FiledReport.last_on)
    .limit(1)
)
#: :depot, :seq; since when it is here, and the first day of which something was booked by then
FIRST_DAYS: Final[ReadStatement] = select(
    Depot.created_at,
    select(StockEntry.occurred_on)
    .where(StockEntry.depot_id == Depot.id, StockEntry.seq <= bindparam("seq"))
    .order_by(StockEntry.occurred_at)
    .limit(1)
    .scalar_subquery()
    .label("booked_on"),
).where(Depot.id == bindparam("depot"))
#: The columns by name.
REMEMBER: Final = insert(table_of(CommandLog))
#: The columns by name.
REMEMBER_DEVICE: Final = insert(table_of(DeviceCommand))
#: What an index holds that leaves the crates out says so word for word: nothing of it is bound.
_OUTSIDE: Final[ColumnElement[bool]] = literal_column(
    "kind NOT IN ('storage', 'crate', 'quarantine', 'transit')"
)
_PLACE: Final = select(Location.id, Location.kind, Location.is_default).where(
    Location.depot_id == bindparam("depot")
)
#: :depot
FIXED_PLACES: Final = union_all(_PLACE.where(_OUTSIDE), _PLACE.where(Location.is_default))
#: What an ItemRow is made of, in its order.
ITEM_COLUMNS: Final = (
    Item.id,
    Item.name,
    Item.name_key,
    Item.base_unit,
    Item.unit_weight_milligrams,
    Item.category_id,
    AFTER_BEST_BEFORE,
    Item.is_loose,
)
# What is named by either of two things is two statements in one: of an OR with several values, or
# with none, on a side SQLite looks up neither, and reads the whole table.
_ITEMS: Final = (
    select(*ITEM_COLUMNS)
    .join(Category, Category.id == Item.category_id)
    .where(Item.depot_id == bindparam("depot"))
)
#: :depot, and among :ids or :keys; behind each the name that it was found by, in any language. An
#: item that several name comes several times.
ITEM_STATEMENT: Final = union_all(
    _ITEMS.add_columns(Item.name_key.label("said")).where(Item.id.in_(_among("ids"))),
    _ITEMS.add_columns(Item.name_key.label("said")).where(Item.name_key.in_(_among("keys"))),
    _ITEMS.add_columns(ItemName.name_key.label("said"))
    .join(ItemName, (ItemName.depot_id == Item.depot_id) & (ItemName.item_id == Item.id))
    .where(ItemName.depot_id == bindparam("depot"), ItemName.name_key.in_(_among("keys"))),
)
_LOOSE: Final = (
    select(*ITEM_COLUMNS, Category.name_key.label("category_key"))
    .join(Category, Category.id == Item.category_id)
    .where(Item.depot_id == bindparam("depot"), Item.is_loose)
)
#: :depot, and categories among :ids or :keys; one that both name comes twice
LOOSE_ITEMS: Final = union_all(
    _LOOSE.where(Category.id.in_(_among("ids"))),
    _LOOSE.where(Category.name_key.in_(_among("keys"))),
)
_CRATES: Final = (
    select(
        Crate.location_id,
        Crate.code,
        Crate.box_number,
        Crate.box_number_key,
        Crate.state,
        Location.parent_id,
    )
    .join(Location, Location.id == Crate.location_id)
    .where(Crate.depot_id == bindparam("depot"))
)
#: :depot, and among :codes or :boxes; a crate that both name comes twice
CRATE_STATEMENT: Final = union_all(
    _CRATES.where(Crate.code.in_(_among("codes"))),
    _CRATES.where(
        Crate.box_number_key.in_(_among("boxes")),
        # not bound: it tells SQLite that the index, which leaves out the blank ones, will do
        Crate.box_number_key != literal_column("''"),
    ),
)
#: :depot, and among :codes: crates by a label they had before, `asked` being its code
REPLACED: Final[ReadStatement] = (
    select(
        CrateLabel.code.label("asked"),
        Crate.location_id,
        Crate.code,
        Crate.box_number,
        Crate.state,
        Location.parent_id,
    )
    .join(Crate, Crate.location_id == CrateLabel.crate_id)
    .join(Location, Location.id == Crate.location_id)
    .where(CrateLabel.depot_id == bindparam("depot"), CrateLabel.code.in_(_among("codes")))
)
#: :depot, among :keys; places in the depot that are no crates
PLACE_STATEMENT: Final[ReadStatement] = select(
    Location.id, Location.kind, Location.name_key, Location.name
).where(
    Location.depot_id == bindparam("depot"),
    Location.name_key.in_(_among("keys")),
    # word for word: an IN that is bound is put together anew each time
    literal_column("kind IN ('storage', 'quarantine', 'transit')"),
)
_undo = table_of(StockEntry).alias("undo")
#: :depot, :crate, :since; whether it was put somewhere after, and that was not undone
PUT_LATER: Final[ReadStatement] = select(
    exists(
        select(CratePlacement.id)
        .join(StockEntry, StockEntry.id == CratePlacement.entry_id)
        .outerjoin(_undo, _undo.c.reverses_id == StockEntry.id)
        .where(
            CratePlacement.crate_id == bindparam("crate"),
            StockEntry.depot_id == bindparam("depot"),
            StockEntry.occurred_at > bindparam("since"),
            StockEntry.kind != literal_column("'reversal'"),
            _undo.c.id.is_(None),
        )
    )
)
#: A lot's id and what makes it one lot, in the order of LotKey.
_LOT: Final = tuple(
    table_of(Lot).c[name]
    for name in (
        "id",
        "item_id",
        "origin_kind",
        "partner_id",
        "produced_by_seq",
        "lot_code",
        "date_kind",
        "date_text",
        "gtin",
    )
)
#: :depot, of :items, from such :origins, of :partners, with :dates, made by :entries: some more
#: than are asked for, as each is asked about by itself, which every database finds by an index
LOTS: Final[ReadStatement] = select(*_LOT).where(
    Lot.depot_id == bindparam("depot"),
    Lot.item_id.in_(_among("items")),
    Lot.origin_kind.in_(_among("origins")),
    Lot.partner_id.in_(_among("partners")),
    Lot.date_text.in_(_among("dates")),
    Lot.produced_by_seq.in_(_among("entries")),
)
#: Whether the depot of a lot has a hold that is not lifted. Word for word: what an INSERT returns
#: is written without the names of tables, which both have.
_IS_HOLD_OPEN: Final[ColumnElement[bool]] = literal_column(
    "EXISTS (SELECT 1 FROM hold WHERE hold.depot_id = lot.depot_id AND hold.released_at IS NULL)",
    Flag(),
)
#: The columns by name; returns the rows of LOTS in any order, which lets many be one statement,
#: and behind each whether some hold might be about it.
ADD_LOTS: Final = insert(table_of(Lot)).returning(*_LOT, _IS_HOLD_OPEN.label("is_hold_open"))
