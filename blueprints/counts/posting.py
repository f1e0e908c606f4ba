"""What differs on a count sheet, posting it and undoing that: for coordinators."""

from __future__ import annotations

from dataclasses import replace

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from blueprints.counts import schemas, words
from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.language import current_reader
from blueprints.frame.web import Answer, found_or_404, reader, show_answer
from depot.base.actors import Actor
from depot.base.text import N_
from depot.counts.commands import posting
from depot.counts.queries import sheets as query
from depot.counts.queries.sheets import Review
from depot.kernel.once import Outcome


def review(sheet_id: int) -> ResponseReturnValue:
    """Show what a posting would book, and ask whose number is right."""
    return _review_page(sheet_id, Form({}))


def find_review(sheet_id: int) -> Review:
    """Return the differences of a sheet of the depot. Raises NotFound."""
    session, who = reader()
    found = query.review(session, who.depot_id, sheet_id)
    return found_or_404(N_("count sheet"), sheet_id, found)


def _review_page(sheet_id: int, form: Form) -> str | ResponseReturnValue:
    found = find_review(sheet_id)
    if not found.sheet.is_open:
        return redirect(url_for("counts.sheet", sheet_id=sheet_id))
    shown = [
        words.difference_words(one, index, current_reader())
        for index, one in enumerate(found.differences)
    ]
    return show_form(
        "counts/review.html",
        form,
        review=found,
        sheet=found.sheet,
        differences=shown,
        missing=found.not_counted,
    )


def post(sheet_id: int) -> ResponseReturnValue:
    """Book it."""

    def run(form: schemas.PostForm, who: Actor) -> Outcome[posting.PostedCountSheet]:
        command = posting.PostCountSheet(
            command_id=form.command_id,
            sheet_id=sheet_id,
            version=form.version,
            note=form.note,
            choices=tuple(
                posting.LineChoice(number=choice.number, counter=choice.counter)
                for choice in form.choices
                if choice.counter is not None
            ),
        )
        return posting.post_count_sheet(command, who)

    return submit_form(
        schemas.PostFormSchema(form=True),
        run,
        done=_posted,
        again=lambda f: _review_page(sheet_id, f),
    )


def _posted(outcome: Outcome[posting.PostedCountSheet]) -> ResponseReturnValue:
    done = outcome.answer
    different = sum(line.variance != 0 for line in done.lines)
    sentence = ngettext(
        "%(place)s is posted: %(num)s difference.",
        "%(place)s is posted: %(num)s differences.",
        different,
        place=done.place,
    )
    undo = url_for("counts_posting.undo", sheet_id=done.sheet_id)
    show_answer(Answer(sentence, undo_href=undo), outcome)
    return redirect(url_for("counts.sheet", sheet_id=done.sheet_id), 303)


def undo(sheet_id: int) -> ResponseReturnValue:
    """Take it out of the book again; the sheet goes on."""

    def run(command: posting.UndoCountSheet, who: Actor) -> Outcome[posting.PostedCountSheet]:
        return posting.undo_count_sheet(replace(command, sheet_id=sheet_id), who)

    def done(outcome: Outcome[posting.PostedCountSheet]) -> ResponseReturnValue:
        place = outcome.answer.place
        show_answer(Answer(_("The count of %(place)s is undone.", place=place)), outcome)
        return redirect(url_for("counts.sheet", sheet_id=sheet_id), 303)

    return submit_form(
        schemas.UndoCountSheetSchema(form=True),
        run,
        done=done,
        again=lambda form: _review_page(sheet_id, form),
    )
