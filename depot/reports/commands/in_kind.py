"""In-kind value: what goods are worth, from when and by whom, and where it is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import delete, func, insert, select

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid, NotFound
from depot.base.text import N_
from depot.db.columns import Base
from depot.kernel.answers import Answer, SavedId
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.models import Category, GoodsValue, Item, ValueSetting
from depot.open_book.settings import note_row, standing
from depot.reports.sums.in_kind import RATE_PERS, RatePer
from depot.words.numbers import is_currency

MAX_RATES: Final = 500
MAX_MINOR_UNITS: Final = 1_000_000_000
MAX_SOURCE: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveValueSetting:
    """Where in-kind value is told, and in which currency."""

    command_id: UUID
    currency: str
    in_reports: bool = False
    on_receipts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AddGoodsValue:
    """So many minor units a kilogram, pound or piece, from a day on, and who says so.

    Of an item, of a category, or, with neither, of all goods.
    """

    command_id: UUID
    minor_units: int
    per: RatePer
    valid_from: date
    source: str
    item_id: int | None = None
    category_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DropGoodsValue:
    """A rate was a mistake. Filed reports keep it."""

    command_id: UUID
    value_id: int = 0


def save_value_setting(
    command: SaveValueSetting, actor: Actor, clock: Clock = utc_now
) -> Outcome[Answer]:
    """Say where in-kind value is told. Raises Forbidden, and Invalid for no known currency."""
    need_coordinator(actor)
    return run_once(command, actor, clock, _save, Answer)


def add_goods_value(
    command: AddGoodsValue, actor: Actor, clock: Clock = utc_now
) -> Outcome[SavedId]:
    """Add a rate in the depot's currency; it counts from its day on, beside those before.

    Raises Forbidden, Invalid, and NotFound for an item or category of another depot.
    """
    need_coordinator(actor)
    return run_once(command, actor, clock, _add, SavedId)


def drop_goods_value(
    command: DropGoodsValue, actor: Actor, clock: Clock = utc_now
) -> Outcome[SavedId]:
    """Take a rate out of the table. Raises Forbidden, NotFound."""
    need_coordinator(actor)
    return run_once(command, actor, clock, _drop, SavedId)


def _save(command: SaveValueSetting, work: Work) -> Answer:
    if not is_currency(command.currency):
        raise Invalid(field="currency", problem=N_("Write a currency’s three letters, like USD."))
    before = standing(work, ValueSetting)
    row = work.session.get(ValueSetting, work.depot_id)
    if row is None:
        row = ValueSetting(depot_id=work.depot_id)
        work.session.add(row)
    row.currency = command.currency
    row.in_reports = command.in_reports
    row.on_receipts = command.on_receipts
    note_row(work, ValueSetting, "", before)
    return Answer()


def _add(command: AddGoodsValue, work: Work) -> SavedId:
    setting = work.session.get(ValueSetting, work.depot_id)
    if setting is None:
        raise Invalid(field="amount", problem=N_("Say first in which currency."))
    subject = _check(command, work)
    made = work.session.execute(
        insert(GoodsValue)
        .values(
            depot_id=work.depot_id,
            item_id=command.item_id,
            category_id=command.category_id,
            currency=setting.currency,
            minor_units=command.minor_units,
            per=command.per,
            valid_from=command.valid_from,
            source=command.source,
        )
        .returning(GoodsValue.id)
    ).scalar_one()
    note_row(work, GoodsValue, subject, {}, GoodsValue.id == made)
    return SavedId(id=made)


def _check(command: AddGoodsValue, work: Work) -> str:
    """Return what it is a rate of, by its name; of all goods, nothing."""
    if not 0 <= command.minor_units <= MAX_MINOR_UNITS:
        raise Invalid(field="amount", problem=N_("That number cannot be right."))
    if command.per not in RATE_PERS:
        raise Invalid(field="per", problem=N_("Choose what it is counted in."))
    if not 1 <= len(command.source) <= MAX_SOURCE:
        raise Invalid(field="source", problem=N_("Say who says so."))
    if command.item_id is not None and command.category_id is not None:
        raise Invalid(field="item", problem=N_("Choose an item or a category, not both."))
    subject = _subject(work, command.item_id, command.category_id)
    count = work.session.scalar(select(func.count()).where(GoodsValue.depot_id == work.depot_id))
    if (count or 0) >= MAX_RATES:
        raise Invalid(field="source", problem=N_("There are too many of them. Take one out."))
    return subject


def _subject(work: Work, item_id: int | None, category_id: int | None) -> str:
    """Return the name of the item or category that a rate is of; of all goods, nothing."""
    item = _need(work, Item, item_id, N_("item"))
    return item + _need(work, Category, category_id, N_("category"))


def _need(work: Work, model: type[Base], number: int | None, what: str) -> str:
    if number is None:
        return ""
    columns = model.__table__.c
    owned = select(columns.name).where(columns.id == number, columns.depot_id == work.depot_id)
    name: str | None = work.session.scalar(owned)
    if name is None:
        raise NotFound(what=what, name=str(number))
    return name


def _drop(command: DropGoodsValue, work: Work) -> SavedId:
    this = (GoodsValue.depot_id == work.depot_id, GoodsValue.id == command.value_id)
    before = standing(work, GoodsValue, *this)
    gone = work.session.execute(
        delete(GoodsValue)
        .where(*this)
        .returning(GoodsValue.id, GoodsValue.item_id, GoodsValue.category_id)
    ).one_or_none()
    if gone is None:
        raise NotFound(what=N_("rate"), name=str(command.value_id))
    subject = _subject(work, gone.item_id, gone.category_id)
    note_row(work, GoodsValue, subject, before, *this)
    return SavedId(id=gone.id)
