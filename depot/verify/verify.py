"""Recompute everything from the lines of the book, and name every difference in a sentence.

Nothing is taken on trust: balances, day totals and nets are caches and are added up again from the
moves, the chain of seals is computed again, crates are walked from placement to placement, and
what belongs together must belong to one depot. Each filed report is proved again on the way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.ledger.entries import Entry, balance_changes, flows
from depot.ledger.posting import periods_of
from depot.ledger.seal import GENESIS, seal_entry
from depot.models import ChainHead, Item, Location, StockEntry
from depot.verify import caches, labels, links
from depot.verify.filed import PeopleCounted, Proofs, Standing
from depot.verify.findings import Difference, Findings, Names
from depot.verify.replay import StoredEntry, load_stored_entries, replay_entries
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
    """As `verify`, with how much was read; `progress` is told the entries read, chunk by chunk."""
    names = _names(session, depot_id)
    walk = _Walk(names, Findings())
    proofs = Proofs(session, depot_id, walk.findings)
    proofs.up_to(walk.standing)
    for chunk in replay_entries(session, depot_id, names.kinds):
        originals = _originals(session, chunk, names)
        for one in chunk:
            walk.step(one, originals.get(one.entry.reverses_id or 0))
            proofs.up_to(walk.standing)
        if progress is not None:
            progress(len(chunk))
    proofs.end(walk.standing)
    _check_head(session, depot_id, walk)
    totals = walk.totals()
    sums = caches.Sums(walk.standing.balances, totals, _nets(totals))
    caches.check_caches(session, depot_id, sums, names, walk.findings)
    links.check_links(session, depot_id, walk.moves, walk.stands, names, walk.findings)
    labels.check_labels(session, depot_id, walk.findings)
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


def _originals(session: Session, chunk: list[StoredEntry], names: Names) -> dict[int, StoredEntry]:
    wanted = {one.entry.reverses_id for one in chunk if one.entry.reverses_id is not None}
    if not wanted:
        return {}
    found = load_stored_entries(session, StockEntry.id.in_(wanted), names.kinds)
    return {one.entry_id: one for one in found}


def _nets(totals: dict[caches.DayKey, int]) -> dict[tuple[str, int], int]:
    nets: defaultdict[tuple[str, int], int] = defaultdict(int)
    for key, quantity in totals.items():
        for period in periods_of(key.day):
            nets[period, key.item_id] += quantity
    return nets


class _Walk:
    """The book walked from its first entry to its last, with all that adds up on the way."""

    def __init__(self, names: Names, findings: Findings) -> None:
        self.names = names
        self.findings = findings
        self.entries = self.moves = 0
        self.standing = Standing(seal=GENESIS)
        self.stands: dict[int, int | None] = {}

    def step(self, one: StoredEntry, original: StoredEntry | None) -> None:
        """Add one entry and check what can be checked of it alone."""
        self.entries += 1
        self.moves += len(one.entry.moves)
        self._check_chain(one)
        known = self._known(one)
        self._add_balances(one.seq, known)
        self._add_totals(known)
        self._add_people(one)
        self._place_crates(one)
        if one.entry.kind == "reversal":
            check_reversal(one, original, self.findings)

    def _check_chain(self, one: StoredEntry) -> None:
        before = self.standing
        if one.seq != before.seq + 1:
            self.findings.add(
                "sequence", f"After entry {before.seq} comes entry {one.seq}: some are missing."
            )
        if seal_entry(before.seal, one.entry, one.seq) != one.seal:
            self.findings.add(
                "seal", f"Entry {one.seq}: its seal does not fit what stands in it and before it."
            )
        before.seq, before.seal = one.seq, one.seal

    def _known(self, one: StoredEntry) -> Entry:
        """Leave out lines at locations that the depot does not have, and say so."""
        foreign = [move for move in one.entry.moves if not (move.source.kind and move.target.kind)]
        for move in foreign:
            self.findings.add(
                "depot",
                f"Entry {one.seq}: a line of {move.quantity} from location {move.source.id} to"
                f" {move.target.id}, which are not both this depot's.",
            )
        if not foreign:
            return one.entry
        moves = tuple(move for move in one.entry.moves if move not in foreign)
        return replace(one.entry, moves=moves)

    def _add_balances(self, seq: int, entry: Entry) -> None:
        for key, change in balance_changes(entry).items():
            balances = self.standing.balances
            before = balances[key]
            after = balances[key] = before + change
            if after < 0 <= before:
                location_id, lot_id, item_id = key
                self.findings.add(
                    "below_zero",
                    f"After entry {seq}, {self.names.place(location_id)} holds {after} of"
                    f" {self.names.item(item_id)} (lot {lot_id}): less than nothing.",
                )
            elif after == 0:
                del balances[key]

    def _add_totals(self, entry: Entry) -> None:
        for flow, quantity in flows(entry).items():
            self.standing.days[entry.occurred_on][flow] += quantity
            self.standing.nets[flow.item_id] += quantity

    def _add_people(self, one: StoredEntry) -> None:
        """Note who was helped; a count that is undone was never made."""
        if one.entry.kind == "reversal":
            self.standing.helped.pop(one.entry.reverses_id or 0, None)
        elif one.entry.people is not None:
            self.standing.helped[one.entry_id] = PeopleCounted(
                one.entry.occurred_on, one.entry.people
            )

    def totals(self) -> dict[caches.DayKey, int]:
        """Return the day totals that the lines add up to."""
        return {
            caches.DayKey(day, *flow): quantity
            for day, found in self.standing.days.items()
            for flow, quantity in found.items()
        }

    def _place_crates(self, one: StoredEntry) -> None:
        for put in one.entry.placements:
            stood = self.stands.get(put.crate_id)
            if stood != put.from_id:
                self.findings.add(
                    "placement",
                    f"Entry {one.seq}: crate {self.names.place(put.crate_id)} was taken from"
                    f" {self.names.place(put.from_id)}, but stood at {self.names.place(stood)}.",
                )
            self.stands[put.crate_id] = put.to_id


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
