"""What a product's code stands for, as commands of several wings learn it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import insert, select, update

from depot.base.errors import CodeTaken, Invalid
from depot.base.text import N_
from depot.items.gs1 import Scan, read_code
from depot.kernel.draft import settle_discrepancies
from depot.kernel.lookups import ItemRow, find_crates
from depot.kernel.once import Work
from depot.models import Discrepancy, Item, ItemCode
from labels.symbols.addresses import read_address

LEARNED: Final = "learned"


MAX_CODE_LENGTH: Final = 200


@dataclass(frozen=True, slots=True)
class KnownCode:
    """What a product's code stands for, as lines of goods need it."""

    item_id: int
    item_key: str
    unit: str
    pack_quantity: int | None
    #: As it was taught.
    code: str


def known_codes(work: Work, keys: Collection[str]) -> dict[str, KnownCode]:
    """Return what the depot was taught of these codes, by code (one statement)."""
    rows = work.session.execute(
        select(ItemCode.code, Item.id, Item.name_key, Item.base_unit, ItemCode.pack_quantity)
        .join(Item, Item.id == ItemCode.item_id)
        .where(ItemCode.depot_id == work.depot_id, ItemCode.code.in_(keys))
    )
    return {
        row.code: KnownCode(row.id, row.name_key, row.base_unit, row.pack_quantity, row.code)
        for row in rows
    }


def is_learnable(text: str, scan: Scan) -> bool:
    """Say whether a code may be taught: one of our own labels, or none at all, may not."""
    return read_address(text) is None and 0 < len(scan.key) <= MAX_CODE_LENGTH


def settle_questions(work: Work, scan: Scan, text: str) -> None:
    """Settle what was asked about a code that is known now; `text` is how it was scanned."""
    asked = (Discrepancy.kind == "unknown_code") & Discrepancy.entry_id.is_(None)
    settle_discrepancies(
        work, LEARNED, asked & Discrepancy.detail.in_({scan.text, scan.shown, text})
    )


def product_code(work: Work, text: str) -> Scan:
    """Return what can be learned about; raises Invalid for anything that is no product code."""
    scan = read_code(text, work.today, work.actor.depot.time_zone)
    address = read_address(text)
    if (address is not None and address.kind != "crate") or find_crates(work, [text]):
        raise Invalid(field="code", problem=N_("That is one of our own labels, not a product’s."))
    if not scan.key or len(scan.key) > MAX_CODE_LENGTH:
        raise Invalid(field="code", problem=N_("There is no product’s number in that code."))
    return scan


def save_item_code(
    work: Work,
    scan: Scan,
    item: ItemRow,
    pack_quantity: int | None,
    note: str = "",
    instead: bool = False,
) -> str | None:
    """Write down that the code stands for the item; return the item it stood for before.

    Raises CodeTaken if that is another one, unless `instead`.
    """
    known = work.session.execute(
        select(ItemCode.id, ItemCode.item_id, Item.name)
        .join(Item, Item.id == ItemCode.item_id)
        .where(ItemCode.depot_id == work.depot_id, ItemCode.code.in_(scan.keys))
        .order_by(ItemCode.code != scan.key)
    ).first()
    said = {"pack_quantity": pack_quantity, "note": note or None}
    values: dict[str, Any] = {name: value for name, value in said.items() if value is not None}
    taught = {"learned_at": work.recorded_at, "person_id": work.actor.person_id}
    if known is None:
        row = {"depot_id": work.depot_id, "code": scan.key, "shown": scan.shown}
        work.session.execute(insert(ItemCode).values(item_id=item.id, **row, **values, **taught))
        return None
    if known.item_id != item.id:
        if not instead:
            code = scan.shown
            raise CodeTaken(field="item", shown=code, item=known.name, other=item.name)
        values = {"pack_quantity": pack_quantity, "note": note, "item_id": item.id}
    if values:
        work.session.execute(
            update(ItemCode).where(ItemCode.id == known.id).values(**values, **taught)
        )
    return str(known.name)
