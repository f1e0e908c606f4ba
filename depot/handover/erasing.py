"""Erasing the words of notes: what both taking down and fading do."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete
from sqlalchemy.orm import Session

from depot.models import NoteLine


def erase_lines(session: Session, note_ids: Sequence[int]) -> None:
    """Delete the lines of notes; that the notes were there stays."""
    session.execute(
        delete(NoteLine)
        .where(NoteLine.note_id.in_(note_ids))
        .execution_options(synchronize_session=False)
    )
