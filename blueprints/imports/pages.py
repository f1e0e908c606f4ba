"""Import a spreadsheet: choose the file, look at what would happen, then do it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from itertools import pairwise
from typing import Final
from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from blueprints.frame.errors import message_of, status_of
from blueprints.frame.forms import Form, read_form, show_form, submit_form
from blueprints.frame.guards import actor
from blueprints.frame.language import current_reader
from blueprints.frame.web import Answer, command_id, reader, show_answer, show_message
from blueprints.imports import uploads, words
from blueprints.imports.schemas import UndoSchema
from depot.base.actors import Actor
from depot.base.errors import CommandIdReused, Invalid, NotFound
from depot.base.text import N_
from depot.imports.commands.imports import (
    IMPORT_KINDS,
    ImportedSheet,
    ImportSheet,
    RowsHaveProblems,
    earlier_import,
    import_sheet,
    plan_import,
)
from depot.imports.commands.undo import UndoImport, UndoneImport, undo_import
from depot.imports.plan import Plan
from depot.imports.queries import latest_imports
from depot.imports.rows.cells import Reading
from depot.imports.rows.stated_dates import Order
from depot.imports.sheets.limits import MAX_BYTES
from depot.imports.sheets.reader import Table, read_table
from depot.imports.sheets.refusals import MissingColumns, SheetRefused
from depot.kernel.once import Outcome
from depot.words import figures

#: What is best imported after what; stock in no crate is instead of crates.
_IN_THIS_ORDER: Final = ("items", "locations", "crates")
_ORDERS: Final[dict[str, Order]] = {"day": "dmy", "month": "mdy"}


def index() -> ResponseReturnValue:
    """Ask for a file and what is in it."""
    kind = request.args.get("kind", IMPORT_KINDS[0])
    return _ask(Form({"kind": kind if kind in IMPORT_KINDS else IMPORT_KINDS[0]}))


def _ask(form: Form) -> ResponseReturnValue:
    return _ask_page(form), form.status


def _ask_page(form: Form) -> str:
    session, who = reader()
    form.values.setdefault("kind", IMPORT_KINDS[0])
    earlier = latest_imports(session, who.depot_id)
    return show_form(
        "imports/index.html",
        form,
        kinds=words.kind_picks(current_reader()),
        earlier=[(row, words.import_words(row, current_reader())) for row in earlier],
    )


def undo(import_id: int) -> ResponseReturnValue:
    """Undo an import and say what went and what stayed."""

    def run(command: UndoImport, who: Actor) -> Outcome[UndoneImport]:
        return undo_import(replace(command, import_id=import_id), who)

    def done(outcome: Outcome[UndoneImport]) -> ResponseReturnValue:
        show_answer(Answer(words.undone_words(outcome.answer, current_reader())))
        return redirect(url_for("imports.index"), 303)

    return submit_form(UndoSchema(form=True), run, done=done, again=_ask_page)


def upload() -> ResponseReturnValue:
    """Take the file and look at it, if it can be read at all."""
    form = Form(read_form(), status=422)
    kind, file = form.values.get("kind", ""), request.files.get("file")
    if kind not in IMPORT_KINDS:
        form.errors["kind"] = [_("Say what is in the file.")]
    if file is None or not file.filename:
        form.errors["file"] = [_("Choose a file.")]
    if form.errors or file is None or not file.filename:
        return _ask(form)
    with file.stream as stream:
        data = stream.read(MAX_BYTES + 1)  # one more is enough to see that it is too large
    try:
        read_table(data, file.filename)
    except SheetRefused as error:
        form.errors["file"] = [message_of(error)]
        return _ask(form)
    token = uploads.keep_upload(data, file.filename, actor())
    return redirect(url_for("imports.look", kind=kind, token=token), 303)


def look(kind: str, token: str) -> ResponseReturnValue:
    """Show what would happen; the columns may be corrected as often as need be."""
    return _reviewed(kind, token, request.args, Form())


def run(kind: str, token: str) -> ResponseReturnValue:
    """Import the file as it was looked at."""
    form = Form(read_form())
    wanted = _command_id(form.values)
    found = uploads.find_upload(token, actor())
    if found is None:
        session, who = reader()
        earlier = earlier_import(session, who, wanted)
        return _done(earlier) if earlier is not None else _gone(kind)
    try:
        table = _table(found, form.values)
        command = ImportSheet(
            command_id=wanted,
            kind=_known(kind),
            table=table,
            columns=words.chosen_columns(kind, table, form.values),
            reading=_reading(form.values),
            skip_problems=form.values.get("skip_problems") == "yes",
        )
        outcome = import_sheet(command, actor())
    except (RowsHaveProblems, MissingColumns, SheetRefused) as error:
        form.errors["form"] = [message_of(error)]
        form.status = HTTPStatus.UNPROCESSABLE_ENTITY
        return _reviewed(kind, token, form.values, form)
    except CommandIdReused as error:
        form.errors["form"] = [message_of(error)]
        form.status = status_of(error)
        form.values["command_id"] = command_id()
        return _reviewed(kind, token, form.values, form)
    uploads.delete_upload(token)
    return _done(outcome)


def _table(found: uploads.Upload, chosen: Mapping[str, str]) -> Table:
    headless = True if chosen.get("headless") == "yes" else None
    return read_table(found.data, found.filename, chosen.get("sheet") or None, headless)


def _reading(chosen: Mapping[str, str]) -> Reading:
    order = _ORDERS.get(chosen.get("date_order", ""))
    return Reading(order=order, headings=chosen.get("headings") == "yes")


def _known(kind: str) -> str:
    if kind not in IMPORT_KINDS:
        raise NotFound(what=N_("import"), name=kind[:40])
    return kind


def _command_id(values: Mapping[str, str]) -> UUID:
    try:
        return UUID(values.get("command_id", ""))
    except ValueError as error:
        problem = N_("Open the import page afresh, please.")
        raise Invalid(field="command_id", problem=problem) from error


def _gone(kind: str) -> ResponseReturnValue:
    form = Form(
        {"kind": kind if kind in IMPORT_KINDS else IMPORT_KINDS[0]}, status=HTTPStatus.NOT_FOUND
    )
    form.errors["file"] = [_("The file is no longer here. Choose it again.")]
    return _ask(form)


def _reviewed(kind: str, token: str, chosen: Mapping[str, str], form: Form) -> ResponseReturnValue:
    """Show the file with the columns chosen; `form` says what went wrong with an import of it."""
    _known(kind)
    found = uploads.find_upload(token, actor())
    if found is None:
        return _gone(kind)
    try:
        table = _table(found, chosen)
    except SheetRefused as error:  # a sheet that is not in the workbook
        return _ask(Form({"kind": kind}, {"file": [message_of(error)]}, 422))
    columns = words.chosen_columns(kind, table, chosen)
    form.errors |= words.missing_columns(kind, columns, current_reader())
    plan = None
    if not words.missing_columns(kind, columns, current_reader()):
        session, who = reader()
        plan = plan_import(session, who, kind, table, columns, _reading(chosen))
    values = {f"col-{name}": header for name, header in columns.items()}
    values |= {name: chosen[name] for name in words.READINGS if chosen.get(name)}
    form.values = values | {"sheet": table.sheet} | _kept_id(form)
    return _page(kind, token, found.filename, table, columns, plan, form), form.status


def _kept_id(form: Form) -> dict[str, str]:
    return {name: form.values[name] for name in ("command_id",) if form.values.get(name)}


def _page(
    kind: str,
    token: str,
    filename: str,
    table: Table,
    columns: Mapping[str, str],
    plan: Plan | None,
    form: Form,
) -> str:
    head, rows = words.first_rows(kind, table, columns, plan, current_reader())
    choices, choices_left = words.column_choices(kind, columns, current_reader())
    return show_form(
        "imports/look.html",
        form,
        kind=kind,
        token=token,
        views=[
            (url_for("imports.look", kind=value, token=token), label, value == kind)
            for value, label, _small in words.kind_picks(current_reader())
        ],
        filename=filename,
        row_count=len(table.rows),
        headers=[(header, header) for header in table.headers],
        sheets=[(title, title) for title in table.sheets],
        chosen=[
            (name, form.values.get(name, ""))
            for name in (*(choice.name for choice in choices + choices_left), *words.READINGS)
        ],
        date_orders=words.date_orders(current_reader()),
        choices=choices,
        choices_left=choices_left,
        unread=words.unread_columns(table, columns),
        lines=words.summary_lines(plan, table, columns, current_reader()) if plan else [],
        set_aside=words.set_aside_lines(plan, current_reader()) if plan else [],
        totals=words.total_lines(plan, current_reader()) if plan else [],
        totals_more=max(0, len(plan.totals) - words.MAX_NAMES) if plan else 0,
        here_already=words.stock_here_already(plan) if plan else "",
        head=head,
        rows=rows,
        plan=plan,
        figures=plan.said() if plan else {},
        facts=words.review_facts(plan, current_reader()) if plan else [],
        problems_found=words.problem_lines(plan, current_reader()) if plan else [],
        problems_more=max(0, len(plan.problems) - words.MAX_PROBLEMS) if plan else 0,
        remarks=words.remark_lines(plan, current_reader()) if plan else [],
        remarks_more=max(0, len(plan.remarks) - words.MAX_REMARKS) if plan else 0,
        button=_button(plan) if plan else "",
    )


def _button(plan: Plan) -> str:
    if plan.problem_rows:
        good, bad = (
            figures.number(plan.writes, current_reader()),
            figures.number(plan.problem_rows, current_reader()),
        )
        return str(_("Import %(good)s, leave out %(bad)s", good=good, bad=bad))
    return str(ngettext("Import %(num)s row", "Import %(num)s rows", plan.writes))


def _done(outcome: Outcome[ImportedSheet]) -> ResponseReturnValue:
    done = outcome.answer
    show_message(_told(done), outcome)
    following = dict(pairwise(_IN_THIS_ORDER)).get(done.kind)
    return redirect(url_for("imports.index", kind=following), 303)


def _told(done: ImportedSheet) -> str:
    reader = current_reader()
    new = figures.number(done.new, reader)
    if done.kind == "items":
        sentence = _(
            "Imported. New items: %(new)s, new categories: %(made_categories)s.",
            new=new,
            made_categories=figures.number(done.made_categories, reader),
        )
    elif done.kind == "locations":
        sentence = _("Imported. New places: %(new)s.", new=new)
    elif done.kind == "stock":
        sentence = _(
            "Imported. Lines of stock: %(new)s, new items: %(made_items)s.",
            new=new,
            made_items=figures.number(done.made_items, reader),
        )
    else:
        filled = figures.number(done.filled, reader)
        sentence = _(
            "Imported. New crates: %(new)s, with goods in them: %(filled)s.", new=new, filled=filled
        )
    return str(sentence)
