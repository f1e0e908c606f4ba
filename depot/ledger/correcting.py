"""What a fact that came late, or one less, changes of all that was told after it. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from depot.ledger.entries import Move, Place
from depot.ledger.facts import Act, Fact, Order, Rank, Spot
from depot.ledger.retelling import Teller, Told, in_order

#: A number that no entry has yet: a fact that is only tried.
_TRIED: Final = 2**62


@dataclass(frozen=True, slots=True)
class CountShift:
    """The difference that counts at a location found, as it was told before and as it is now."""

    location_id: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Shortfall:
    """At a location (None: no one place) only `found` of `wanted` are accounted for now."""

    location_id: int | None
    wanted: int
    found: int


@dataclass(frozen=True, slots=True)
class Shift:
    """What changes for an item: stock by spot, counts, what is short now, what is explained.

    `explained` are the numbers of entries in which nothing is invented any more.
    """

    stock: Mapping[Spot, int]
    counts: tuple[CountShift, ...]
    short: tuple[Shortfall, ...]
    explained: frozenset[int]

    @property
    def of_counts(self) -> int:
        """How much more the counts found, all together."""
        return sum(one.after - one.before for one in self.counts)


def shift_between(
    before: Iterable[Fact], after: Iterable[Fact], ranks: Mapping[int, Rank]
) -> Shift:
    """Return what telling the facts `after` gives that telling those `before` did not."""
    later = list(after)
    was, now = _tell_both(in_order(before), in_order(later), ranks)
    stock = {
        spot: change
        for spot in sorted(was.stock.keys() | now.stock.keys())
        if (change := now.stock.get(spot, 0) - was.stock.get(spot, 0))
    }
    return Shift(stock, _counts(was, now), _short(later, was, now), _explained(was, now))


def _tell_both(
    before: list[Fact], after: list[Fact], ranks: Mapping[int, Rank]
) -> tuple[Told, Told]:
    """Tell both, in their order; what they begin with alike, mostly nearly all, is told once."""
    pairs = enumerate(zip(before, after, strict=False))
    shorter = min(len(before), len(after))
    alike = next((number for number, (one, other) in pairs if one is not other), shorter)
    begun, rests = Teller(ranks).tell(before[:alike]), (before[alike:], after[alike:])
    first_seq = min((fact.order.seq for rest in rests for fact in rest), default=0)
    was, now = (begun.copy(first_seq).tell(rest).told() for rest in rests)
    return was, now


def _counts(was: Told, now: Told) -> tuple[CountShift, ...]:
    """Of counts that are told both times: a new one or one less is no shift of another."""
    sums: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0])
    for key in was.differences.keys() & now.differences.keys():
        if was.differences[key] != now.differences[key]:
            sums[key[1]][0] += was.differences[key]
            sums[key[1]][1] += now.differences[key]
    return tuple(CountShift(place, *sums[place]) for place in sorted(sums))


def _short(facts: Iterable[Fact], was: Told, now: Told) -> tuple[Shortfall, ...]:
    sums: dict[int | None, list[int]] = {}
    for fact in facts:
        more = now.invented.get(fact.order, 0) - was.invented.get(fact.order, 0)
        if more > 0 and isinstance(fact, Act):
            total = sums.setdefault(fact.source_id, [0, 0])
            total[0] += fact.quantity
            total[1] += fact.quantity - now.invented[fact.order]
    return tuple(Shortfall(place, *total) for place, total in sums.items())


def _explained(was: Told, now: Told) -> frozenset[int]:
    lacked = {order.seq for order in was.invented}
    return frozenset(lacked - {order.seq for order in now.invented})


def free_then(
    facts: list[Fact], ranks: Mapping[int, Rank], moment: Order, *, exactly: bool = False
) -> dict[Spot, int]:
    """Return what lay where at that moment, as far as it did not leave the depot since.

    With `exactly`, all that lay there.
    """
    begun = Teller(ranks).tell(fact for fact in facts if fact.order <= moment)
    then = begun.told().stock
    later = [fact for fact in facts if fact.order > moment]
    if exactly or not later:
        return then
    first_seq = min(fact.order.seq for fact in later)
    order = moment._replace(seq=_TRIED)

    def invented(*tried: Fact) -> int:
        return sum(begun.copy(first_seq).tell([*tried, *later]).invented.values())

    usual, free = invented(), {}
    for spot, quantity in then.items():
        # so much less at least must stay: what one leaves out makes no more than one short
        while (
            more := invented(Act(order, spot.lot_id, spot.location_id, None, quantity)) - usual
        ) > 0:
            quantity = max(quantity - more, 0)
        if quantity:
            free[spot] = quantity
    return free


def correct(
    item_id: int, changes: Mapping[Spot, int], places: Mapping[int, Place], variance: Place
) -> Iterator[Move]:
    """Yield moves that change the stock so: from place to place as far as both are of one lot."""
    for lot_id in sorted({spot.lot_id for spot in changes}):
        own = {spot.location_id: n for spot, n in changes.items() if spot.lot_id == lot_id}
        less = [[place, -change] for place, change in sorted(own.items()) if change < 0]
        more = [[place, change] for place, change in sorted(own.items()) if change > 0]
        while less or more:
            source = places[less[0][0]] if less else variance
            target = places[more[0][0]] if more else variance
            quantity = min(end[0][1] for end in (less, more) if end)
            yield Move(item_id, lot_id, source, target, quantity, is_correction=True)
            for end in (less, more):
                if end:
                    end[0][1] -= quantity
                    if not end[0][1]:
                        end.pop(0)
