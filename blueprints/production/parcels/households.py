"""A grid of households multiplied out: shown and taken along as a file, then an event's plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import ValidationError

from blueprints.frame.errors import message_of
from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.language import current_reader
from blueprints.frame.web import found_or_404, query_id, reader, show_message
from blueprints.production.parcels import words
from blueprints.production.parcels.forms import (
    CELL,
    LARGER_LINES,
    MOST_ADULTS,
    MOST_CHILDREN,
    MOST_FIELDS,
    GridForm,
    GridSchema,
    cell,
    grid_values,
    read_grid,
    size_cell,
)
from blueprints.production.parcels.pages import own_parcel
from blueprints.words.columns import NUMBER, Column, exported_amount, unit_word
from blueprints.words.exports import send_list
from depot.base.actors import Actor
from depot.base.clock import local_day, utc_now
from depot.base.errors import DepotError
from depot.base.text import N_
from depot.distribution.plan_lines import SavedPlan
from depot.distribution.queries.events import EventRow, event_lists, event_row
from depot.kernel.once import Outcome
from depot.papers.pdf import paper_as_pdf
from depot.production.commands.parcel_plans import PlanParcels, plan_parcels
from depot.production.multiplied import Multiplied, ParcelSaid, multiply_out
from depot.production.papers import SheetLine, parcels_paper
from depot.production.parcel_rows import ParcelRow
from depot.production.queries import parcels as query
from depot.production.supply import When
from depot.words import figures
from depot.words.allergens import diet_names
from depot.words.reader import Reader

#: What a grid's address says besides its households.
_OTHERS: Final = frozenset({"event", "like", "alone"})


@dataclass(slots=True)
class Sheet:
    """A parcel, the grid that was typed for it, and what it needs, if it could be worked out."""

    parcel: ParcelRow
    event: EventRow | None
    typed: dict[str, str]
    asked: tuple[ParcelSaid, ...] = ()
    needs: Multiplied | None = None
    errors: dict[str, list[str]] = field(default_factory=dict)


def households(parcel_id: int) -> ResponseReturnValue:
    """Ask for how many households; show what they need, before anything is saved."""
    row = own_parcel(parcel_id)
    typed = request.args.to_dict()
    if not typed.keys() - _OTHERS:
        typed |= _as_last_time(row, typed)
    return grid_page(read_sheet(row, typed))


def _as_last_time(row: ParcelRow, typed: Mapping[str, str]) -> dict[str, str]:
    """Return the grid by which the event's plan was made, or with `like` the last one."""
    session, who = reader()
    event_id = query_id("event")
    if typed.get("like"):
        event_id = query.last_event_of(session, who.depot_id, row.id)
    if event_id is None:
        return {}
    for one in query.parcels_of_event(session, who.depot_id, event_id):
        if one.parcel == row.id:
            return grid_values(row, one.households)
    return {}


def read_sheet(row: ParcelRow, typed: dict[str, str]) -> Sheet:
    """Work out what was typed; what is wrong with it stands at its field."""
    session, who = reader()
    event = _event(typed.get("event", ""))
    sheet = Sheet(row, event, typed)
    try:
        grid = read_grid(row, typed)
        if grid:
            sheet.asked = (ParcelSaid(parcel=row.id, households=grid), *_others(sheet))
            sheet.needs = multiply_out(session, who.depot_id, sheet.asked, _when(event))
    except ValidationError as error:
        sheet.errors = _fields(error)
    except DepotError as error:
        sheet.errors = {"form": [message_of(error)]}
    return sheet


def _fields(error: ValidationError) -> dict[str, list[str]]:
    """Return what is wrong by field; the cells of a grid have no room for it below them."""
    messages: Any = error.normalized_messages()  # type: ignore[no-untyped-call]  # theirs
    found = {str(name): [str(one) for one in said] for name, said in messages.items()}
    of_cells = [one for name, said in found.items() if name.startswith(CELL) for one in said]
    return found | ({"form": of_cells} if of_cells else {})


def _event(text: str) -> EventRow | None:
    session, who = reader()
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
    found = event_row(session, who.depot_id, number) if number else None
    return found if number == 0 else found_or_404(N_("hand-out"), number, found)


def _when(event: EventRow | None) -> When:
    _session, who = reader()
    today = local_day(utc_now(), who.depot.time_zone)
    if event is None:
        return When(today, today)
    day = local_day(event.starts_at, who.depot.time_zone)
    return When(max(today, day), today, event.id)


def _others(sheet: Sheet) -> tuple[ParcelSaid, ...]:
    """Return the other parcels that the event's plan was made by, unless they are left out."""
    if sheet.event is None or sheet.typed.get("alone"):
        return ()
    session, who = reader()
    found = query.parcels_of_event(session, who.depot_id, sheet.event.id)
    return tuple(one for one in found if one.parcel != sheet.parcel.id)


def grid_page(sheet: Sheet, form: Form | None = None) -> str:
    """Show the grid, and what it needs."""
    session, who = reader()
    reads, row = current_reader(), sheet.parcel
    found = event_lists(session, who)
    coming = [one for one in (*found.today, *found.planned) if one.is_on]
    if sheet.event is not None and sheet.event.id not in {one.id for one in coming}:
        coming.append(sheet.event)
    shown = form or Form(dict(sheet.typed), sheet.errors)
    needs = sheet.needs
    return show_form(
        "production/parcels/households.html",
        shown,
        parcel=row,
        event=sheet.event,
        events=[
            (str(one.id), f"{one.name}, {figures.moment(one.starts_at, reads)}") for one in coming
        ],
        grids=[_grid(row, number, sheet.typed) for number in range(len(row.diets) + 1)],
        larger=range(0 if row.sizes else LARGER_LINES),
        diets=[(diet, diet_names([diet], reads)) for diet in row.diets],
        children=[figures.number(number, reads) for number in range(MOST_CHILDREN + 1)],
        for_whom=words.for_whom(needs, reads) if needs else "",
        others=[one for one, _grid in needs.parcels if one.id != row.id] if needs else [],
        lines=[words.need_text(line, needs, reads) for line in needs.lines] if needs else [],
        items=[words.needed_text(one, reads, url_for) for one in needs.items] if needs else [],
        sent=urlencode({name: value for name, value in sheet.typed.items() if value}),
        pdf=url_for("production.households_paper", parcel_id=row.id),
        like=url_for("production.households", parcel_id=row.id, like="last")
        if query.last_event_of(session, who.depot_id, row.id)
        else None,
    )


def _grid(row: ParcelRow, diet: int, typed: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields of a grid for one way of eating; the first is for everybody else."""
    reads = current_reader()
    sizes = [(name, size_cell(diet, number)) for number, name in enumerate(row.sizes, start=1)]
    people = [
        (
            figures.number(adults, reads),
            [cell(diet, adults, children) for children in range(MOST_CHILDREN + 1)],
        )
        for adults in range(1, MOST_ADULTS + 1)
    ]
    names = [name for _size, name in sizes] or [name for _adults, some in people for name in some]
    return {
        "diet": diet_names([row.diets[diet - 1]], reads) if diet else "",
        "sizes": sizes,
        "people": () if row.sizes else people,
        "is_open": any(typed.get(name) for name in names),
    }


def save_plan(parcel_id: int) -> ResponseReturnValue:
    """Make it the plan of the hand-out that was chosen."""
    row = own_parcel(parcel_id)

    def run(said: GridForm, who: Actor) -> Outcome[SavedPlan]:
        sheet = read_sheet(row, _sent(said.grid))
        if sheet.errors:
            raise ValidationError(sheet.errors)
        command = PlanParcels(
            command_id=said.command_id,
            event_id=sheet.event.id if sheet.event else 0,
            parcels=sheet.asked,
        )
        return plan_parcels(command, who)

    def again(form: Form) -> str:
        sheet = read_sheet(row, _sent(str(form.values.get("grid", ""))))
        form.values = sheet.typed | {"command_id": form.values.get("command_id")}
        return grid_page(sheet, form)

    return submit_form(GridSchema(form=True), run, done=_planned, again=again)


def _sent(grid: str) -> dict[str, str]:
    return dict(parse_qsl(grid, max_num_fields=MOST_FIELDS))


def _planned(outcome: Outcome[SavedPlan]) -> ResponseReturnValue:
    show_message(
        _("The plan is saved."),
        href=url_for("papers.picks", event_id=outcome.answer.id),
        link_text=_("Pick list"),
    )
    return redirect(url_for("distribution.event", event_id=outcome.answer.id), 303)


def households_paper(parcel_id: int) -> ResponseReturnValue:
    """Send what a grid needs as a sheet to print; without households, ask for them first."""
    _session, who = reader()
    sheet, reads = read_sheet(own_parcel(parcel_id), request.args.to_dict()), current_reader()
    if sheet.needs is None:
        return redirect(url_for("production.households", parcel_id=parcel_id))
    lines = [words.need_text(line, sheet.needs, reads) for line in sheet.needs.lines]
    paper = parcels_paper(
        _("Parcels for households"),
        _lead(sheet, reads),
        sheet.needs,
        [SheetLine(line.title, line.small, line.figure) for line in lines],
        who,
        reads,
    )
    headers = {"Content-Disposition": f'inline; filename="{who.depot.slug}-parcels.pdf"'}
    return Response(paper_as_pdf(paper), content_type="application/pdf", headers=headers)


def _lead(sheet: Sheet, reads: Reader) -> list[str]:
    """Return what the sheet is for, below its title."""
    event = sheet.event
    named = [event.name, figures.moment(event.starts_at, reads)] if event else []
    return [*named, words.for_whom(sheet.needs, reads)] if sheet.needs else named


def households_file(parcel_id: int, ending: str) -> Response:
    """Send what a grid needs: each item, what is free of it, and what is short."""
    sheet = read_sheet(own_parcel(parcel_id), request.args.to_dict())
    reads = current_reader()
    columns: list[Column[Any]] = [
        Column(_("Item"), lambda row: row.item),
        Column(
            _("To take along"), lambda row: exported_amount(row.planned, row.unit, reads), NUMBER
        ),
        Column(_("Free"), lambda row: exported_amount(row.free, row.unit, reads), NUMBER),
        Column(_("Short"), lambda row: exported_amount(row.short, row.unit, reads), NUMBER),
        Column(_("Unit"), lambda row: unit_word(row.unit, reads)),
    ]
    rows = sheet.needs.items if sheet.needs else ()
    return send_list(ending, _("Parcels for households"), columns, rows)
