"""Doing one thing after another in the work of one command, which is not kept."""

from __future__ import annotations

from dataclasses import replace

from depot.kernel.answers import Booked
from depot.kernel.once import Work
from depot.kernel.undoing import Reversed, post_reversal
from depot.ledger.posting import lock_head


def further(work: Work, command_id: str, **other: object) -> Work:
    """The work of a command that comes after what this one posted."""
    head = lock_head(work.session, work.depot_id)
    return replace(work, command_id=command_id, head=head, **other)  # type: ignore[arg-type]


def undo(work: Work, answer: Booked, reason: str = "") -> Reversed:
    assert answer.entry_id is not None
    return post_reversal(further(work, f"undo-{answer.seq}"), answer.entry_id, reason)
