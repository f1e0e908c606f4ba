"""What pages and phones do to notes alike, and the sentences that answer it."""

from __future__ import annotations

from dataclasses import replace

from flask_babel import gettext as _

from blueprints.frame.web import Answer, found_or_404, reader
from blueprints.handover.schemas import NoteLineTask
from depot.base.actors import Actor
from depot.base.text import N_
from depot.handover.commands import AcknowledgeNote, acknowledge_note
from depot.handover.notes import task_name
from depot.handover.queries import find_note
from depot.kernel.answers import SavedId
from depot.kernel.once import Outcome
from depot.rota.commands import tasks
from depot.rota.commands.tasks import MakeTask, SavedTask


def answer_note(_outcome: Outcome[SavedId]) -> Answer:
    """Say that it hangs for the next shift."""
    return Answer(_("Written. The next shift meets it first."))


def run_seen(command: AcknowledgeNote, note_id: int, who: Actor) -> Outcome[SavedId]:
    """Note that somebody has seen a note. Raises DepotError."""
    return acknowledge_note(replace(command, note_id=note_id), who)


def answer_seen(_outcome: Outcome[SavedId]) -> Answer:
    """Say that it is noted."""
    return Answer(_("Seen. Who wrote it can read that you know."))


def run_task(form: NoteLineTask, note_id: int, who: Actor) -> Outcome[SavedTask]:
    """Make a task of a line; pressed twice, or on two phones, it is one. Raises DepotError."""
    session, _who = reader()
    note = found_or_404(N_("note"), note_id, find_note(session, who, note_id))
    found_or_404(N_("line"), form.line, note.lines[form.line - 1 : form.line] or None)
    text = note.lines[form.line - 1]
    name = task_name(text)
    command = MakeTask(
        command_id=form.command_id,
        name=name,
        text="" if name == text else text,
        grown_from="note",
        grown_from_id=note.id,
    )
    return tasks.make_task(command, who)


def answer_task(outcome: Outcome[SavedTask]) -> Answer:
    """Say what is to be done now."""
    return Answer(_("A task now: %(name)s", name=outcome.answer.name))
