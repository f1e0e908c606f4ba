"""By which age bands a depot asks, and how many of each were helped."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.guards import need_coordinator
from blueprints.frame.language import current_reader
from blueprints.frame.web import reader, show_message
from blueprints.visits.schemas import AgeBandsSchema
from depot.distribution.ages import bands_of
from depot.distribution.commands.ages import SavedAgeBands, save_age_bands
from depot.kernel.once import Outcome
from depot.words import figures
from depot.words.figures import band_words


def ask() -> ResponseReturnValue:
    """Show the bands of now, to be chosen anew."""
    need_coordinator()
    session, who = reader()
    reads = current_reader()
    begins = [figures.plain_number(one.from_age, reads) for one in bands_of(session, who.depot_id)]
    return _page(Form({"begins": ", ".join(begins)}))


def _page(form: Form) -> str:
    session, who = reader()
    reads = current_reader()
    bands = [band_words(one.from_age, one.to_age, reads) for one in bands_of(session, who.depot_id)]
    return show_form("visits/ages.html", form, bands=bands)


def save() -> ResponseReturnValue:
    """Choose them."""
    need_coordinator()

    def done(_outcome: Outcome[SavedAgeBands]) -> ResponseReturnValue:
        show_message(_("From now on people are counted by these ages."))
        return redirect(url_for("visits.ages"), 303)

    return submit_form(AgeBandsSchema(form=True), save_age_bands, done=done, again=_page)
