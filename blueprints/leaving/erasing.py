"""Erasing somebody who asked for it. For coordinators."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.web import found_or_404, keep_no_copy, query_text, reader, show_message
from blueprints.leaving.schemas import ErasePersonSchema
from depot.base.text import N_
from depot.kernel.once import AnyOutcome
from depot.leaving.commands import erase_person
from depot.leaving.queries import people_to_erase, person_to_erase


def index() -> ResponseReturnValue:
    """Find somebody who works or worked here."""
    keep_no_copy()
    session, who = reader()
    search = query_text("q")
    rows = people_to_erase(session, who.depot_id, search, who.person_id)
    return show_form("leaving/people.html", Form({"q": search}), who=who, rows=rows)


def show(person_id: int) -> ResponseReturnValue:
    """Say what goes and what stays, and ask."""
    keep_no_copy()
    return _page(person_id, Form())


def _page(person_id: int, form: Form) -> str:
    session, who = reader()
    row = person_to_erase(session, who.depot_id, person_id)
    found = found_or_404(N_("person"), person_id, row)
    return show_form("leaving/person.html", form, who=who, person=found)


def erase(person_id: int) -> ResponseReturnValue:
    """Erase them."""
    return submit_form(
        ErasePersonSchema(form=True),
        erase_person,
        done=_erased,
        again=lambda form: _page(person_id, form),
        extra={"person_id": person_id},
    )


def _erased(_outcome: AnyOutcome) -> ResponseReturnValue:
    show_message(_("Erased: from now on they are somebody who left."))
    return redirect(url_for("erasing.index"), 303)
