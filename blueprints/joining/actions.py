"""Coming and leaving, as pages and phones say it."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _

from blueprints.frame.web import Answer
from depot.joining.commands.coming import Marked
from depot.kernel.once import Outcome


def answer_mark(outcome: Outcome[Marked]) -> Answer:
    """Say who is here or gone, with the way back."""
    told = outcome.answer
    undo = url_for("coming.take_back", mark_id=told.id)
    if told.kind == "come":
        return Answer(_("%(name)s is here.", name=told.name), undo)
    return Answer(_("%(name)s has left. Thank you!", name=told.name), undo)


def answer_taken_back(outcome: Outcome[Marked]) -> Answer:
    """Say that it is as if it had not been said."""
    return Answer(_("Undone: %(name)s.", name=outcome.answer.name))
