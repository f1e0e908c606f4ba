"""Product codes: what a code stands for is told once, and known from then on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from depot.actors import Actor
from depot.clock import Clock, utc_now
from depot.commands.base import Outcome, Work, once
from depot.commands.catalog import NewItem, add_item
from depot.commands.lookups import ItemRef, ItemRow, find_crates, find_items
from depot.commands.mirroring import settle
from depot.errors import CodeTaken, Invalid, NotFound, UnknownItem
from depot.gs1 import Scan, read
from depot.models import Discrepancy, Item, ItemCode
from depot.text import N_
from depot.units import PIECE
from labels.addresses import read_address

LEARNED: Final = "learned"
LONGEST: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnCode:
    """A code stands for an item; one not known yet is made in place, in `unit`, `category`."""

    command_id: UUID
    #: As it was scanned or typed.
    code: str
    item: ItemRef
    #: How many base units are in what bears the code; None leaves what is known.
    pack_quantity: int | None = None
    note: str = ""
    unit: str | None = None
    category: str | int | None = None
    #: The code stood for another item; from now on it stands for this one.
    instead: bool = False
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetCode:
    """A code stands for nothing any more."""

    command_id: UUID
    code_id: int = 0
    occurred_at: datetime | None = None


def learn_code(command: LearnCode, actor: Actor, clock: Clock = utc_now) -> Outcome:
    """Remember what a code stands for, and settle the questions that were asked about it.

    Learning the same again may add what was not known; empty overwrites nothing. Raises CodeTaken
    if it stands for another item and `instead` is not said, Invalid for a text that is no product
    code, UnknownItem (an id that is not there), UnknownCategory.
    """
    return once(command, actor, clock, _learn)


def forget_code(command: ForgetCode, actor: Actor, clock: Clock = utc_now) -> Outcome:
    """Forget what a code stands for. Raises NotFound."""
    return once(command, actor, clock, _forget)


def _learn(command: LearnCode, work: Work) -> dict[str, Any]:
    scan = product_code(work, command.code)
    item = _item(work, command)
    was = remember(work, scan, item, command.pack_quantity, command.note, command.instead)
    settle_questions(work, scan, command.code)
    return {
        "code": scan.key,
        "item_id": item.id,
        "item": item.name,
        "unit": item.base_unit,
        "pack_quantity": command.pack_quantity,
        "was": was,
    }


def settle_questions(work: Work, scan: Scan, text: str) -> None:
    """Settle what was asked about a code that is known now; `text` is how it was scanned."""
    asked = (Discrepancy.kind == "unknown_code") & Discrepancy.entry_id.is_(None)
    settle(work, LEARNED, asked & Discrepancy.detail.in_({scan.text, scan.shown, text}))


def product_code(work: Work, text: str) -> Scan:
    """Return what can be learned about; raises Invalid for anything that is no product code."""
    scan = read(text, work.today, work.actor.depot.time_zone)
    address = read_address(text)
    if (address is not None and address.kind != "crate") or find_crates(work, [text]):
        raise Invalid(field="code", problem=N_("That is one of our own labels, not a product’s."))
    if not scan.key or len(scan.key) > LONGEST:
        raise Invalid(field="code", problem=N_("There is no product’s number in that code."))
    return scan


def remember(
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
        .where(ItemCode.depot_id == work.depot_id, ItemCode.code == scan.key)
    ).one_or_none()
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


def _item(work: Work, command: LearnCode) -> ItemRow:
    known = find_items(work, [command.item])
    if command.item in known:
        return known[command.item]
    if not isinstance(command.item, str):
        raise UnknownItem(field="item", name=command.item)
    return add_item(work, NewItem(command.item, command.unit or PIECE, command.category))


def _forget(command: ForgetCode, work: Work) -> dict[str, Any]:
    gone = work.session.execute(
        delete(ItemCode)
        .where(ItemCode.id == command.code_id, ItemCode.depot_id == work.depot_id)
        .returning(ItemCode.shown, ItemCode.item_id)
    ).one_or_none()
    if gone is None:
        raise NotFound(what=N_("product code"), name=str(command.code_id))
    return {"code": gone.shown, "item_id": gone.item_id}
