"""The facts about one item told again in the order of their times: what lies where. Pure.

In a sentence each (docs/adr/0023): what comes in is there; what is moved takes along what is there;
what goes out is gone, and what was not there is invented (a count difference); a count says what is
there from then on. What was missing is first sought in what was written later but came earlier.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from depot.ledger.facts import Act, Counted, CountedLot, Fact, Order, Rank, Spot, Unknown


@dataclass(slots=True)
class Told:
    """What the facts come to. Invented quantities stand by fact, differences by count and place."""

    stock: dict[Spot, int]
    invented: dict[Order, int]
    differences: dict[tuple[Order, int], int]


def in_order(facts: Iterable[Fact]) -> list[Fact]:
    """Return facts in the order of their times."""
    return sorted(facts, key=lambda one: one.order)


@dataclass(slots=True)
class _Arrival:
    """What came to a place, and how much of it may still explain what was missing later."""

    seq: int
    spot: Spot
    left: int


@dataclass(slots=True)
class _Thread:
    """A move that was undone, or found nothing: what is missing at its target may be here."""

    source_id: int
    left: int


@dataclass(slots=True)
class Teller:
    """Tells facts about one item, and then more facts that came after them.

    `ranks` are of its lots.
    """

    ranks: Mapping[int, Rank]
    stock: defaultdict[Spot, int] = field(default_factory=lambda: defaultdict(int))
    arrivals: list[_Arrival] = field(default_factory=list)
    threads: defaultdict[Spot, list[_Thread]] = field(default_factory=lambda: defaultdict(list))
    invented: dict[Order, int] = field(default_factory=dict)
    differences: dict[tuple[Order, int], int] = field(default_factory=dict)

    def tell(self, facts: Iterable[Fact]) -> Teller:
        """Tell facts in the order of their times; return itself."""
        for fact in in_order(facts):
            match fact:
                case Act():
                    self.act(fact)
                case Unknown():
                    self.unknown(fact)
                case Counted():
                    self.count(fact)
        return self

    def copy(self, first_seq: int) -> Teller:
        """Return another that has told the same, and will tell only entries from `first_seq` on.

        What was written before them explains nothing that is missing in them.
        """
        other = Teller(self.ranks)
        other.stock.update(self.stock)
        other.arrivals = [replace(one) for one in self.arrivals if one.seq > first_seq]
        for end, threads in self.threads.items():
            other.threads[end] = [replace(one) for one in threads]
        other.invented = dict(self.invented)
        return other

    def told(self) -> Told:
        stock = {spot: quantity for spot, quantity in self.stock.items() if quantity}
        return Told(stock, self.invented, self.differences)

    def act(self, act: Act) -> None:
        if act.source_id is None:
            self._arrive(act.order.seq, Spot(act.target_id or 0, act.lot_id), act.quantity)
            return
        source = Spot(act.source_id, act.lot_id)
        if act.is_undone:
            reach = self.stock[source] + self._reach(source)
            self._spin(act, min(act.quantity, reach))
            return
        found = self._take(source, act.quantity)
        if act.target_id is None:
            found += self._follow(source, act.quantity - found)
        missing = act.quantity - found
        explained = list(self._explain(act.order.seq, frozenset({act.source_id}), missing))
        missing -= sum(quantity for _, quantity in explained)
        if act.target_id is not None:
            for lot_id, quantity in [(act.lot_id, found), *explained]:
                self._arrive(act.order.seq, Spot(act.target_id, lot_id), quantity)
            self._spin(act, min(missing, self._reach(source)))
        elif missing:
            self.invented[act.order] = missing

    def unknown(self, fact: Unknown) -> None:
        explained = list(self._explain(fact.order.seq, fact.scope, fact.quantity))
        missing = fact.quantity - sum(quantity for _, quantity in explained)
        if missing:
            self.invented[fact.order] = missing
        if fact.target_id is not None:
            for lot_id, quantity in [(fact.lot_id, missing), *explained]:
                self._arrive(fact.order.seq, Spot(fact.target_id, lot_id), quantity)

    def count(self, counted: Counted) -> None:
        """A count says what is there: nothing from before it is sought there any more."""
        own = {line.lot_id for line in counted.lines} - {None}
        difference = 0
        for line in sorted(counted.lines, key=lambda one: one.lot_id is None):
            difference += self._set(counted.location_id, line, own)
        self.differences[counted.order, counted.location_id] = difference

    def _set(self, place: int, line: CountedLot, own: set[int | None]) -> int:
        if line.lot_id is not None:
            spot = Spot(place, line.lot_id)
            difference = line.quantity - self.stock[spot]
            self.stock[spot] = line.quantity
            self._cut({spot})
            return difference
        spots = [s for s in self.stock if s.location_id == place and s.lot_id not in own]
        difference = line.quantity - sum(self.stock[spot] for spot in spots)
        self._cut({*spots, *(s for s in self.threads if s.lot_id not in own)}, place)
        if difference > 0 and line.spare_lot_id is not None:
            self.stock[Spot(place, line.spare_lot_id)] += difference
            return difference
        left = -difference
        for spot in sorted(spots, key=lambda one: self.ranks[one.lot_id]):
            left -= self._take(spot, left)
        return difference

    def _cut(self, spots: set[Spot], place: int | None = None) -> None:
        """Forget the threads from and to these lots (at `place`, or where the spots are)."""
        for spot in spots:
            here = spot.location_id if place is None else place
            for end, threads in self.threads.items():
                if end.lot_id == spot.lot_id:
                    kept = [t for t in threads if t.source_id != here and end.location_id != here]
                    threads[:] = kept

    def _arrive(self, seq: int, spot: Spot, quantity: int) -> None:
        if quantity:
            self.stock[spot] += quantity
            self.arrivals.append(_Arrival(seq, spot, quantity))

    def _take(self, spot: Spot, wanted: int) -> int:
        found = min(wanted, self.stock[spot])
        self.stock[spot] -= found
        return found

    def _explain(
        self, seq: int, scope: frozenset[int] | None, wanted: int
    ) -> Iterator[tuple[int, int]]:
        """Take what was written later but came earlier; yield lots and quantities."""
        for arrival in self.arrivals if wanted else ():
            if arrival.seq <= seq or not (scope is None or arrival.spot.location_id in scope):
                continue
            found = self._take(arrival.spot, min(wanted, arrival.left))
            arrival.left -= found
            wanted -= found
            if found:
                yield arrival.spot.lot_id, found

    def _spin(self, act: Act, quantity: int) -> None:
        if quantity and act.source_id is not None and act.target_id is not None:
            thread = _Thread(act.source_id, quantity)
            self.threads[Spot(act.target_id, act.lot_id)].append(thread)

    def _reach(self, spot: Spot) -> int:
        return sum(thread.left for thread in self.threads[spot])

    def _follow(self, spot: Spot, wanted: int) -> int:
        """Take what is missing from where undone moves had taken it, the newest first."""
        found = 0
        for thread in reversed(self.threads[spot] if wanted else []):
            asked = min(wanted - found, thread.left)
            thread.left -= asked  # before looking further: two moves to and fro end somewhere
            source = Spot(thread.source_id, spot.lot_id)
            got = self._take(source, asked)
            got += self._follow(source, asked - got)
            thread.left += asked - got
            found += got
        return found
