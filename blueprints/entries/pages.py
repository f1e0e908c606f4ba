"""The ledger's pages: what happened, line by line, and undoing it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from marshmallow import ValidationError

from blueprints.entries.lists import send_ledger
from blueprints.entries.schemas import PAGE_SIZE, EntryQuery, EntryQuestion, ReversalSchema
from blueprints.entries.words import entry_facts, line_rows, taken_words, weighing_facts
from blueprints.frame.forms import Form, flatten, nest, show_form, submit_form
from blueprints.frame.language import current_reader
from blueprints.frame.web import (
    Answer,
    counted_since_words,
    next_page,
    reader,
    show_answer,
)
from blueprints.words import entries as words
from blueprints.words.discrepancies import discrepancy_title, resolution_words
from depot.base.actors import Actor
from depot.base.errors import Invalid, NotFound
from depot.base.kinds import ENTRY_KINDS
from depot.base.text import N_
from depot.entries.commands.reversals import ReverseEntry, reverse_entry
from depot.entries.queries import ledger
from depot.entries.queries.discrepancies import discrepancies_of
from depot.entries.queries.entry_filters import EntryFilter
from depot.entries.queries.journal import second_of
from depot.entries.queries.ledger import EntryRow
from depot.entries.queries.weighings import weighings_of
from depot.items.queries import catalog
from depot.kernel.answers import Questioned
from depot.kernel.once import AnyOutcome, Outcome
from depot.kernel.undoing import Reversed
from depot.reports.sums.in_kind import NOT_GIVEN
from depot.words import figures


def index() -> ResponseReturnValue:
    """List what happened, the newest first, as filtered."""
    session, who = reader()
    form, asked = _asked()
    page = ledger.list_entries(session, who, asked.wanted, asked.after, asked.limit)
    older = {**form.values, "after": page.next}
    newest = {name: value for name, value in form.values.items() if name != "after"}
    shown = show_form(
        "entries/index.html",
        form,
        days=_by_day(page.rows),
        kinds=[(kind, _(words.ENTRY_KIND_WORDS[kind])) for kind in ENTRY_KINDS],
        items=[row.name for row in catalog.item_names(session, who.depot_id)],
        filtered=not asked.wanted.is_open,
        older=url_for("ledger.index", **older) if page.next else None,
        newest=url_for("ledger.index", **newest) if asked.after else None,
    )
    return shown, form.status


def index_file(ending: str) -> Response:
    """Send all that the filters ask for. Raises Invalid for a filter that cannot be read."""
    form, asked = _asked()
    for field, problems in form.errors.items():
        raise Invalid(field=field, problem=problems[0])
    return send_ledger(ending, asked.wanted)


def _asked() -> tuple[Form, EntryQuestion]:
    """Read the filters; one that cannot be read is shown at its field and asks for nothing."""
    typed = {name: value for name, value in request.args.items() if value.strip()}
    try:
        return Form(dict(typed)), EntryQuery(form=True).load(nest(typed))
    except ValidationError as error:
        return Form(dict(typed), flatten(error.messages), 422), EntryQuestion(
            EntryFilter(), None, PAGE_SIZE
        )


def _by_day(rows: Sequence[EntryRow]) -> list[tuple[date, list[words.EntryText]]]:
    """Group the entries by the day on which they were written, which is the book's own order."""
    return [
        (day, [words.describe_entry(row, current_reader(), url_for) for row in group])
        for day, group in groupby(
            rows, key=lambda row: figures.to_local(row.recorded_at, current_reader()).date()
        )
    ]


def entry(entry_id: int) -> ResponseReturnValue:
    """Show one entry line by line, with its undo or what it undoes."""
    return _entry_page(entry_id, Form())


def _entry_page(entry_id: int, form: Form) -> str:
    session, who = reader()
    row = ledger.find_entry(session, who, entry_id)
    if row is None:
        raise NotFound(what=N_("entry"), name=str(entry_id))
    pair_id = row.reverses_id or row.reversed_by_id
    pair = ledger.find_entry(session, who, pair_id) if pair_id else None
    things = discrepancies_of(session, who.depot_id, entry_id)
    return show_form(
        "entries/entry.html",
        form,
        entry=row,
        row_number=figures.number(row.seq, current_reader()),
        title=words.entry_title(row, current_reader()),
        kind=words.ENTRY_COLOURS[row.kind],
        has_receipt=row.kind == "receipt"
        and row.source_kind not in NOT_GIVEN
        and not row.is_undone,
        facts=[
            *entry_facts(row, current_reader()),
            *_second_fact(row),
            *weighing_facts(weighings_of(session, who.depot_id, entry_id), current_reader()),
        ],
        lines=line_rows(row, current_reader()),
        pair=words.describe_entry(pair, current_reader(), url_for) if pair else None,
        things=[
            (discrepancy_title(thing, current_reader()), resolution_words(thing, current_reader()))
            for thing in things
        ],
    )


def _second_fact(row: EntryRow) -> list[tuple[str, str]]:
    """Return who agreed, where it took two people."""
    session, who = reader()
    if row.kind != "write_off":
        return []
    name = second_of(session, who.depot_id, row.entry_id)
    return [(_("Agreed by"), name)] if name else []


def undo(entry_id: int) -> ResponseReturnValue:
    """Undo an entry and show the pair, or the list in which it was undone."""

    def run(command: ReverseEntry, who: Actor) -> Outcome[Reversed]:
        return reverse_entry(replace(command, entry_id=entry_id), who)

    def done(outcome: Outcome[Reversed]) -> ResponseReturnValue:
        show_answer(answer_undo(outcome))
        return redirect(next_page(url_for("ledger.entry", entry_id=entry_id)), 303)

    return submit_form(
        ReversalSchema(form=True),
        run,
        done=done,
        again=lambda form: _entry_page(entry_id, form),
    )


def answer_undo(outcome: AnyOutcome) -> Answer:
    """Say that it was undone, as far as it could be, and from where goods were taken."""
    asked = outcome.answer.discrepancies if isinstance(outcome.answer, Questioned) else ()
    short = sum(one.kind != "counted_since" for one in asked)
    told = [_undone_words(short), *taken_words(outcome.answer, current_reader())]
    if "counted_since" in outcome.asks:
        told.append(counted_since_words())
    return Answer(" ".join(told))


def _undone_words(things: int) -> str:
    if not things:
        return str(_("Undone. Both lines stay in the book."))
    told = ngettext(
        "Undone, but for %(num)s thing that could not be taken back."
        " A coordinator will look at it.",
        "Undone, but for %(num)s things that could not be taken back."
        " A coordinator will look at them.",
        things,
    )
    return str(told)
