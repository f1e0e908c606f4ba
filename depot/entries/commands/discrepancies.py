"""What was accepted although the ledger disagreed: a coordinator settles it in one step."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, select

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid, NotFound
from depot.base.text import N_
from depot.kernel.answers import ONLY_WHEN_SET, Opened
from depot.kernel.asked.asking import asker_of
from depot.kernel.asked.errors import SamePerson
from depot.kernel.draft import settle_discrepancies
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.kernel.promises.keeping import TOO_MUCH
from depot.kernel.promises.reserving import keep_what_is_here
from depot.kernel.second.needed import has_two_coordinators
from depot.kernel.second.write_offs import ABOVE_LIMIT
from depot.kernel.undoing import Reversed, post_reversal
from depot.models import ApiToken, Discrepancy, StockEntry

ACCEPTED: Final = "accepted"
UNDONE: Final = "undone"
#: Nothing came of it: a code that nobody needs to know.
IGNORED: Final = "ignored"
RESOLUTIONS: Final = (ACCEPTED, UNDONE, IGNORED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveDiscrepancy:
    """Settle one: `accepted` (right as it is), `undone` (the entry behind it), or `ignored`."""

    command_id: UUID
    discrepancy_id: int = 0
    resolution: str = ACCEPTED
    #: Of what was logged after a hand-out was closed: the oldest that was seen with it, and is
    #: settled with it, as is all between. None: this one alone.
    since_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedDiscrepancy(Reversed):
    """A thing to look at is settled; if by undoing, its entry is reversed."""

    discrepancy_id: int
    resolution: str
    entry_id: int | None = field(default=None, metadata=ONLY_WHEN_SET)
    seq: int | None = field(default=None, metadata=ONLY_WHEN_SET)
    discrepancies: tuple[Opened, ...] = field(default=(), metadata=ONLY_WHEN_SET)
    reverses_id: int | None = field(default=None, metadata=ONLY_WHEN_SET)
    reverses_seq: int | None = field(default=None, metadata=ONLY_WHEN_SET)


def resolve_discrepancy(
    command: ResolveDiscrepancy, actor: Actor, clock: Clock = utc_now
) -> Outcome[ResolvedDiscrepancy]:
    """Settle a discrepancy; one that was settled already stays as it was settled.

    Undoing settles every other open one of the same entry too. Where more was promised than is
    here, no more is promised from then on. Raises Forbidden for volunteers,
    NotFound, Invalid, and what undoing raises.
    """
    return run_once(command, actor, clock, _resolve, ResolvedDiscrepancy)


def _resolve(command: ResolveDiscrepancy, work: Work) -> ResolvedDiscrepancy:
    need_coordinator(work.actor)
    if command.resolution not in RESOLUTIONS:
        raise Invalid(field="resolution", problem=N_("Choose what to do about it."))
    found = work.session.scalar(
        select(Discrepancy).where(
            Discrepancy.id == command.discrepancy_id, Discrepancy.depot_id == work.depot_id
        )
    )
    if found is None:
        raise NotFound(what=N_("thing to look at"), name=str(command.discrepancy_id))
    if found.resolved_at is not None:
        return _said(found.id, found.resolution)
    if command.resolution != UNDONE:
        _need_other_eyes(found, work)
        settle_discrepancies(work, command.resolution, _which(found, command, work))
        if found.kind == TOO_MUCH and found.item_id is not None:
            keep_what_is_here(work, found.item_id)
        return _said(found.id, command.resolution)
    if found.entry_id is None:
        raise Invalid(field="resolution", problem=N_("There is no entry to undo here."))
    undone = post_reversal(work, found.entry_id, "")
    return ResolvedDiscrepancy(
        discrepancy_id=found.id,
        resolution=UNDONE,
        entry_id=undone.entry_id,
        seq=undone.seq,
        discrepancies=undone.discrepancies,
        reverses_id=undone.reverses_id,
        reverses_seq=undone.reverses_seq,
        taken=undone.taken,
        with_seqs=undone.with_seqs,
    )


def _which(found: Discrepancy, command: ResolveDiscrepancy, work: Work) -> ColumnElement[bool]:
    """Return what is settled: the one, or with it the others of one hand-out that were seen."""
    if command.since_id is None or found.kind != "event_closed":
        return Discrepancy.id == found.id
    event = select(StockEntry.event_id).where(
        StockEntry.depot_id == work.depot_id, StockEntry.id == found.entry_id
    )
    entries = select(StockEntry.id).where(
        StockEntry.depot_id == work.depot_id, StockEntry.event_id == event.scalar_subquery()
    )
    seen = Discrepancy.id.between(command.since_id, found.id)
    return seen & (Discrepancy.kind == found.kind) & Discrepancy.entry_id.in_(entries)


def _need_other_eyes(found: Discrepancy, work: Work) -> None:
    """What one person may not write off alone, another one looks at, if there is another."""
    if found.kind != ABOVE_LIMIT or work.actor.is_console:
        return
    entry = work.session.execute(
        select(StockEntry.person_id, ApiToken.created_by_id)
        .outerjoin(ApiToken, ApiToken.id == StockEntry.token_id)
        .where(StockEntry.depot_id == work.depot_id, StockEntry.id == found.entry_id)
    ).one()
    is_same = asker_of(work.session, work.actor) in (entry.person_id, entry.created_by_id)
    if is_same and has_two_coordinators(work.session, work.depot_id):
        raise SamePerson()


def _said(discrepancy_id: int, resolution: str) -> ResolvedDiscrepancy:
    return ResolvedDiscrepancy(discrepancy_id=discrepancy_id, resolution=resolution)
