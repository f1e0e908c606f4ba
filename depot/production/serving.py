"""What goes into one parcel at the table: what lies ready for the hand-out first. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from depot.production.parcels import Members, Need


@dataclass(frozen=True, slots=True)
class AtHand:
    """How much of each item lies ready for the hand-out, and how much is free altogether.

    `instead` says what was fetched in place of an item that is planned.
    """

    ready: Mapping[int, int]
    free: Mapping[int, int]
    members: Members
    instead: Mapping[int, Sequence[int]]


def may_be_taken(need: Need, at_hand: AtHand) -> list[int]:
    """Return the items that may go out for a need, what is meant first, each once.

    What was fetched instead of it, and what stands in for everybody, stands in for no variant.
    """
    return list(dict.fromkeys((*need.items, *_others(need, at_hand))))


def _others(need: Need, at_hand: AtHand) -> Iterator[int]:
    if need.goods.category_id is not None:
        yield from at_hand.members.get((need.goods.category_id, need.goods.unit), ())
    if not need.diet:
        for item in need.items:
            yield from at_hand.instead.get(item, ())
        yield from need.goods.swaps


def serve(needs: Sequence[Need], at_hand: AtHand, chosen: Mapping[int, int]) -> dict[int, int]:
    """Return how much of each item goes out for the needs; together exactly what is needed.

    `chosen` is the item that was taken for a line, by its number: of that goes all of the line.
    Else goes what lies ready, then what is free, and of each what is named before what may stand
    in, so that no swap takes what another line names. What is nowhere is of what is meant. Raises
    LookupError, with the need, for one of which there is no item at all.
    """
    left = [need.quantity for need in needs]
    out: defaultdict[int, int] = defaultdict(int)
    for at_first in (at_hand.ready, at_hand.free):
        for named in (True, False):
            for number, need in enumerate(needs):
                stock = {item: quantity - out[item] for item, quantity in at_first.items()}
                for item in _offered(need, at_hand, chosen, stock, named=named):
                    taken = max(min(left[number], stock.get(item, 0)), 0)
                    left[number] -= taken
                    out[item] += taken
    for number, need in enumerate(needs):
        if left[number]:
            out[_meant(need, at_hand, chosen)] += left[number]
    return {item: quantity for item, quantity in out.items() if quantity}


def _offered(
    need: Need,
    at_hand: AtHand,
    chosen: Mapping[int, int],
    stock: Mapping[int, int],
    *,
    named: bool,
) -> Iterable[int]:
    """Return of what a need is taken in this round: of a choice first what there is most of."""
    if need.goods.line in chosen:
        return [chosen[need.goods.line]] if named else []
    if named:
        return sorted(need.items, key=lambda item: -stock.get(item, 0))
    return dict.fromkeys(_others(need, at_hand))


def _meant(need: Need, at_hand: AtHand, chosen: Mapping[int, int]) -> int:
    found = chosen.get(need.goods.line) or next(iter(may_be_taken(need, at_hand)), None)
    if found is None:
        raise LookupError(need)
    return found
