"""What pages and phones say of tasks alike."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _

from blueprints.frame.web import Answer
from depot.kernel.once import Outcome
from depot.rota.commands.taking import Taken
from depot.rota.commands.tasks import SavedTask, Ticked


def answer_finish(outcome: Outcome[SavedTask]) -> Answer:
    """Say that it is done, with the way back."""
    undo = url_for("tasks.reopen", activity=outcome.answer.id)
    return Answer(_("Done: %(what)s", what=outcome.answer.name), undo)


def answer_reopened(outcome: Outcome[SavedTask]) -> Answer:
    """Say that it is not done."""
    return Answer(_("Not done yet: %(what)s", what=outcome.answer.name))


def answer_tick(outcome: Outcome[Ticked]) -> Answer:
    """Say whether the step is done."""
    told = outcome.answer
    if told.is_done:
        return Answer(_("Ticked: %(what)s", what=told.text))
    return Answer(_("Not done: %(what)s", what=told.text))


def answer_take(outcome: Outcome[Taken]) -> Answer:
    """Say whose it is."""
    name = outcome.answer.name
    href, link = url_for("tasks.show", activity=outcome.answer.activity_id), _("Look at it")
    return Answer(_("It is yours: %(what)s", what=name), None, href, link)
