"""Count sheets: the list, starting one, and writing on one, for both counters."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.counts import actions, schemas, words
from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.language import current_reader
from blueprints.frame.web import found_or_404, query_id, query_text, reader, show_answer
from blueprints.words.listing.places import offered_places
from depot.base.actors import Actor
from depot.base.text import N_
from depot.counts.commands import sheets
from depot.counts.queries import sheets as query
from depot.counts.queries.sheets import SheetView
from depot.counts.sheets import FIRST, SECOND, SheetLine
from depot.items.queries import catalog
from depot.kernel.answers import Answer
from depot.kernel.once import Outcome


def index() -> ResponseReturnValue:
    """List what is being counted, and what was counted lately."""
    session, who = reader()
    found = query.count_sheets(session, who.depot_id)
    return render_template(
        "counts/index.html",
        open=[words.sheet_words(one, current_reader()) for one in found.open],
        done=[words.sheet_words(one, current_reader()) for one in found.done],
    )


def new() -> ResponseReturnValue:
    """Ask which place is to be counted; one that is being counted already is opened."""
    session, who = reader()
    place = query_id("place")
    known = None if place is None else query.open_sheet_of(session, who.depot_id, place)
    if known is not None:
        return redirect(url_for("counts.sheet", sheet_id=known))
    return _start_page(Form({"location_id": place or ""}))


def _start_page(form: Form) -> str:
    return show_form("counts/new.html", form, places=offered_places().ids())


def start() -> ResponseReturnValue:
    """Make the sheet."""

    def done(outcome: Outcome[sheets.StartedCountSheet]) -> ResponseReturnValue:
        return redirect(url_for("counts.sheet", sheet_id=outcome.answer.id), 303)

    return submit_form(
        schemas.StartCountSheetSchema(form=True),
        sheets.start_count_sheet,
        done=done,
        again=_start_page,
    )


def sheet(sheet_id: int) -> ResponseReturnValue:
    """Show the sheet to whoever counts first."""
    return _sheet_page(sheet_id, FIRST, Form({}))


def second(sheet_id: int) -> ResponseReturnValue:
    """Show the sheet to the second counter, without the book and the first one's numbers."""
    return _sheet_page(sheet_id, SECOND, Form({}))


def find_view(sheet_id: int) -> SheetView:
    """Return the sheet of the depot. Raises NotFound."""
    session, who = reader()
    found = query.sheet_view(session, who.depot_id, sheet_id)
    return found_or_404(N_("count sheet"), sheet_id, found)


def _sheet_page(sheet_id: int, counter: int, form: Form) -> str:
    view = find_view(sheet_id)
    if not view.sheet.is_open:
        return _closed_page(view)
    _session, who = reader()
    lines, first, following = _page_of(view)
    shown = words.sections(lines, counter, view, who.depot.weight_unit, current_reader())
    return show_form(
        "counts/sheet.html",
        form,
        sheet=view.sheet,
        counter=counter,
        is_second=counter == SECOND,
        sections=shown,
        empty_crates=[one.code for one in view.crates if one.is_empty],
        progress=words.progress_words(view.sheet, counter, current_reader()),
        counted=view.sheet.counted(counter),
        first=first,
        following=following,
        here=actions.sheet_address(sheet_id, counter),
        who=who,
    )


def _page_of(view: SheetView) -> tuple[list[SheetLine], int, int | None]:
    """Return the lines of the page asked for, its first number, and the next page's."""
    first, size = query_id("from") or 1, actions.LINES_ON_PAGE
    lines = [line for line in view.sheet.lines if line.number >= first]
    following = lines[size].number if len(lines) > size else None
    return lines[:size], first, following


def _closed_page(view: SheetView) -> str:
    session, who = reader()
    return render_template(
        "counts/closed.html",
        sheet=view.sheet,
        closed=words.closed_words(view.sheet, current_reader()),
        entries=query.entries_of_sheet(session, who.depot_id, view.sheet.id),
        lines=[
            words.line_words(line, index, FIRST, view, who.depot.weight_unit, current_reader())
            for index, line in enumerate(view.sheet.lines)
        ],
        who=who,
    )


def write(sheet_id: int) -> ResponseReturnValue:
    """Write down the lines of a page, and go on to the next one."""
    counter = SECOND if request.form.get("counter") == str(SECOND) else FIRST
    following = request.form.get("next", "")[:9]

    def done(outcome: Outcome[sheets.Tallied]) -> ResponseReturnValue:
        show_answer(actions.answer_lines(outcome), outcome)
        here = actions.sheet_address(sheet_id, counter)
        return redirect(
            f"{here}?from={int(following)}"
            if following.isascii() and following.isdigit()
            else here,
            303,
        )

    return submit_form(
        schemas.LinesFormSchema(form=True),
        lambda form, who: actions.write_lines(form, sheet_id, who),
        done=done,
        again=lambda form: _sheet_page(sheet_id, counter, form),
    )


def found(sheet_id: int) -> ResponseReturnValue:
    """Ask what was found that has no line."""
    form = Form({"crate": query_text("crate"), "counter": query_text("counter")})
    return _found_page(sheet_id, form)


def _found_page(sheet_id: int, form: Form) -> str:
    view = find_view(sheet_id)
    session, who = reader()
    counter = SECOND if str(form.values.get("counter")) == str(SECOND) else FIRST
    items = [row.name for row in catalog.item_names(session, who.depot_id, with_loose=True)]
    return show_form(
        "counts/found.html",
        form,
        sheet=view.sheet,
        counter=counter,
        here=actions.sheet_address(sheet_id, counter),
        items=items,
        codes=[crate.code for crate in view.crates],
        who=who,
    )


def add_found(sheet_id: int) -> ResponseReturnValue:
    """Give what was found a line."""

    def done(outcome: Outcome[sheets.Tallied]) -> ResponseReturnValue:
        show_answer(actions.answer_lines(outcome), outcome)
        counter = SECOND if request.form.get("counter") == str(SECOND) else FIRST
        return redirect(actions.sheet_address(sheet_id, counter), 303)

    return submit_form(
        schemas.FoundFormSchema(form=True),
        lambda form, who: actions.write_found(form, sheet_id, who),
        done=done,
        again=lambda form: _found_page(sheet_id, form),
    )


def add_crate(sheet_id: int) -> ResponseReturnValue:
    """Go to a crate's lines on the sheet; one that is not on it is put there."""
    counter = SECOND if query_text("counter") == str(SECOND) else FIRST

    def done(outcome: Outcome[sheets.CrateOnSheet]) -> ResponseReturnValue:
        crate = outcome.answer
        if not crate.numbers:
            asked: dict[str, Any] = {"crate": crate.crate_code, "counter": counter}
            show_answer(actions.answer_crate(outcome), outcome)
            return redirect(url_for("counts.found", sheet_id=sheet_id, **asked), 303)
        first = actions.page_start(crate.numbers[0])
        here = actions.sheet_address(sheet_id, counter)
        return redirect(f"{here}?from={first}#line-{crate.numbers[0]}", 303)

    return submit_form(
        schemas.CrateFormSchema(form=True),
        lambda command, who: actions.put_crate(command, sheet_id, who),
        done=done,
        again=lambda form: _sheet_page(sheet_id, counter, form),
    )


def call_off(sheet_id: int) -> ResponseReturnValue:
    """Count no further."""

    def run(command: sheets.CallOffCountSheet, who: Actor) -> Outcome[Answer]:
        return sheets.call_off_count_sheet(replace(command, sheet_id=sheet_id), who)

    return submit_form(
        schemas.CallOffCountSchema(form=True),
        run,
        done=lambda _outcome: redirect(url_for("counts.sheet", sheet_id=sheet_id), 303),
        again=lambda form: _sheet_page(sheet_id, FIRST, form),
    )
