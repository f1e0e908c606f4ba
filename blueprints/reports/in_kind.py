"""What goods are worth: where the depot tells it, the rates with their source and day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from flask import Response, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import ValidationError, fields

from blueprints.frame.fields import Choice, Text, ToldSchema
from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.guards import need_coordinator
from blueprints.frame.language import current_reader
from blueprints.frame.web import reader, show_message
from blueprints.words.amounts import CountedAmount
from blueprints.words.columns import DAY, NUMBER, Column
from blueprints.words.exports import send_list
from depot.base.actors import Actor
from depot.base.clock import local_day, utc_now
from depot.imports.amounts import WrittenAmount
from depot.items.queries import catalog
from depot.kernel.answers import SavedId
from depot.kernel.once import AnyOutcome, Outcome
from depot.reports.commands.in_kind import (
    MAX_SOURCE,
    AddGoodsValue,
    DropGoodsValue,
    SaveValueSetting,
    add_goods_value,
    drop_goods_value,
    save_value_setting,
)
from depot.reports.formats.in_kind import rate_words
from depot.reports.queries.in_kind import ValueRow, value_rows, value_settings
from depot.reports.sums.in_kind import RATE_PERS, RatePer
from depot.words import figures
from depot.words.numbers import major_units, minor_units_of

#: So many categories and items are offered while one is typed.
_MOST_OFFERED: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedValue:
    """A rate as it is typed: what it is about, and how much money."""

    command_id: UUID
    about: str
    amount: WrittenAmount
    per: RatePer
    valid_from: date
    source: str


class SettingForm(ToldSchema):
    """Where in-kind value is told."""

    makes = SaveValueSetting
    command_id = fields.UUID(required=True)
    currency = Text(required=True, max_length=3)
    in_reports = fields.Boolean(load_default=False)
    on_receipts = fields.Boolean(load_default=False)


class ValueForm(ToldSchema):
    """A rate."""

    makes = TypedValue
    command_id = fields.UUID(required=True)
    about = Text(load_default="", max_length=200)
    amount = CountedAmount(required=True)
    per = Choice(RATE_PERS, required=True)
    valid_from = fields.Date(required=True)
    source = Text(required=True, max_length=MAX_SOURCE)


class DropForm(ToldSchema):
    """A rate that was a mistake."""

    makes = DropGoodsValue
    command_id = fields.UUID(required=True)


def index() -> str:
    """Show the rates, and where they are told."""
    need_coordinator()
    return _page(Form())


def _page(form: Form) -> str:
    session, who = reader()
    reads = current_reader()
    setting = value_settings(session, who.depot_id)
    told = {
        "currency": setting.currency,
        "in_reports": "yes" if setting.in_reports else "",
        "on_receipts": "yes" if setting.on_receipts else "",
    }
    today = local_day(utc_now(), who.depot.time_zone).isoformat()
    form.values = told | {"per": who.depot.weight_unit, "valid_from": today} | form.values
    return show_form(
        "reports/values.html",
        form,
        setting=setting,
        rows=[
            (row, _about(row), rate_words(row.rate, row.currency, reads), _small(row))
            for row in value_rows(session, who.depot_id)
        ],
        subjects=list(_subjects())[:_MOST_OFFERED],
        pers=[("kg", _("a kilogram")), ("lb", _("a pound")), ("piece", _("a piece"))],
    )


def _about(row: ValueRow) -> str:
    return row.rate.item or row.rate.category or str(_("All goods"))


def _small(row: ValueRow) -> str:
    day = figures.dated_day(row.rate.valid_from, current_reader())
    return str(_("from %(day)s on, by %(source)s", day=day, source=row.rate.source))


def _subjects() -> dict[str, dict[str, int]]:
    """Return what a rate can be about, by its name: categories first, then items."""
    session, who = reader()
    found = {row.name: {"category_id": row.id} for row in catalog.categories(session, who.depot_id)}
    for row in catalog.item_names(session, who.depot_id):
        found.setdefault(row.name, {"item_id": row.id})
    return found


def save() -> ResponseReturnValue:
    """Say where it is told."""
    need_coordinator()
    return submit_form(
        SettingForm(form=True),
        lambda command, by: save_value_setting(
            replace(command, currency=command.currency.upper()), by
        ),
        done=_saved,
        again=_page,
    )


def _saved(_outcome: AnyOutcome) -> ResponseReturnValue:
    show_message(_("Saved. Filed reports stay as they were filed."))
    return redirect(url_for("reports.values"), 303)


def add() -> ResponseReturnValue:
    """Add a rate."""
    need_coordinator()
    return submit_form(ValueForm(form=True), _add, done=_saved, again=_page)


def _add(typed: TypedValue, by: Actor) -> Outcome[SavedId]:
    session, _who = reader()
    currency = value_settings(session, by.depot_id).currency
    if not currency:
        raise ValidationError(_("Say first in which currency."), "currency")
    minor = minor_units_of(typed.amount.number, currency) if typed.amount.unit is None else None
    if minor is None:
        raise ValidationError(_("Write an amount of money, like 1.93."), "amount")
    subject: dict[str, int] = {}
    if typed.about:
        subject = _subjects().get(typed.about, {})
        if not subject:
            raise ValidationError(_("There is no category or item of that name."), "about")
    command = AddGoodsValue(
        command_id=typed.command_id,
        minor_units=minor,
        per=typed.per,
        valid_from=typed.valid_from,
        source=typed.source,
        **subject,
    )
    return add_goods_value(command, by)


def drop(value_id: int) -> ResponseReturnValue:
    """Take a rate out."""
    need_coordinator()
    return submit_form(
        DropForm(form=True),
        lambda command, by: drop_goods_value(replace(command, value_id=value_id), by),
        done=_saved,
        again=_page,
    )


def values_file(ending: str) -> Response:
    """Send the rates."""
    need_coordinator()
    session, who = reader()
    columns: list[Column[Any]] = [
        Column(_("What it is about"), _about),
        Column(_("Amount"), lambda row: major_units(row.minor_units, row.currency), NUMBER),
        Column(_("Currency"), lambda row: row.currency),
        Column(_("Per"), lambda row: row.per),
        Column(_("Valid from"), lambda row: row.valid_from, DAY),
        Column(_("Who says so"), lambda row: row.rate.source),
    ]
    return send_list(ending, _("What goods are worth"), columns, value_rows(session, who.depot_id))
