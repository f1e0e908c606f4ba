"""The mirror of an entry, posted inside the command that asks for it (docs/adr/0007)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from uuid import UUID, uuid5

from sqlalchemy import select

from depot.base.errors import AlreadyReversed, Forbidden, NotFound, NotReversible
from depot.base.text import N_
from depot.kernel.answers import ONLY_WHEN_SET, Booked
from depot.kernel.draft import Draft, settle_discrepancies
from depot.kernel.network.undoing import note_undo, undo_end
from depot.kernel.once import Work, fingerprint, remember
from depot.kernel.turning.crates import turn_placements
from depot.kernel.turning.goods import (
    TakenFrom,
    load_moves,
    taken_elsewhere,
    turn_goods,
)
from depot.kernel.turning.repacked import find_repacked
from depot.ledger.entries import People
from depot.ledger.posting import lock_head
from depot.ledger.undo import may_undo
from depot.models import Discrepancy, PeopleCount, StockEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Reversed(Booked):
    """An entry was undone: which one, what was taken from elsewhere, and what else was undone.

    `with_seqs` are the numbers of productions that had made something else of all of its goods.
    """

    reverses_id: int | None = None
    reverses_seq: int | None = None
    taken: tuple[TakenFrom, ...] = field(default=(), metadata=ONLY_WHEN_SET)
    with_seqs: tuple[int, ...] = field(default=(), metadata=ONLY_WHEN_SET)


@dataclass(frozen=True, slots=True)
class _UndoRepacked:
    """The undo of a production that goes with that of its goods: one command, two entries."""

    command_id: UUID
    entry_id: int


def post_reversal(work: Work, entry_id: int, reason: str) -> Reversed:
    """Post the reversal of an entry and return the answer.

    Goods are followed to where they are now, inside the depot. What was made of all of them is
    undone before; placements and people are turned round as far as the present allows. What cannot
    be taken back opens a discrepancy. What the entry itself had given a coordinator to look at is
    settled with it. Raises NotFound, Forbidden, NotReversible, AlreadyReversed.
    """
    original = _original(work, entry_id)
    repacked = find_repacked(work, original)
    for production in repacked:
        own_id = uuid5(UUID(work.command_id), str(production.seq))
        own = replace(work, command_id=str(own_id))
        undone = _reverse(own, production, reason, ())
        remember(own, fingerprint(_UndoRepacked(own_id, production.id)), undone)
        work = replace(work, head=lock_head(work.session, work.depot_id))
    return _reverse(work, original, reason, tuple(one.seq for one in repacked))


def _reverse(work: Work, original: StockEntry, reason: str, with_seqs: tuple[int, ...]) -> Reversed:
    draft = Draft(
        replace(work, occurred_at=original.occurred_at),
        "reversal",
        source_kind=original.source_kind,
        partner_id=original.partner_id,
        event_id=original.event_id,
        reason=original.reason,
        note=reason,
        reverses_id=original.id,
        occurred_on=original.occurred_on,
        people=_people(work, original.id),
    )
    transfer_id = undo_end(work, original)
    moves = load_moves(work, original.id)
    turn_goods(draft, original, moves)
    turn_placements(draft, original.id)
    settle_discrepancies(work, "undone", Discrepancy.entry_id == original.id)
    answer = draft.post(
        partial(
            Reversed,
            reverses_id=original.id,
            reverses_seq=original.seq,
            taken=taken_elsewhere(draft, moves),
            with_seqs=with_seqs,
        )
    )
    note_undo(work, answer.entry_id, transfer_id)
    return answer


def _original(work: Work, entry_id: int) -> StockEntry:
    original = work.session.scalar(
        select(StockEntry).where(StockEntry.id == entry_id, StockEntry.depot_id == work.depot_id)
    )
    if original is None:
        raise NotFound(what=N_("entry"), name=str(entry_id))
    author = (original.person_id, original.token_id)
    if not may_undo(work.actor, *author, original.recorded_at, work.recorded_at):
        raise Forbidden()
    if original.kind == "reversal":
        raise NotReversible(
            seq=original.seq, reason=N_("it is an undo itself. Log what happened once more.")
        )
    undone_by = work.session.scalar(
        select(StockEntry.seq).where(StockEntry.reverses_id == original.id)
    )
    if undone_by is not None:
        raise AlreadyReversed(seq=original.seq, by=undone_by)
    return original


def _people(work: Work, entry_id: int) -> People | None:
    found = work.session.scalar(
        select(PeopleCount).where(
            PeopleCount.entry_id == entry_id, PeopleCount.depot_id == work.depot_id
        )
    )
    if found is None:
        return None
    return People(
        found.event_id,
        -found.households,
        _less(found.adults),
        _less(found.children),
        _less(found.seniors),
        _less(found.new_households),
    )


def _less(count: int | None) -> int | None:
    return None if count is None else -count
