"""Recompute everything from the lines of the book, and name every difference in a sentence.

Nothing is taken on trust: balances, day totals and nets are caches and are added up again from the
moves, the chain of seals is computed again, crates are walked from placement to placement, and
what belongs together must belong to one depot. Each filed report is proved again on the way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.base.kinds import FlowKind
from depot.db.search.keeping import differing
from depot.decisions.checking import broken_decisions
from depot.joining.checking import broken_attendance
from depot.ledger.entries import FLOW_OF_OUTSIDE, People
from depot.ledger.past.replay import StoredEntry, load_stored_entries
from depot.ledger.seal import GENESIS
from depot.models import ChainHead, Item, Location, StockEntry
from depot.open_book.checking import broken_rights
from depot.reports.queries.helped import PeopleCounted
from depot.verify import caches, labels, links
from depot.verify.book import CHUNK, Chunk, EntryRow, Line, MoveRow, Put, read_chunks
from depot.verify.filed import Proofs, Standing
from depot.verify.findings import Difference, Findings, Names
from depot.verify.links import KnownLots
from depot.verify.network import transfers
from depot.verify.photos import check_photos
from depot.verify.promises import check_promises
from depot.verify.sealed import seal_rows
from depot.verify.sums import DaySums
from depot.verify.undo import check_reversal

Progress = Callable[[int], None]
__all__ = ["Audit", "Difference", "verify", "verify_with_counts"]


@dataclass(frozen=True, slots=True)
class Audit:
    """What was read, and every difference found; green without one."""

    entries: int
    moves: int
    seal: str
    differences: tuple[Difference, ...]
    #: How many filed reports were proved again.
    filed: int = 0


def verify(session: Session, depot_id: int) -> tuple[Difference, ...]:
    """Return every difference between the depot's book and what is kept beside it; none: green.

    Read it all in one snapshot (`depot.db.transaction.snapshot_session`) while others are writing.
    """
    return verify_with_counts(session, depot_id).differences


def verify_with_counts(session: Session, depot_id: int, progress: Progress | None = None) -> Audit:
    """As `verify`, with how much was read; `progress` is told the entries read, chunk by chunk.

    Sums lie in a temporary file; raises OSError where there is no room for them.
    """
    with closing(DaySums()) as sums:
        walk = _Walk(session, depot_id, _names(session, depot_id), Standing(sums, seal=GENESIS))
        proofs = Proofs(session, depot_id, walk.findings)
        proofs.up_to(walk.standing)
        for chunk in read_chunks(session, depot_id, CHUNK):
            walk.read(chunk, proofs)
            if progress is not None:
                progress(len(chunk.entries))
        proofs.end(walk.standing)
        _check_head(session, depot_id, walk)
        caches.check_caches(session, depot_id, walk.standing, walk.names, walk.findings)
    links.check_links(session, depot_id, walk.moves, walk.stands, walk.names, walk.findings)
    labels.check_labels(session, depot_id, walk.findings)
    check_promises(session, depot_id, walk.names, walk.findings)
    check_photos(session, depot_id, walk.findings)
    transfers.check_transfers(session, depot_id, walk.findings)
    for sentence in broken_rights(session, depot_id):
        walk.findings.add("right", sentence)
    for sentence in broken_decisions(session, depot_id):
        walk.findings.add("decision", sentence)
    for sentence in broken_attendance(session, depot_id):
        walk.findings.add("attendance", sentence)
    for kind, row_id, name in differing(session.connection(), depot_id):
        walk.findings.add("search", f"Search does not know {kind} {row_id} as it is: {name}.")
    seal_now = walk.standing.seal
    return Audit(walk.entries, walk.moves, seal_now, walk.findings.all(), proofs.proved)


def _names(session: Session, depot_id: int) -> Names:
    locations = session.execute(
        select(Location.id, Location.kind, Location.name, Location.parent_id).where(
            Location.depot_id == depot_id
        )
    ).all()
    items = session.execute(select(Item.id, Item.name).where(Item.depot_id == depot_id))
    return Names(
        kinds={row.id: row.kind for row in locations},
        places={row.id: row.name for row in locations},
        parents={row.id: row.parent_id for row in locations if row.kind == "crate"},
        items={row.id: row.name for row in items},
    )


class _Walk:
    """The book walked from its first entry to its last, with all that adds up on the way."""

    def __init__(self, session: Session, depot_id: int, names: Names, standing: Standing) -> None:
        self.names = names
        self.standing = standing
        self.findings = Findings()
        self.entries = self.moves = 0
        self.stands: dict[int, int | None] = {}
        self._session = session
        self._depot_id = depot_id
        self._lots = KnownLots(session, depot_id, names)
        #: What leaves or enters the depot at a location; "" at those inside.
        self._flow_at: dict[int, FlowKind | str] = {
            location_id: FLOW_OF_OUTSIDE.get(kind, "") for location_id, kind in names.kinds.items()
        }

    def read(self, chunk: Chunk, proofs: Proofs) -> None:
        """Add some entries one by one, and let the reports be proved that were filed there."""
        self._lots.learn(chunk)
        undone = self._undone(chunk)
        for one in chunk.entries:
            self._step(one, chunk, undone)
            proofs.up_to(self.standing)
        self.standing.sums.settle_many()

    def _undone(self, chunk: Chunk) -> Mapping[int, StoredEntry]:
        """Return the reversals among them and what they undo, whole, by their ids."""
        undoing = [one for one in chunk.entries if one.kind == "reversal"]
        if not undoing:
            return {}
        wanted = {one.entry_id for one in undoing} | {one.reverses_id for one in undoing}
        which = StockEntry.id.in_(wanted - {None})
        found = load_stored_entries(self._session, which, self.names.kinds)
        return {one.entry_id: one for one in found}

    def _step(self, one: EntryRow, chunk: Chunk, undone: Mapping[int, StoredEntry]) -> None:
        """Add one entry and check what can be checked of it alone."""
        moves = chunk.moves.get(one.entry_id, ())
        placements = chunk.placements.get(one.entry_id, ())
        self.entries += 1
        self.moves += len(moves)
        people = chunk.people.get(one.entry_id)
        self._check_chain(
            one, seal_rows(self.standing.seal, self._depot_id, one, moves, placements, people)
        )
        if one.lacks_command:
            self.findings.add(
                "command", f"Entry {one.seq}: its command {one.command_id} is not in the log."
            )
        self._add_lines(one, moves)
        if placements:
            self._place_crates(one.seq, placements)
        if one.kind == "reversal":
            self.standing.helped.pop(one.reverses_id or 0, None)  # it was never counted
            check_reversal(undone[one.entry_id], undone.get(one.reverses_id or 0), self.findings)
        elif people is not None:
            day = date.fromisoformat(one.occurred_on)
            self.standing.helped[one.entry_id] = PeopleCounted(day, People(*people[1:]))

    def _check_chain(self, one: EntryRow, seal: str) -> None:
        before = self.standing
        if one.seq != before.seq + 1:
            self.findings.add(
                "sequence", f"After entry {before.seq} comes entry {one.seq}: some are missing."
            )
        if seal != one.seal:
            self.findings.add(
                "seal", f"Entry {one.seq}: its seal does not fit what stands in it and before it."
            )
        before.seq, before.seal = one.seq, one.seal

    def _add_lines(self, one: EntryRow, moves: Iterable[Line]) -> None:
        """Add lines to balances and flows; a book has millions, so nothing here makes an object."""
        balances, flow_at, lots = self.standing.balances, self._flow_at, self._lots.items
        legs: dict[tuple[FlowKind | str, int], int] = {}
        low: list[tuple[int, int, int]] = []
        for move in moves:
            _, depot_id, _, item_id, lot_id, source_id, target_id, quantity, _, _ = move
            if lots.get(lot_id) != item_id or depot_id != self._depot_id:
                self._name_strange_lot(one, MoveRow._make(move))
            if source_id not in flow_at or target_id not in flow_at:
                self._name_strange_place(one, MoveRow._make(move))
                continue
            for place_id, signed in ((source_id, -quantity), (target_id, quantity)):
                flow = flow_at[place_id]
                if flow:
                    legs[flow, item_id] = legs.get((flow, item_id), 0) - signed
                    continue
                key = (place_id, lot_id, item_id)
                left = balances[key] = balances.get(key, 0) + signed
                if left <= 0:
                    low.append(key)
        self._add_flows(one, legs)
        if low:
            self._check_low(one.seq, moves, set(low))

    def _add_flows(self, one: EntryRow, legs: Mapping[tuple[FlowKind | str, int], int]) -> None:
        standing = self.standing
        add, nets, day = standing.sums.add, standing.nets, one.occurred_on
        for (flow, item_id), signed in legs.items():
            if not signed:
                continue
            detail, event_id = "", 0
            if flow == "sourced":
                detail = one.source_kind
            elif flow == "handed_out":
                event_id = one.event_id or 0
            elif flow == "lost":
                detail = one.reason
            add(day, (item_id, flow, detail, event_id), signed)
            nets[item_id] = nets.get(item_id, 0) + signed
            if day < standing.first_day:
                standing.first_day = day

    def _check_low(
        self, seq: int, moves: Iterable[Line], low: Iterable[tuple[int, int, int]]
    ) -> None:
        """Forget what is nothing after an entry; name what is less and was not so before."""
        for key in sorted(low):
            after, (location_id, lot_id, item_id) = self.standing.balances[key], key
            if not after:
                del self.standing.balances[key]
            change = sum(
                move.quantity * ((move.target_id == location_id) - (move.source_id == location_id))
                for move in map(MoveRow._make, moves)
                if after < 0 and (move.lot_id, move.item_id) == (lot_id, item_id)
            )
            if after < 0 <= after - change:
                self.findings.add(
                    "below_zero",
                    f"After entry {seq}, {self.names.place(location_id)} holds {after} of"
                    f" {self.names.item(item_id)} (lot {lot_id}): less than nothing.",
                )

    def _name_strange_lot(self, one: EntryRow, move: MoveRow) -> None:
        self.findings.add(
            "depot",
            f"Entry {one.seq}, line {move.line}: lot {move.lot_id} and item {move.item_id} do not"
            " belong together in this depot.",
        )

    def _name_strange_place(self, one: EntryRow, move: MoveRow) -> None:
        """A line at locations that are not both the depot's is added to nothing."""
        self.findings.add(
            "depot",
            f"Entry {one.seq}: a line of {move.quantity} from location {move.source_id} to"
            f" {move.target_id}, which are not both this depot's.",
        )

    def _place_crates(self, seq: int, placements: Iterable[Put]) -> None:
        for _, crate_id, from_id, to_id in placements:
            stood = self.stands.get(crate_id)
            if stood != from_id:
                self.findings.add(
                    "placement",
                    f"Entry {seq}: crate {self.names.place(crate_id)} was taken from"
                    f" {self.names.place(from_id)}, but stood at {self.names.place(stood)}.",
                )
            self.stands[crate_id] = to_id


def _check_head(session: Session, depot_id: int, walk: _Walk) -> None:
    head = session.execute(
        select(ChainHead.seq, ChainHead.seal).where(ChainHead.depot_id == depot_id)
    ).one_or_none()
    if head is None:
        walk.findings.add("head", "The depot has no end of its chain.")
    elif head.seq != walk.standing.seq:
        last = walk.standing.seq
        walk.findings.add("head", f"The chain ends at entry {head.seq}, the book at entry {last}.")
    elif head.seal != walk.standing.seal:
        last = walk.standing.seq
        walk.findings.add("head", f"The chain's last seal is not the one of entry {last}.")
