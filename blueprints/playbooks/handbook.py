"""The handbook: how we work together, for everybody to read and for coordinators to write."""

from __future__ import annotations

from typing import Any, Final

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.guards import need_coordinator
from blueprints.frame.language import current_reader
from blueprints.frame.web import reader, show_message
from blueprints.playbooks.schemas import PageForm
from depot.base.errors import NotFound
from depot.base.text import N_
from depot.kernel.once import Outcome
from depot.playbooks.commands.pages import SavedPage, save_page
from depot.playbooks.queries import handbook as pages
from depot.playbooks.queries.handbook import PageFacts

_FORM: Final = PageForm(form=True)


def index() -> str:
    """List the pages that are in use; those put away only for those who may bring them back."""
    session, who = reader()
    found = pages.handbook(session, who.depot_id, current_reader().gettext)
    return render_template(
        "playbooks/handbook.html",
        who=who,
        pages=[page for page in found if not page.archived],
        put_away=[page for page in found if page.archived] if who.is_coordinator else [],
    )


def page(key: str) -> str:
    """Show a page."""
    session, who = reader()
    found = _own(key)
    earlier = pages.earlier_versions(session, who.depot_id, key) if who.is_coordinator else []
    return render_template("playbooks/page.html", who=who, page=found, earlier=earlier)


def _own(key: str) -> PageFacts:
    session, who = reader()
    found = pages.find_page(session, who.depot_id, key, current_reader().gettext)
    if found is None or (found.archived and not who.is_coordinator):
        raise NotFound(what=N_("page"), name=key)
    return found


def new() -> str:
    """Ask for a page of the depot's own."""
    need_coordinator()
    return _form(Form(), None)


def create() -> ResponseReturnValue:
    """Keep a new page."""
    return _save(None, {})


def edit(key: str) -> str:
    """Show a page to be written anew."""
    need_coordinator()
    found = _own(key)
    archived = "yes" if found.archived else ""
    return _form(Form({"title": found.title, "text": found.text, "archived": archived}), found)


def update(key: str) -> ResponseReturnValue:
    """Keep the next version of a page."""
    return _save(_own(key), {"key": key})


def _save(found: PageFacts | None, extra: dict[str, Any]) -> ResponseReturnValue:
    need_coordinator()
    return submit_form(
        _FORM, save_page, done=_saved, again=lambda form: _form(form, found), extra=extra
    )


def _form(form: Form, found: PageFacts | None) -> str:
    return show_form("playbooks/edit_page.html", form, page=found)


def _saved(outcome: Outcome[SavedPage]) -> ResponseReturnValue:
    show_message(_("Saved: %(what)s", what=outcome.answer.title))
    return redirect(url_for("handbook.page", key=outcome.answer.key), 303)
