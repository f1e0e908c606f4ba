"""The lots of imported goods: one for each item, date and lot code, brought as what was here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import bindparam, update

from depot.base.dates import LotDate, parse_lot_date
from depot.base.names import name_key
from depot.imports.plan import CHUNK
from depot.imports.rows.barcodes import read_bare_code
from depot.imports.rows.rows import CrateRow, StockRow
from depot.kernel.lookups import LotKey, find_or_make_lots
from depot.kernel.once import Work
from depot.ledger.sql import table_of
from depot.models import Lot


def find_lots(
    work: Work, rows: Sequence[CrateRow | StockRow], items: Mapping[str, int]
) -> dict[LotKey, int]:
    """Find or make the lots of these goods; a lot is as old as the first box filled with it.

    They are asked for by date: with some items and some dates, all lots of the ones and the
    others are found.
    """
    wanted: dict[LotKey, LotDate] = {}
    filled: dict[LotKey, date] = {}
    for row in rows:
        if not (row.item and row.quantity and row.quantity.amount):
            continue
        key = lot_key(row, items[name_key(row.item)])
        wanted[key] = _dated(row)
        filled_on = row.filled_on if isinstance(row, CrateRow) else None
        if filled_on:
            filled[key] = min(filled_on, filled.get(key, filled_on))
    lots: dict[LotKey, int] = {}
    by_date = sorted(wanted.items(), key=lambda one: one[0].date_text)
    for at in range(0, len(by_date), CHUNK):
        lots |= find_or_make_lots(work, by_date[at : at + CHUNK])
    if filled:
        # a table, not a model: one statement for all of them
        table = table_of(Lot)
        work.session.execute(
            update(table)
            .where(
                table.c.depot_id == work.depot_id,
                table.c.id == bindparam("lot"),
                table.c.first_received_on > bindparam("day"),
            )
            .values(first_received_on=bindparam("day")),
            [{"lot": lots[key], "day": day} for key, day in filled.items()],
        )
    return lots


def lot_key(row: CrateRow | StockRow, item_id: int) -> LotKey:
    """Return what makes the row's goods one lot with others."""
    dated = _dated(row)
    return LotKey(
        item_id,
        "opening",
        lot_code=row.lot_code,
        date_kind=dated.kind,
        date_text=dated.text,
        gtin=_gtin(row),
    )


def _gtin(row: CrateRow | StockRow) -> str:
    """Return the product's code of the goods, if the row has one and no other."""
    codes = row.barcodes
    return read_bare_code(codes[0]).gtin14 if len(codes) == 1 else ""


def _dated(row: CrateRow | StockRow) -> LotDate:
    """Return the date as best before: one long past is a fact to import, not to refuse."""
    return parse_lot_date(row.dated.text if row.dated else None)
