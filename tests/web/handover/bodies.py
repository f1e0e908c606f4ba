"""What the walks over all routes need of notes."""

from __future__ import annotations

from typing import Any, Final
from uuid import uuid4

from depot.base.actors import Actor
from depot.handover.commands import WriteNote, write_note

#: What is sent to each address that names a note.
NOTES: Final[dict[str, dict[str, Any]]] = {
    "handover.see": {},
    "handover.make_task": {"line": "1"},
    "handover.take_down": {},
    "notes_api.take_down": {},
}


def leave_notes(who: Actor, mark: str) -> dict[str, int]:
    """Leave a handover and a notice; return what names the handover."""
    notice = WriteNote(command_id=uuid4(), kind="notice", text=f"{mark} door")
    write_note(notice, who)
    note = WriteNote(command_id=uuid4(), text=f"{mark} ham")
    return {"note_id": write_note(note, who).answer.id}
