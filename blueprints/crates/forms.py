"""What the pages of crates send, and the commands it becomes. To programs: schemas.py beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from flask_babel import gettext as _
from marshmallow import ValidationError, fields

from blueprints.crates.schemas import MAX_CODE, MAX_ID, Yes
from blueprints.frame.fields import (
    Choice,
    CommandSchema,
    NotedSchema,
    PackageDate,
    Text,
    WholeNumber,
    lines_field,
)
from blueprints.words.amounts import Amount, CountedAmount, base_quantity, unit_of
from blueprints.words.scan_fields import ScannedText
from depot.base.kinds import DATE_KINDS, TAKE_OUT_REASONS, DateKind, TakeOutReason
from depot.base.names import name_key
from depot.base.units import BASE_UNITS
from depot.counts.commands.counts import Count, CountLine, FoundLine
from depot.crates.commands.tags import MAX_TAG_LENGTH, TagCrates
from depot.imports.amounts import WrittenAmount
from depot.kernel.goods_lines import GoodsLine
from depot.stock.commands.new_crates import PackCrates
from depot.stock.commands.take_out import TakeOut
from depot.stock.commands.transfers import MoveCrate, MoveGoods

ALL, SOME = "all", "some"
#: Where goods can go that is no place yet: a new crate. No name begins so.
NEW_CRATE: Final = "/new"
_AT_EVENT: Final = "issue-"


@dataclass(frozen=True, slots=True, kw_only=True)
class LotAmount:
    """How much of a lot; None: left blank. `unit` is the base unit the page showed it in."""

    lot_id: int
    unit: str
    amount: WrittenAmount | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAmount:
    """How much of an item that the page did not list."""

    item: str
    amount: WrittenAmount
    date: str | None = None
    date_kind: DateKind | None = None


class LotAmountSchema(CommandSchema):
    """A row of the list of what is in it."""

    makes = LotAmount
    lot_id = WholeNumber(required=True, most=MAX_ID)
    unit = Choice(BASE_UNITS, required=True)
    amount = Amount(load_default=None)


class LotCountSchema(LotAmountSchema):
    """The same, where zero is an answer."""

    amount = CountedAmount(load_default=None)


class ItemAmountSchema(CommandSchema):
    """A row for what the page did not list."""

    makes = ItemAmount
    item = Text(required=True)
    amount = Amount(required=True, error_messages={"required": _("How many are there?")})
    date = PackageDate(load_default=None)
    date_kind = Choice(DATE_KINDS, load_default=None)


class TargetForm(NotedSchema):
    """A form that asks where to: a pick button, or a code or name typed."""

    to = Text(load_default=None, max_length=MAX_CODE)
    other = Text(load_default=None, max_length=MAX_CODE)


def chosen_place(to: str | None, other: str | None) -> str:
    """Return what was typed, else what was picked. Raises ValidationError at `other`."""
    if found := other or to:
        return found
    raise ValidationError(_("Choose a place, or type a code."), "other")


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveForm:
    """The page "Move"."""

    command_id: UUID
    to: str | None = None
    other: str | None = None
    knows_empty: bool = False
    note: str = ""
    occurred_at: datetime | None = None

    def command(self, code: str) -> MoveCrate:
        """Return what it asks for. Raises ValidationError."""
        return MoveCrate(
            command_id=self.command_id,
            crate_code=code,
            to=chosen_place(self.to, self.other),
            knows_empty=self.knows_empty,
            note=self.note,
            occurred_at=self.occurred_at,
        )


class MoveFormSchema(TargetForm):
    makes = MoveForm
    knows_empty = Yes(load_default=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CrateGoodsForm:
    """Goods out of a crate or into it: all there is, or by rows."""

    command_id: UUID
    which: str = SOME
    lines: tuple[LotAmount, ...] = ()
    others: tuple[ItemAmount, ...] = ()
    what_for: str | None = None
    source: str | None = None
    expects_empty: bool = False
    to: str | None = None
    other: str | None = None
    scan: None = None
    note: str = ""
    occurred_at: datetime | None = None


class ScanNotLookedUp(ScannedText):
    """A code that was scanned into a form and never looked up: it is said, not dropped."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kw: Any) -> str:
        text = super()._deserialize(value, attr, data, **kw)
        sentence = _("%(code)s was scanned and not looked up. Look it up, or clear it.", code=text)
        raise ValidationError(sentence)


class GoodsFormSchema(TargetForm):
    makes = CrateGoodsForm
    scan = ScanNotLookedUp(load_default=None)
    which = Choice((ALL, SOME), load_default=SOME)
    lines = lines_field(LotAmountSchema, load_default=list)
    others = lines_field(ItemAmountSchema, load_default=list)
    what_for = Text(load_default=None)
    source = Text(load_default=None, max_length=MAX_CODE)
    expects_empty = Yes(load_default=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TagForm:
    """A word typed on the page of a crate, or one to take off."""

    command_id: UUID
    add: str = ""
    remove: str = ""

    def command(self, code: str) -> TagCrates:
        """Return what it asks for."""
        return TagCrates(
            command_id=self.command_id, crate_codes=(code,), add=(self.add,), remove=(self.remove,)
        )


class TagFormSchema(CommandSchema):
    makes = TagForm
    command_id = fields.UUID(required=True)
    add = Text(load_default="", max_length=MAX_TAG_LENGTH)
    remove = Text(load_default="", max_length=MAX_TAG_LENGTH)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountForm:
    """The page "Count"."""

    command_id: UUID
    lines: tuple[LotAmount, ...] = ()
    found: tuple[ItemAmount, ...] = ()
    scan: None = None
    note: str = ""
    occurred_at: datetime | None = None


class CountFormSchema(NotedSchema):
    makes = CountForm
    scan = ScanNotLookedUp(load_default=None)
    lines = lines_field(LotCountSchema, load_default=list)
    found = lines_field(ItemAmountSchema, load_default=list)


@dataclass(frozen=True, slots=True)
class UnitReader:
    """What turns numbers typed into base units: the depot's weight unit, each item's own."""

    weight_unit: str
    by_item: Mapping[str, str]

    def of_lot(self, row: LotAmount, where: list[Any]) -> int:
        """Return a row's amount in base units; zero stays zero. Raises ValidationError there."""
        if not row.amount:
            return 0
        return base_quantity(row.amount, row.unit, self.weight_unit, where)

    def of_new(self, row: ItemAmount) -> str | None:
        """Return the unit that is written with an item that is not known yet."""
        return None if name_key(row.item) in self.by_item else row.amount.unit

    def of_item(self, row: ItemAmount, where: list[Any]) -> int:
        """Return a row's amount in base units. Raises ValidationError there."""
        unit = unit_of(self.by_item, row.item, row.amount)
        return base_quantity(row.amount, unit, self.weight_unit, where)


def read_goods_lines(form: CrateGoodsForm, units: UnitReader) -> tuple[GoodsLine, ...] | None:
    """Return the lines of the form, None for all. Raises ValidationError if nothing is said."""
    if form.which == ALL:
        return None
    found = [
        GoodsLine(lot_id=row.lot_id, quantity=units.of_lot(row, ["lines", index, "amount"]))
        for index, row in _filled(form.lines)
    ]
    found += [
        GoodsLine(item=row.item, quantity=units.of_item(row, ["others", index, "amount"]))
        for index, row in enumerate(form.others)
    ]
    if not found:
        raise ValidationError(_("Write how many of at least one."), "form")
    return tuple(found)


def _filled(rows: Iterable[LotAmount]) -> Iterable[tuple[int, LotAmount]]:
    return ((index, row) for index, row in enumerate(rows) if row.amount is not None)


def take_out_command(form: CrateGoodsForm, place: str, units: UnitReader) -> TakeOut:
    """Return what the page "Take out" asks for. Raises ValidationError at the field."""
    if not form.what_for:
        raise ValidationError(_("What is it taken out for?"), "what_for")
    reason, event_id = _purpose(form.what_for)
    return TakeOut(
        command_id=form.command_id,
        place=place,
        reason=reason,
        lines=read_goods_lines(form, units),
        event_id=event_id,
        note=form.note,
        occurred_at=form.occurred_at,
    )


def event_option(event_id: int) -> str:
    """Return the value of the button "handed out at" an event."""
    return f"{_AT_EVENT}{event_id}"


def _purpose(text: str) -> tuple[TakeOutReason, int | None]:
    event = text.removeprefix(_AT_EVENT)
    if event != text and event.isascii() and event.isdigit() and len(event) < 19:
        return "issue", int(event)
    reason = next((reason for reason in TAKE_OUT_REASONS if reason == text), None)
    if reason is None:
        raise ValidationError(_("Choose one of these."), "what_for")
    return reason, None


def fill_command(form: CrateGoodsForm, code: str, units: UnitReader) -> MoveGoods:
    """Return what the page "Fill" asks for. Raises ValidationError at the field."""
    if not form.source:
        raise ValidationError(_("Where do the goods come from?"), "source")
    return MoveGoods(
        command_id=form.command_id,
        source=form.source,
        target=code,
        lines=read_goods_lines(form, units),
        expects_empty=form.expects_empty,
        note=form.note,
        occurred_at=form.occurred_at,
    )


def split_command(form: CrateGoodsForm, code: str, units: UnitReader) -> PackCrates:
    """Return what "Put elsewhere, into a new crate" asks for. Raises ValidationError."""
    return PackCrates(
        command_id=form.command_id,
        source=code,
        lines=read_goods_lines(form, units),
        note=form.note,
        occurred_at=form.occurred_at,
    )


def empty_command(form: CrateGoodsForm, code: str, units: UnitReader) -> MoveGoods:
    """Return what the page "Put elsewhere" asks for. Raises ValidationError at the field."""
    return MoveGoods(
        command_id=form.command_id,
        source=code,
        target=chosen_place(form.to, form.other),
        lines=read_goods_lines(form, units),
        note=form.note,
        occurred_at=form.occurred_at,
    )


def count_command(form: CountForm, place: str, units: UnitReader) -> Count:
    """Return what the page "Count" asks for. Raises ValidationError at the field."""
    lines = tuple(
        CountLine(lot_id=row.lot_id, counted_quantity=units.of_lot(row, ["lines", index, "amount"]))
        for index, row in _filled(form.lines)
    )
    found = tuple(
        FoundLine(
            item=row.item,
            quantity=units.of_item(row, ["found", index, "amount"]),
            date=row.date,
            date_kind=row.date_kind,
            unit=units.of_new(row),
        )
        for index, row in enumerate(form.found)
    )
    if not lines and not found:
        raise ValidationError(_("Write at least one number. Blank is not counted."), "form")
    return Count(
        command_id=form.command_id,
        place=place,
        lines=lines,
        found=found,
        note=form.note,
        occurred_at=form.occurred_at,
    )
