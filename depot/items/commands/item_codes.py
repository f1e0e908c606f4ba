"""Product codes: what a code stands for is told once, and known from then on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import NotFound, UnknownItem
from depot.base.text import N_
from depot.base.units import PIECE
from depot.items.learned_codes import product_code, save_item_code, settle_questions
from depot.kernel.answers import Answer
from depot.kernel.draft import doubt_without_entry
from depot.kernel.lookups import ItemRef, ItemRow, find_items
from depot.kernel.new_items import NewItem, add_item
from depot.kernel.once import Outcome, Work, run_once
from depot.ledger.doubts.rules import Doubt, doubt_amount
from depot.models import ItemCode


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


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnedCode(Answer):
    """What a code stands for now, and the item it stood for before."""

    code: str
    item_id: int
    item: str
    unit: str
    pack_quantity: int | None
    was: str | None


def learn_code(command: LearnCode, actor: Actor, clock: Clock = utc_now) -> Outcome[LearnedCode]:
    """Remember what a code stands for, and settle the questions that were asked about it.

    Learning the same again may add what was not known; empty overwrites nothing. Raises CodeTaken
    if it stands for another item and `instead` is not said, Invalid for a text that is no product
    code, UnknownItem (an id that is not there), UnknownCategory.
    """
    return run_once(command, actor, clock, _learn, LearnedCode)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgottenCode(Answer):
    """A code that stands for nothing any more, and the item it stood for."""

    code: str
    item_id: int


def forget_code(
    command: ForgetCode, actor: Actor, clock: Clock = utc_now
) -> Outcome[ForgottenCode]:
    """Forget what a code stands for. Raises NotFound."""
    return run_once(command, actor, clock, _forget, ForgottenCode)


def _learn(command: LearnCode, work: Work) -> LearnedCode:
    scan = product_code(work, command.code)
    item = _item(work, command)
    was = save_item_code(work, scan, item, command.pack_quantity, command.note, command.instead)
    settle_questions(work, scan, command.code)
    doubt_without_entry(work, *_doubts(item, command.pack_quantity))
    return LearnedCode(
        code=scan.key,
        item_id=item.id,
        item=item.name,
        unit=item.base_unit,
        pack_quantity=command.pack_quantity,
        was=was,
    )


def _item(work: Work, command: LearnCode) -> ItemRow:
    known = find_items(work, [command.item])
    if command.item in known:
        return known[command.item]
    if not isinstance(command.item, str):
        raise UnknownItem(field="item", name=command.item)
    return add_item(work, NewItem(command.item, command.unit or PIECE, command.category))


def _doubts(item: ItemRow, pack_quantity: int | None) -> list[Doubt]:
    """A pack of so much that a first delivery of it would be doubted is a slip."""
    sort = doubt_amount(pack_quantity or 0, item.base_unit, None)
    if sort is None:
        return []
    unit = item.base_unit
    return [Doubt(sort=sort, name=item.name, item_id=item.id, unit=unit, found=pack_quantity)]


def _forget(command: ForgetCode, work: Work) -> ForgottenCode:
    gone = work.session.execute(
        delete(ItemCode)
        .where(ItemCode.id == command.code_id, ItemCode.depot_id == work.depot_id)
        .returning(ItemCode.shown, ItemCode.item_id)
    ).one_or_none()
    if gone is None:
        raise NotFound(what=N_("product code"), name=str(command.code_id))
    return ForgottenCode(code=gone.shown, item_id=gone.item_id)
