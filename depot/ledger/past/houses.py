"""What stood in what at a past moment: the houses of slips that come late."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import CompoundSelect, select, union
from sqlalchemy.orm import Session, aliased

from depot.ledger.facts import Order
from depot.models import CratePlacement, Location, StockEntry


@dataclass(frozen=True, slots=True)
class _Put:
    """A crate was put somewhere; `undone_seq` is the number of the entry that undid it."""

    order: Order
    crate_id: int
    from_id: int | None
    to_id: int | None
    undone_seq: int | None

    def is_known_at(self, seq: int) -> bool:
        return self.order.seq < seq and (self.undone_seq is None or self.undone_seq > seq)


class Houses:
    """What stood in what at a moment, as the book had it when the entry of that number was written.

    So what a slip meant does not change with what is learned later. Places are in what they are in
    today, and so are crates, but for those that were put somewhere since: of these alone it is read
    where they were.
    """

    def __init__(self, session: Session, depot_id: int) -> None:
        self._session, self._depot_id = session, depot_id
        #: Since when it is known what was put anywhere, and the puts of such crates.
        self._since: Order | None = None
        self._moved: dict[int, list[_Put]] = {}

    def scope(self, kind: str, location_id: int | None, moment: Order) -> frozenset[int] | None:
        """Return where goods were taken from; goods are moved out of the place itself alone."""
        if location_id is None or kind == "transfer":
            return None if location_id is None else frozenset({location_id})
        return frozenset(self.within([location_id], moment)[location_id])

    def within(self, roots: Collection[int], moment: Order) -> dict[int, set[int]]:
        """Return what stood in each of the places then, however deep, itself among it."""
        stood: defaultdict[int | None, list[int]] = defaultdict(list)
        for crate_id, parent_id in self._elsewhere(moment).items():
            stood[parent_id].append(crate_id)
        self._add_those_that_stayed(roots, self._since or moment, stood)
        return {root: _reached(root, stood) for root in roots}

    def turns(
        self, root: int, moments: Sequence[Order]
    ) -> tuple[set[int], list[list[tuple[int, bool]]]]:
        """Return what stood in a place at the first moment, and what turned until each later one.

        Turned are crates that came to stand in it, or no longer did, in the order in which they
        were put: what is walked grows with what was put somewhere, however much stayed.
        """
        begin = moments[0]
        self._read_since(begin)
        parents, tree = self._elsewhere(begin), defaultdict[int | None, list[int]](list)
        self._add_those_that_stayed([root], self._since or begin, tree)
        children = {parent: set(found) for parent, found in tree.items()}
        for crate_id, parent_id in parents.items():
            children.setdefault(parent_id, set()).add(crate_id)
        inside = _reached(root, children)
        first, turns = set(inside), []
        later = deque(sorted(self._puts_since(begin), key=lambda put: put.order))
        for moment in moments[1:]:
            turned: list[tuple[int, bool]] = []
            while later and later[0].order < moment:
                put = later.popleft()
                children[parents[put.crate_id]].discard(put.crate_id)
                children.setdefault(put.to_id, set()).add(put.crate_id)
                parents[put.crate_id] = put.to_id
                comes = put.to_id in inside
                if comes != (put.crate_id in inside):
                    with_it = _reached(put.crate_id, children)
                    (inside.update if comes else inside.difference_update)(with_it)
                    turned += [(one, comes) for one in with_it]
            turns.append(turned)
        return first, turns

    def _puts_since(self, moment: Order) -> Iterator[_Put]:
        for puts in self._moved.values():
            yield from (put for put in puts if put.order >= moment and put.is_known_at(moment.seq))

    def above(self, ids: Collection[int], moment: Order) -> dict[int, list[int]]:
        """Return what each of the locations stood in then, itself first, however high."""
        moved, parents = self._elsewhere(moment), dict[int, int | None]()
        waiting = set(ids)
        while waiting:
            parents |= {one: moved[one] for one in waiting & moved.keys()}
            rows = self._session.execute(
                # the kind keeps SQLite from reading the depot's index of parents instead
                select(Location.id, Location.parent_id, Location.kind).where(
                    Location.depot_id == self._depot_id, Location.id.in_(waiting - moved.keys())
                )
            )
            parents |= {location_id: parent_id for location_id, parent_id, _ in rows}
            reached = {parents.get(one) for one in waiting}
            waiting = {one for one in reached if one is not None and one not in parents}
        return {one: _way_up(one, parents) for one in ids}

    def crates_on(self, place_id: int, moment: Order) -> set[int]:
        """Return the crates that stood on a place then, not those on them."""
        moved = self._elsewhere(moment)
        rows = self._session.scalars(
            select(Location.id).where(
                Location.depot_id == self._depot_id,
                Location.parent_id == place_id,
                Location.kind == "crate",
            )
        )
        here = {crate_id for crate_id, parent_id in moved.items() if parent_id == place_id}
        return here | (set(rows) - moved.keys())

    def _add_those_that_stayed(
        self,
        roots: Collection[int],
        since: Order,
        stood: defaultdict[int | None, list[int]],
    ) -> None:
        """Add what stands in the roots, or on what was moved, to what is known to have stood."""
        own = select(Location.id, Location.parent_id, Location.depot_id).where(
            Location.depot_id == self._depot_id
        )
        inside = own.where(Location.id.in_(roots)).cte("inside", recursive=True)
        below = Location.__table__.alias("below")
        inside = inside.union(
            own.where(Location.id.in_(self._crates_since(since))),
            select(below.c.id, below.c.parent_id, inside.c.depot_id).join(
                inside,
                (below.c.parent_id == inside.c.id) & (below.c.depot_id == inside.c.depot_id),
            ),
        )
        for child_id, parent_id in self._session.execute(select(inside.c.id, inside.c.parent_id)):
            if child_id not in self._moved:
                stood[parent_id].append(child_id)

    def _elsewhere(self, moment: Order) -> dict[int, int | None]:
        """Return where those stood then that were put somewhere since: where they were put last.

        One that had not been put anywhere yet stood where the first to put it somewhere found it,
        and, if nobody knew, where it was put.
        """
        self._read_since(moment)
        parents: dict[int, int | None] = {}
        for crate_id, puts in self._moved.items():
            for put in puts:
                if put.is_known_at(moment.seq):
                    if put.order < moment:
                        parents[crate_id] = put.to_id
                    elif crate_id not in parents:
                        parents[crate_id] = put.to_id if put.from_id is None else put.from_id
            parents.setdefault(crate_id, None)
        return parents

    def _crates_since(self, moment: Order) -> CompoundSelect[int]:
        """Return the statement for the crates that were put anywhere since, by time or number."""
        moved = (
            select(CratePlacement.crate_id)
            .join(StockEntry, StockEntry.id == CratePlacement.entry_id)
            .where(StockEntry.depot_id == self._depot_id)
        )
        return union(
            moved.where(StockEntry.occurred_at >= moment.occurred_at),
            moved.where(StockEntry.seq >= moment.seq),
        )

    def _read_since(self, moment: Order) -> None:
        """Read all puts of the crates that were put anywhere since, by its time or its number."""
        since = self._since
        if (
            since is not None
            and since.occurred_at <= moment.occurred_at
            and since.seq <= moment.seq
        ):
            return
        if since is not None:
            moment = Order(min(since.occurred_at, moment.occurred_at), min(since.seq, moment.seq))
        self._since = moment
        undo = aliased(StockEntry)
        rows = self._session.execute(
            select(
                StockEntry.occurred_at,
                StockEntry.seq,
                CratePlacement.crate_id,
                CratePlacement.from_id,
                CratePlacement.to_id,
                undo.seq,
                StockEntry.kind,
            )
            .join(StockEntry, StockEntry.id == CratePlacement.entry_id)
            .outerjoin(undo, undo.reverses_id == StockEntry.id)
            .where(
                CratePlacement.depot_id == self._depot_id,
                CratePlacement.crate_id.in_(self._crates_since(moment)),
            )
            .order_by(StockEntry.occurred_at, StockEntry.seq)
        )
        self._moved = defaultdict(list)
        for occurred_at, seq, crate_id, from_id, to_id, undone_seq, kind in rows:
            puts = self._moved[crate_id]  # one that was only put back was moved, too
            if kind != "reversal":
                order = Order(occurred_at, seq)
                puts.append(_Put(order, crate_id, from_id, to_id, undone_seq))


def _way_up(start: int, parents: Mapping[int, int | None]) -> list[int]:
    way: list[int] = []
    here: int | None = start
    while here is not None and here not in way:
        way.append(here)
        here = parents.get(here)
    return way


def _reached(root: int, stood: Mapping[int | None, Iterable[int]]) -> set[int]:
    found, waiting = {root}, [root]
    while waiting:
        fresh = [one for one in stood.get(waiting.pop(), ()) if one not in found]
        found.update(fresh)
        waiting += fresh
    return found
