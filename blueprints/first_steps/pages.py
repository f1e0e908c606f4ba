"""Putting the first steps away: a form on Today."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.first_steps.schemas import PutAwaySchema
from blueprints.frame.forms import Form, show_form, submit_form
from blueprints.frame.web import show_message
from depot.first_steps.commands import put_away as do_put_away
from depot.kernel.once import AnyOutcome


def put_away() -> ResponseReturnValue:
    """Show these steps no more, and go back to Today."""

    def done(_outcome: AnyOutcome) -> ResponseReturnValue:
        show_message(_("Put away. What was to be done stands under More."))
        return redirect(url_for("today.show"), 303)

    return submit_form(PutAwaySchema(form=True), do_put_away, done=done, again=_refused)


def _refused(form: Form) -> str:
    sentences = [sentence for found in form.errors.values() for sentence in found]
    return show_form("problem.html", form, message=" ".join(dict.fromkeys(sentences)), kept=[])
