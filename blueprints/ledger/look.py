"""Things to look at: a coordinator settles each in one step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, Response, redirect, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from blueprints.forms import Form, show, submit
from blueprints.ledger.listings import send_things
from blueprints.ledger.schemas import ResolutionSchema
from blueprints.things import book_words, settled_words, thing_small, thing_title
from blueprints.web import reader, tell
from depot.actors import Actor
from depot.commands.base import Outcome
from depot.commands.discrepancies import UNDONE, ResolveDiscrepancy, resolve_discrepancy
from depot.queries.discrepancies import DiscrepancyRow, looked_at, open_count, open_discrepancies

bp = Blueprint("discrepancies", __name__)


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing in words, with what can be done about it."""

    id: int
    title: Markup
    small: str
    numbers: Markup | None
    entry_id: int | None
    entry_seq: int | None
    can_undo: bool
    settled: str


@bp.get("/")
def index() -> Any:
    """List what waits, and what was looked at."""
    return _page(Form())


@bp.get("/list.<ending>")
def index_file(ending: str) -> Response:
    """Send all of it, what was settled too."""
    return send_things(ending)


def _page(form: Form) -> str:
    session, who = reader()
    waiting = open_discrepancies(session, who.depot_id)
    return show(
        "ledger/look.html",
        form,
        waiting=[_thing(row) for row in waiting],
        more=open_count(session, who.depot_id) > len(waiting),
        settled=[_thing(row) for row in looked_at(session, who.depot_id)],
    )


def _thing(row: DiscrepancyRow) -> Thing:
    return Thing(
        id=row.id,
        title=thing_title(row),
        small=thing_small(row),
        numbers=book_words(row),
        entry_id=row.entry_id,
        entry_seq=row.entry_seq,
        can_undo=row.can_undo,
        settled=settled_words(row),
    )


@bp.post("/<int:discrepancy_id>")
def resolve(discrepancy_id: int) -> Any:
    """Settle one."""

    def run(command: ResolveDiscrepancy, who: Actor) -> Outcome:
        return resolve_discrepancy(replace(command, discrepancy_id=discrepancy_id), who)

    return submit(ResolutionSchema(form=True), run, done=_settled, again=_page)


def _settled(outcome: Outcome) -> Any:
    if outcome.body["resolution"] == UNDONE:
        tell(_("Undone, and looked at."))
    else:
        tell(_("Looked at: right as it is."))
    return redirect(url_for("discrepancies.index"), 303)
