"""Who is here, and ending what a phone or a helper may do."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Response, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.language import current_reader
from blueprints.frame.web import reader, show_message
from blueprints.joining.schemas import EndHelperSchema, EndPhoneSchema, LetInAgainSchema
from blueprints.joining.words import here_since, role_word
from blueprints.words.columns import MOMENT, Column, wall_clock
from blueprints.words.exports import send_list
from depot.base.clock import utc_now
from depot.joining.commands.helpers import end_phone as end_phone_command
from depot.joining.commands.helpers import let_in_again as let_in_command
from depot.joining.queries import ended_helpers, here_now
from depot.kernel.once import AnyOutcome
from depot.people.commands.access import end_access


def index() -> ResponseReturnValue:
    """Show who is here today."""
    return _page(Form())


def _page(form: Form) -> str:
    session, who = reader()
    rows = here_now(session, who.depot, utc_now())
    return show_form(
        "joining/index.html",
        form,
        who=who,
        rows=rows,
        first=sum(row.is_first_day for row in rows),
        ended=ended_helpers(session, who.depot_id) if who.is_coordinator else [],
        here_since=partial(here_since, reader=current_reader()),
    )


def index_file(ending: str) -> Response:
    """Send who is here."""
    session, who = reader()
    reads = current_reader()
    columns: list[Column[Any]] = [
        Column(_("Name"), lambda row: row.name),
        Column(_("Role"), lambda row: role_word(row, reads)),
        Column(_("Here since"), lambda row: wall_clock(row.since, reads), MOMENT),
        Column(_("Is here"), lambda row: _("yes") if row.is_here else ""),
        Column(_("For the first time"), lambda row: _("yes") if row.is_first_day else ""),
    ]
    return send_list(ending, _("Who is here"), columns, here_now(session, who.depot, utc_now()))


def end_phone(session_id: int) -> ResponseReturnValue:
    """Sign a phone out."""
    return submit_form(
        EndPhoneSchema(form=True),
        end_phone_command,
        done=partial(_done, _("Signed out there. What waits on it is kept.")),
        again=_page,
        extra={"session_id": session_id},
    )


def end_helper(person_id: int) -> ResponseReturnValue:
    """End what a helper may do, on every phone of theirs."""
    return submit_form(
        EndHelperSchema(form=True),
        end_access,
        done=partial(_done, _("Their access has ended. What waits on their phone is kept.")),
        again=_page,
        extra={"person_id": person_id},
    )


def let_in_again(person_id: int) -> ResponseReturnValue:
    """Let a helper join again."""
    return submit_form(
        LetInAgainSchema(form=True),
        let_in_command,
        done=partial(_done, _("They can join again by the code on the wall.")),
        again=_page,
        extra={"person_id": person_id},
    )


def _done(sentence: str, _outcome: AnyOutcome) -> ResponseReturnValue:
    show_message(sentence)
    return redirect(url_for("joining.index"), 303)
