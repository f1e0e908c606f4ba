"""Undoing what a phone kept earlier: an entry, that somebody came, that a task is done.

As the table of deliveries, only the composition root knows several slices.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask_babel import gettext as _

from blueprints.entries.pages import answer_undo
from blueprints.frame.web import Answer
from blueprints.joining.actions import answer_taken_back
from blueprints.tasks.actions import answer_reopened, answer_tick
from depot.base.actors import Actor
from depot.base.errors import AlreadyReversed
from depot.db.database import current_session
from depot.entries.commands.reversals import reverse_entry
from depot.entries.queries.journal import answer_of, entry_to_undo
from depot.joining.commands.coming import Marked, TakeBackMark, take_back_mark
from depot.kernel.answers import Booked
from depot.kernel.once import AnyOutcome, Outcome
from depot.rota.commands.tasks import (
    ReopenTask,
    SavedTask,
    Ticked,
    TickStep,
    reopen_task,
    tick_step,
)


def undo(loaded: Any, named: dict[str, Any], who: Actor) -> AnyOutcome:
    """Undo what a command did; where there is nothing to undo (any more), that is as good."""
    of = str(named["of"])
    entry_id = entry_to_undo(current_session(), who.depot_id, of)
    if entry_id is None:
        return _undo_of_people(loaded, of, who) or Outcome(Booked())
    try:
        return reverse_entry(replace(loaded, entry_id=entry_id), who)
    except AlreadyReversed:
        return Outcome(Booked())


def _undo_of_people(loaded: Any, of: str, who: Actor) -> AnyOutcome | None:
    """Take back that somebody came or left, that a task is done, or a tick; None: none of it."""
    told, own = answer_of(current_session(), who.depot_id, of), loaded.command_id
    if told.get("kind") in ("come", "leave") and "person_id" in told:
        return take_back_mark(TakeBackMark(command_id=own, mark_id=told["id"]), who)
    if told.keys() == {"id", "name", "is_done"} and told["is_done"]:
        return reopen_task(ReopenTask(command_id=own, activity=str(told["id"])), who)
    if told.keys() == {"activity_id", "number", "text", "is_done"}:
        step = {"activity": str(told["activity_id"]), "number": told["number"]}
        return tick_step(TickStep(command_id=own, **step, done=not told["is_done"]), who)
    return None


def undone(outcome: Outcome[Any]) -> Answer:
    """Say what was undone."""
    if isinstance(outcome.answer, Marked):
        return answer_taken_back(outcome)
    if isinstance(outcome.answer, SavedTask):
        return answer_reopened(outcome)
    if isinstance(outcome.answer, Ticked):
        return answer_tick(outcome)
    return answer_undo(outcome) if outcome.entry_id else Answer(_("There is nothing left to undo."))
