"""Counting a visit by card, from a page and from a phone that was without signal."""

from __future__ import annotations

from dataclasses import replace

from flask_babel import gettext as _

from blueprints.frame.web import Answer
from depot.base.actors import Actor
from depot.distribution.commands.visits import CountedVisit, CountVisit, count_visit
from depot.kernel.once import Outcome


def run_visit(command: CountVisit, event_id: int, who: Actor) -> Outcome[CountedVisit]:
    """Count what the page asks for. Raises DepotError."""
    return count_visit(replace(command, event_id=event_id), who)


def answer_visit(outcome: Outcome[CountedVisit]) -> Answer:
    """Say that the household was counted, and whether it is here for the first time."""
    if outcome.answer.was_counted:
        return Answer(_("That card was counted at this hand-out already. It counts once."))
    if outcome.answer.is_new:
        return Answer(_("Counted: a household that is here for the first time."))
    return Answer(_("Counted: a household that was here before."))
