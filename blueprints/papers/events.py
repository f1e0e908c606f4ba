"""Papers of a hand-out: its sheet, its pick list; and the form of what it is to take along."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
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
from blueprints.frame.web import query_text, reader, show_message
from blueprints.papers.frame import PaperPage, blank_column, found_or_404, make_paper
from blueprints.papers.stock import crate_words
from blueprints.words.amounts import Amount, base_quantity, typed_amount, unit_of, units_of
from depot.base.actors import Actor
from depot.base.clock import local_day, utc_now
from depot.base.text import N_
from depot.distribution.commands.plans import PlanGoods, PlannedGoods, SavedPlan, plan_goods
from depot.distribution.queries.event_plans import (
    PickLine,
    PickList,
    PlannedItem,
    pick_list,
    plan_of_last_event,
    planned_lines,
)
from depot.distribution.queries.events import EventPage, EventRow, event_page, event_row
from depot.imports.amounts import WrittenAmount
from depot.items.queries import catalog
from depot.kernel.once import Outcome
from depot.papers.paper import Blanks, Block, Column, Facts, Row, Symbol, Table
from depot.papers.parts import figure_column
from depot.words import figures
from labels.symbols.addresses import event_url

#: So many empty lines are offered below what is planned.
_SPARE: Final = 5


def event_sheet(event_id: int) -> PaperPage:
    """Show a hand-out on one sheet: plan, packed, handed out, back, people."""
    session, who = reader()
    page = found_or_404(N_("hand-out"), event_id, event_page(session, who, event_id))
    planned = planned_lines(session, who.depot_id, event_id)
    blocks: list[Block] = [
        Symbol(event_url(base_url(), event_id), _("Scan to open this hand-out.")),
        Facts("", tuple(_about(page.event))),
        _goods(page, planned),
        Facts(_("People helped"), tuple(_people(page))),
    ]
    if not page.event.is_closed:
        blocks.append(Blanks((_("Packed by"), _("Handed out by"), _("Brought back by"))))
    paper = make_paper(page.event.name, blocks, [_("Hand-out")])
    return PaperPage(paper, url_for("distribution.event", event_id=event_id))


def _about(event: EventRow) -> Iterator[tuple[str, str]]:
    yield _("Begins"), figures.moment(event.starts_at, current_reader())
    if event.place:
        yield _("Where"), event.place
    if event.expected_households is not None:
        yield _("Households expected"), figures.number(event.expected_households, current_reader())
    if event.closed_at is not None:
        yield _("Closed"), figures.moment(event.closed_at, current_reader())


def _goods(page: EventPage, planned: list[PlannedItem]) -> Table:
    """One line an item: planned, a box for packed as long as it is not closed, out, back, given."""
    plans = {line.item_id: line for line in planned}
    found = {row.item_id: row for row in page.items}
    boxes = not page.event.is_closed
    rows = []
    for item_id, name, unit in _items(page, planned):
        plan, out = plans.get(item_id), found.get(item_id)
        amounts = [
            figures.quantity(plan.quantity, unit, current_reader()) if plan else "",
            *([""] if boxes else []),
            figures.quantity(out.out, unit, current_reader()) if out else "",
            figures.quantity(out.back, unit, current_reader()) if out and out.back else "",
            figures.quantity(out.net, unit, current_reader()) if out else "",
        ]
        rows.append(Row((name, *amounts)))
    columns = [Column(_("Item")), figure_column(_("Planned"))]
    if boxes:
        columns.append(blank_column(_("Packed")))
    columns += [figure_column(_("Out")), figure_column(_("Back")), figure_column(_("Handed out"))]
    sums = [
        "",
        *([""] if boxes else []),
        "",
        "",
        figures.weight(page.weight_grams, current_reader()),
    ]
    foot = (_("All"), *sums) if page.items else None
    empty = _("Nothing is planned and nothing was handed out yet.")
    return Table(_("Goods"), tuple(columns), tuple(rows), foot, empty=empty)


def _items(page: EventPage, planned: list[PlannedItem]) -> Iterator[tuple[int, str, str]]:
    seen = set()
    for line in planned:
        seen.add(line.item_id)
        yield line.item_id, line.item, line.unit
    for row in page.items:
        if row.item_id not in seen:
            yield row.item_id, row.item, row.unit


def _people(page: EventPage) -> Iterator[tuple[str, str]]:
    found = page.people
    for name, number in (
        (_("Households"), found.households),
        (_("New households"), found.new_households),
        (_("Adults"), found.adults),
        (_("Children"), found.children),
        (_("Seniors"), found.seniors),
    ):
        yield name, _("not asked") if number is None else figures.number(number, current_reader())


def picks(event_id: int) -> PaperPage:
    """Show what to fetch from where, oldest dates first."""
    session, who = reader()
    event = found_or_404(N_("hand-out"), event_id, event_row(session, who.depot_id, event_id))
    today = local_day(utc_now(), who.depot.time_zone)
    day = max(local_day(event.starts_at, who.depot.time_zone), today)
    found = pick_list(session, who.depot_id, event_id, day)
    columns = (
        Column(_("From")),
        Column(_("Item")),
        Column(_("Date on it")),
        figure_column(_("Take")),
        blank_column(_("Got it")),
    )
    empty = _("Nothing is to be fetched. Say first what the hand-out is to take along.")
    blocks: list[Block] = [Table("", columns, tuple(_fetch_rows(found, day)), empty=empty)]
    if found.missing:
        blocks.append(_missing(found))
    blocks.append(Blanks((_("Fetched by"), _("Checked by"))))
    lead = [
        f"{event.name} · {figures.moment(event.starts_at, current_reader())}",
        _("Oldest dates first"),
    ]
    paper = make_paper(_("Pick list"), blocks, lead, mark=event.name)
    return PaperPage(paper, url_for("papers.plan", event_id=event_id))


def _fetch_rows(found: PickList, day: date) -> Iterator[Row]:
    for place, fetches in groupby(found.fetches, key=lambda row: row.place):
        yield Row((place or _("Crates of which nobody said where they are"),), is_heading=True)
        for row in fetches:
            yield _fetch_row(row, day)


def _fetch_row(row: PickLine, day: date) -> Row:
    held = row.held
    crate = crate_words(held) or _("loose")
    whole = bool(held.crates) and row.quantity == held.quantity
    where = _("%(crate)s, all of it", crate=crate) if whole else crate
    dated = figures.lot_date(held.date_kind, held.date_text, current_reader())
    if held.give_out_until is not None and held.give_out_until < day:
        dated = _("%(date)s: past its day then", date=dated)
    return Row(
        (where, held.item, dated, figures.quantity(row.quantity, held.unit, current_reader()), "")
    )


def _missing(found: PickList) -> Table:
    rows = tuple(
        Row(
            (
                line.item,
                figures.quantity(line.planned, line.unit, current_reader()),
                figures.quantity(line.quantity, line.unit, current_reader()),
            )
        )
        for line in found.missing
    )
    columns = (Column(_("Item")), figure_column(_("Planned")), figure_column(_("Missing")))
    return Table(_("Not enough here"), columns, rows)


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
            _("The plan is saved."),
            href=url_for("papers.picks", event_id=event_id),
            link_text=_("Pick list"),
        )
        return redirect(url_for("papers.plan", event_id=outcome.answer.id), 303)

    return submit_form(
        PlanSchema(form=True),
        lambda typed, by: plan_goods(replace(_command(typed, by), event_id=event_id), by),
        done=done,
        again=lambda form: _plan_page(event, _closed_up(form)),
    )


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
