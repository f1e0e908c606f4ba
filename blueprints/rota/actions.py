"""What pages and phones do alike: take, look for somebody, give back."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _

from blueprints.frame.guards import actor
from blueprints.frame.language import current_reader
from blueprints.frame.web import Answer
from blueprints.rota.words import taken_words
from depot.kernel.once import Outcome
from depot.rota.commands.taking import Taken


def answer_taken(outcome: Outcome[Taken]) -> Answer:
    """Say how they stand to it now, with the way to it."""
    told = taken_words(outcome.answer, actor(), current_reader())
    address = url_for("rota.show", activity=str(outcome.answer.activity_id))
    return Answer(told, href=address, link_text=_("Look at it"))
