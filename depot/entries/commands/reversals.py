"""Undo: the mirror of an entry, beside it in the ledger, never instead of it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.kernel.once import Outcome, Work, run_once
from depot.kernel.undoing import Reversed, post_reversal


@dataclass(frozen=True, slots=True, kw_only=True)
class ReverseEntry:
    """Undo an entry; `reason` is what was typed, if anything was."""

    command_id: UUID
    entry_id: int = 0
    reason: str = ""


def reverse_entry(command: ReverseEntry, actor: Actor, clock: Clock = utc_now) -> Outcome[Reversed]:
    """Undo an entry, whatever happened since; what cannot be taken back opens a discrepancy.

    Coordinators undo any entry, volunteers their own and any written within the last 24 hours,
    helpers their own and any written today.
    Raises NotFound, Forbidden, AlreadyReversed, NotReversible (an undo is not undone).
    """
    return run_once(command, actor, clock, _reverse, Reversed)


def _reverse(command: ReverseEntry, work: Work) -> Reversed:
    return post_reversal(work, command.entry_id, command.reason)
