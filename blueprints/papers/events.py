"""Papers of a hand-out: its sheet, its pick list; and the form of what it is to take along."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import fields

from blueprints.frame.api import base_url
from blueprints.frame.fields import CommandSchema, Text, lines_field
from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.language import current_reader
from blueprints.frame.web import query_text, query_wish, reader, show_message
from blueprints.papers.frame import PaperPage, found_or_404, paper_reader, wish_page
from blueprints.words.amounts import Amount, base_quantity, typed_amount, unit_of, units_of
from depot.base.actors import Actor
from depot.base.clock import local_day, utc_now
from depot.base.text import N_
from depot.distribution.commands.plans import PlanGoods, PlannedGoods, SavedPlan, plan_goods
from depot.distribution.papers import event_paper, pick_list_paper
from depot.distribution.queries.event_plans import (
    pick_list,
    plan_of_last_event,
    planned_lines,
)
from depot.distribution.queries.events import EventRow, event_page, event_row
from depot.distribution.queries.standing import item_standings
from depot.imports.amounts import WrittenAmount
from depot.items.queries import catalog
from depot.items.queries.foods import item_foods
from depot.kernel.once import Outcome
from depot.name_sheets.errors import NameSheetsAreOff
from depot.name_sheets.papers import name_sheet_paper
from depot.name_sheets.setting import sheet_setting
from depot.words import figures
from labels.symbols.addresses import event_url

#: So many empty lines are offered below what is planned.
_SPARE: Final = 5


def event_sheet(event_id: int) -> PaperPage:
    """Show a hand-out on one sheet: plan, packed, handed out, back, people."""
    session, who = reader()
    page = found_or_404(N_("hand-out"), event_id, event_page(session, who, event_id))
    planned = planned_lines(session, who.depot_id, event_id)
    today = local_day(utc_now(), who.depot.time_zone)
    stands = item_standings(session, who.depot_id, event_id, today, planned, page.items)
    items = {one.item_id for one in stands}
    foods = item_foods(session, who.depot_id, items, event_id)
    address = event_url(base_url(), event_id)
    paper = event_paper(page, stands, foods, address, who, paper_reader())
    return PaperPage(paper, url_for("distribution.event", event_id=event_id))


def picks(event_id: int) -> PaperPage:
    """Show what to fetch from where, oldest dates first."""
    session, who = reader()
    event = found_or_404(N_("hand-out"), event_id, event_row(session, who.depot_id, event_id))
    today = local_day(utc_now(), who.depot.time_zone)
    day = max(local_day(event.starts_at, who.depot.time_zone), today)
    wish = query_wish()
    found = pick_list(session, who.depot_id, event_id, day, wish)
    paper = pick_list_paper(event, found, day, who, paper_reader(), wish)
    return PaperPage(paper, url_for("papers.plan", event_id=event_id), wishes=wish_page(wish))


def name_sheet(event_id: int) -> PaperPage:
    """Show the empty sign-in sheet of a hand-out. Raises NameSheetsAreOff."""
    session, who = reader()
    event = found_or_404(N_("hand-out"), event_id, event_row(session, who.depot_id, event_id))
    setting = sheet_setting(session, who.depot_id)
    if setting is None or not setting.is_on:
        raise NameSheetsAreOff()
    asked = setting.columns, setting.statement, setting.years
    paper = name_sheet_paper(event, *asked, who, paper_reader())
    return PaperPage(paper, url_for("name_sheets.sheet", event_id=event_id))


@dataclass(frozen=True, slots=True)
class TypedLine:
    """An item by its name, and how much of it in what it is counted in."""

    item: str
    amount: WrittenAmount


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedPlan:
    """What the form sends."""

    command_id: UUID
    lines: tuple[TypedLine, ...] = ()


class PlanLineSchema(CommandSchema):
    """One line of the form."""

    makes = TypedLine
    item = Text(required=True, max_length=200)
    amount = Amount(required=True)


class PlanSchema(CommandSchema):
    """The whole form; without a line the plan is empty again."""

    makes = TypedPlan
    command_id = fields.UUID(required=True)
    lines = lines_field(PlanLineSchema, load_default=list)


def plan(event_id: int) -> ResponseReturnValue:
    """Show what the hand-out is to take along; at first as it was the last time, if asked."""
    session, who = reader()
    event = found_or_404(N_("hand-out"), event_id, event_row(session, who.depot_id, event_id))
    source = plan_of_last_event if query_text("like") else planned_lines
    found = source(session, who.depot_id, event_id)
    values: dict[str, Any] = {}
    for number, line in enumerate(found):
        values[f"lines-{number}-item"] = line.item
        typed = typed_amount(line.quantity, line.unit, who.depot.weight_unit)
        values[f"lines-{number}-amount"] = typed
    return _plan_page(event, Form(values))


def _plan_page(event: EventRow, form: Form) -> str:
    session, who = reader()
    typed = [name for name in form.values if name.endswith("-item")]
    rows = max((int(name.split("-")[1]) + 1 for name in typed), default=0) + _SPARE
    return show_form(
        "papers/plan.html",
        form,
        event=event,
        rows=range(min(rows, 200)),
        items=[row.name for row in catalog.item_names(session, who.depot_id, with_loose=True)],
        unit=who.depot.weight_unit,
    )


def save_plan(event_id: int) -> ResponseReturnValue:
    """Keep the plan."""
    session, who = reader()
    event = found_or_404(N_("hand-out"), event_id, event_row(session, who.depot_id, event_id))

    def done(outcome: Outcome[SavedPlan]) -> ResponseReturnValue:
        show_message(
            saved_plan_words(outcome.answer),
            href=url_for("papers.picks", event_id=event_id),
            link_text=_("Pick list"),
        )
        return redirect(url_for("distribution.event", event_id=outcome.answer.id), 303)

    return submit_form(
        PlanSchema(form=True),
        lambda typed, by: plan_goods(replace(_command(typed, by), event_id=event_id), by),
        done=done,
        again=lambda form: _plan_page(event, _closed_up(form)),
    )


def saved_plan_words(saved: SavedPlan) -> str:
    """Say that the plan is kept, and what of it is not promised."""
    short = ", ".join(
        _(
            "%(item)s (%(amount)s)",
            item=line.item,
            amount=figures.quantity(line.short, line.unit, current_reader()),
        )
        for line in saved.lines
        if line.short
    )
    if short:
        return str(_("The plan is saved. There is not enough free: %(items)s.", items=short))
    if saved.lines:
        return str(_("The plan is saved. All of it is promised."))
    return str(_("The plan is saved."))


def _closed_up(form: Form) -> Form:
    """Number the lines that were filled in as they were read, so that errors stand at theirs."""
    numbers = sorted(
        {
            int(name.split("-")[1])
            for name, value in form.values.items()
            if name.startswith("lines-") and str(value).strip()
        }
    )
    kept = {name: value for name, value in form.values.items() if not name.startswith("lines-")}
    for number, old in enumerate(numbers):
        for part in ("item", "amount"):
            kept[f"lines-{number}-{part}"] = form.values.get(f"lines-{old}-{part}", "")
    return Form(kept, form.errors, form.status)


def _command(typed: TypedPlan, who: Actor) -> PlanGoods:
    session, _who = reader()
    units = units_of(catalog.item_names(session, who.depot_id, with_loose=True))
    found = tuple(
        PlannedGoods(
            line.item,
            base_quantity(
                line.amount,
                unit_of(units, line.item, line.amount),
                who.depot.weight_unit,
                ["lines", number, "amount"],
            ),
        )
        for number, line in enumerate(typed.lines)
    )
    return PlanGoods(command_id=typed.command_id, lines=found)
