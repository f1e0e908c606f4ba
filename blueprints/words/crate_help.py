"""Crates on pages of several slices: a code that leads nowhere, and where one was moved."""

from __future__ import annotations

from flask_babel import gettext as _

from blueprints.frame.forms import Form, show_form
from blueprints.frame.web import reader
from blueprints.words.listing.places import offered_places
from depot.crates.queries.crate_lists import near_crates
from depot.kernel.once import Outcome
from depot.stock.commands.transfers import MovedCrate
from labels.symbols import codes


def answer_no_crate(text: str, form: Form | None = None) -> tuple[str, int]:
    """Answer 404 for a code or number that no crate of this depot has.

    A crate of another depot is no crate of this one, and the page does not say that it exists.
    `form` is an attempt to use the label here that was sent back.
    """
    session, who = reader()
    code = codes.normalise_code(text)
    found = show_form(
        "scanning/unknown.html",
        form or Form(),
        typed=text[:80],
        code=code,
        near=near_crates(session, who.depot_id, text[:80]),
        places=offered_places().hints() if code else [],
    )
    return found, 404


def moved_crate_words(outcome: Outcome[MovedCrate]) -> str:
    """Say where the crate is now, and if it was there already, or was moved on since."""
    said = {"code": outcome.answer.code, "place": outcome.answer.location}
    if outcome.answer.stays:
        return str(_("%(code)s was moved on since: it stays at %(place)s.", **said))
    if outcome.entry_id is None:
        return str(_("%(code)s stood there already: %(place)s.", **said))
    return str(_("%(code)s is at %(place)s now.", **said))
