"""What people type about goods between depots, and the commands that it means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from marshmallow import fields

from blueprints.frame.fields import (
    MAX_NOTE,
    Choice,
    CommandSchema,
    NotedSchema,
    Text,
    ToldSchema,
    WallClock,
    WholeNumber,
    lines_field,
)
from blueprints.frame.web import LARGEST_ID
from blueprints.network.schemas import MAX_CODE
from blueprints.words.amounts import Amount, CountedAmount, base_quantity, unit_of, units_of
from depot.base.actors import Actor
from depot.base.kinds import SHARED_STOCK, SharedStock
from depot.base.units import MAX_LINES
from depot.db.database import current_session
from depot.imports.amounts import WrittenAmount
from depot.items.queries import catalog
from depot.network.commands.offers import OfferGoods, TakeOffer
from depot.network.commands.receiving import MatchLine, ReceiveLine, ReceiveTransfer
from depot.network.commands.sending import AskLine, AskTransfer, SendLine, SendTransfer
from depot.network.queries.links import OfferRow
from depot.network.queries.transfers import TransferLineRow, TransferRow
from depot.network.signing import MAX_FILE


def read_codes(text: str) -> tuple[str, ...]:
    """Return the codes that stand one in a line, each once."""
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountOf:
    """So much of an item, as written."""

    item: str
    amount: WrittenAmount


class AmountOfSchema(CommandSchema):
    """A line of goods; `amount` is pieces, kg or litres, as the item is kept."""

    makes = AmountOf
    item = Text(required=True)
    amount = Amount(required=True)


def quantities(lines: Sequence[AmountOf], who: Actor) -> list[tuple[str, int, str]]:
    """Return item, base units and unit of each line. Raises ValidationError at the field."""
    if not lines:
        return []
    units = units_of(catalog.item_names(current_session(), who.depot_id, with_loose=True))
    found = []
    for index, line in enumerate(lines):
        unit = unit_of(units, line.item, line.amount)
        where = ["lines", index, "amount"]
        found.append(
            (line.item, base_quantity(line.amount, unit, who.depot.weight_unit, where), unit)
        )
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class SendForm:
    """The page "Send"."""

    command_id: UUID
    to_depot: str
    crate_codes: str = ""
    lines: tuple[AmountOf, ...] = ()
    asked_id: int | None = None
    note: str = ""
    occurred_at: datetime | None = None

    def command(self, who: Actor) -> SendTransfer:
        """Return what is sent. Raises ValidationError."""
        return SendTransfer(
            command_id=self.command_id,
            to_depot=self.to_depot,
            crate_codes=read_codes(self.crate_codes),
            lines=tuple(
                SendLine(item=item, quantity=quantity)
                for item, quantity, _unit in quantities(self.lines, who)
            ),
            asked_id=self.asked_id,
            note=self.note,
            occurred_at=self.occurred_at,
        )


class SendFormSchema(NotedSchema):
    """What the page "Send" sends."""

    makes = SendForm
    to_depot = Text(required=True)
    crate_codes = Text(load_default="", max_length=20_000, multiline=True)
    lines = lines_field(AmountOfSchema, load_default=list)
    asked_id = WholeNumber(load_default=None, allow_none=True, most=LARGEST_ID)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForm:
    """The page "Ask for goods"."""

    command_id: UUID
    from_depot: str
    lines: tuple[AmountOf, ...]
    note: str = ""

    def command(self, who: Actor) -> AskTransfer:
        """Return what is asked for. Raises ValidationError."""
        return AskTransfer(
            command_id=self.command_id,
            from_depot=self.from_depot,
            lines=tuple(
                AskLine(item=item, quantity=quantity, unit=unit)
                for item, quantity, unit in quantities(self.lines, who)
            ),
            note=self.note,
        )


class AskFormSchema(CommandSchema):
    """What the page "Ask for goods" sends."""

    makes = AskForm
    command_id = fields.UUID(required=True)
    from_depot = Text(required=True)
    lines = lines_field(AmountOfSchema, load_default=list)
    note = Text(load_default="", max_length=MAX_NOTE, multiline=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class CameForm:
    """A line of the page "Receive": how much of it came, good and broken; blank is not said."""

    line: int
    good: WrittenAmount | None = None
    damaged: WrittenAmount | None = None
    item: str = ""


class CameFormSchema(CommandSchema):
    """The same as it is sent."""

    makes = CameForm
    line = WholeNumber(required=True, most=MAX_LINES * 1000)
    good = CountedAmount(load_default=None)
    damaged = CountedAmount(load_default=None)
    item = Text(load_default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveForm:
    """The page "Receive": all of it, or what was scanned off and counted."""

    command_id: UUID
    everything: bool = False
    complete: bool = False
    crate_codes: str = ""
    lines: tuple[CameForm, ...] = ()
    place: str = ""
    note: str = ""
    occurred_at: datetime | None = None

    def command(self, row: TransferRow, who: Actor) -> ReceiveTransfer:
        """Return what is received of the transfer. Raises ValidationError."""
        by_number = {line.line: line for line in row.lines}
        lines = tuple(self._lines(by_number, who))
        if self.everything:
            said = {line.line for line in lines}
            lines += tuple(
                ReceiveLine(line=line.line, quantity=line.outstanding)
                for line in row.lines
                if line.outstanding and line.line not in said
            )
        codes = tuple(crate.code for crate in row.crates) if self.everything else ()
        return ReceiveTransfer(
            command_id=self.command_id,
            transfer_id=row.id,
            crate_codes=codes or read_codes(self.crate_codes),
            lines=lines,
            complete=self.complete or self.everything,
            place=self.place,
            matches=tuple(
                MatchLine(line=said.line, item=said.item) for said in self.lines if said.item
            ),
            note=self.note,
            occurred_at=self.occurred_at,
        )

    def _lines(self, known: Mapping[int, TransferLineRow], who: Actor) -> list[ReceiveLine]:
        found = []
        for index, said in enumerate(self.lines):
            line = known.get(said.line)
            if line is None or (said.good is None and said.damaged is None):
                continue
            amounts = [
                _units(amount, line.unit, who, ["lines", index, name])
                for name, amount in (("good", said.good), ("damaged", said.damaged))
            ]
            found.append(ReceiveLine(line=said.line, quantity=amounts[0], damaged=amounts[1]))
        return found


def _units(amount: WrittenAmount | None, unit: str, who: Actor, where: list[Any]) -> int:
    if amount is None or not amount:
        return 0
    return base_quantity(amount, unit, who.depot.weight_unit, where)


class ReceiveFormSchema(NotedSchema):
    """What the page "Receive" sends."""

    makes = ReceiveForm
    everything = fields.Boolean(load_default=False)
    complete = fields.Boolean(load_default=False)
    crate_codes = Text(load_default="", max_length=20_000, multiline=True)
    lines = fields.List(fields.Nested(CameFormSchema), load_default=list)
    place = Text(load_default="", max_length=MAX_CODE)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferForm:
    """The page of offers: what may be had, and until when."""

    command_id: UUID
    item: str
    amount: WrittenAmount
    ends_at: datetime
    note: str = ""

    def command(self, who: Actor) -> OfferGoods:
        """Return what is offered. Raises ValidationError."""
        units = units_of(catalog.item_names(current_session(), who.depot_id, with_loose=True))
        unit = unit_of(units, self.item, self.amount)
        quantity = base_quantity(self.amount, unit, who.depot.weight_unit, ["amount"])
        return OfferGoods(
            command_id=self.command_id,
            item=self.item,
            quantity=quantity,
            ends_at=self.ends_at,
            note=self.note,
        )


def offer_form(zone: str) -> CommandSchema:
    """Return the schema of an offer, whose hour is of the wall clock of `zone`."""

    class OfferFormSchema(CommandSchema):
        makes = OfferForm
        command_id = fields.UUID(required=True)
        item = Text(required=True, error_messages={"required": _("Which item?")})
        amount = Amount(required=True, error_messages={"required": _("How many?")})
        ends_at = WallClock(
            zone, required=True, error_messages={"required": _("By when must it go?")}
        )
        note = Text(load_default="", max_length=MAX_NOTE, multiline=True)

    return OfferFormSchema(form=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeForm:
    """So much of an offer, as written; empty: all that is left."""

    command_id: UUID
    amount: WrittenAmount | None = None

    def command(self, offer_id: int, offer: OfferRow | None, who: Actor) -> TakeOffer:
        """Return what is taken of an offer, as far as it is one. Raises ValidationError."""
        quantity = None
        if self.amount is not None and offer is not None:
            quantity = base_quantity(self.amount, offer.unit, who.depot.weight_unit, ["amount"])
        return TakeOffer(command_id=self.command_id, offer_id=offer_id, quantity=quantity)


class TakeFormSchema(CommandSchema):
    """The same as it is sent."""

    makes = TakeForm
    command_id = fields.UUID(required=True)
    amount = Amount(load_default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlyId:
    """A form that says no more than that it is to be done."""

    command_id: UUID


class OnlyIdSchema(ToldSchema):
    """The same as it is sent."""

    makes = OnlyId
    command_id = fields.UUID(required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinForm:
    """The code of an invitation."""

    command_id: UUID
    code: str


class JoinFormSchema(ToldSchema):
    """The same as it is sent."""

    makes = JoinForm
    command_id = fields.UUID(required=True)
    code = Text(required=True, max_length=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenCategory:
    """A category that is ticked."""

    id: int
    shown: bool = False


class ChosenCategorySchema(CommandSchema):
    """The same as it is sent."""

    makes = ChosenCategory
    id = WholeNumber(required=True, most=LARGEST_ID)
    shown = fields.Boolean(load_default=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementForm:
    """What the other depot is shown."""

    command_id: UUID
    shares: SharedStock
    categories: tuple[ChosenCategory, ...] = ()


class AgreementFormSchema(ToldSchema):
    """The same as it is sent."""

    makes = AgreementForm
    command_id = fields.UUID(required=True)
    shares = Choice(SHARED_STOCK, required=True)
    categories = lines_field(ChosenCategorySchema, load_default=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerForm:
    """The key of a depot on another server."""

    command_id: UUID
    name: str
    key: str


class PeerFormSchema(ToldSchema):
    """The same as it is sent."""

    makes = PeerForm
    command_id = fields.UUID(required=True)
    name = Text(required=True)
    key = Text(required=True, max_length=MAX_CODE)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileForm:
    """A file is taken in: it comes beside the form, or as the codes that were scanned."""

    command_id: UUID
    file: str = ""
    codes: str = ""


class FileFormSchema(CommandSchema):
    """The file of a transfer."""

    makes = FileForm
    command_id = fields.UUID(required=True)
    file = Text(load_default="", max_length=MAX_FILE, multiline=True)
    codes = Text(load_default="", max_length=20_000, multiline=True)
