"""What becomes of the goods of a transfer, so that none appears or vanishes between two depots.

What left one depot is with the other, broken on the way, missing, or still under way: at every
moment these are together what was sent. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from depot.base.errors import LedgerBroken
from depot.base.kinds import TransferState


@dataclass(frozen=True, slots=True)
class SentGoods:
    """A line of a transfer: how much was sent, and what is known to have become of it."""

    line: int
    quantity: int
    arrived: int = 0
    damaged: int = 0

    @property
    def outstanding(self) -> int:
        """How much is neither there nor known to be broken."""
        return self.quantity - self.arrived - self.damaged


class Came(NamedTuple):
    """So much of a line came in good order, and so much broken."""

    good: int
    damaged: int


class Taken(NamedTuple):
    """What of that is of the line, and how much came besides."""

    arrived: int
    damaged: int
    surplus: int


def take_arrival(sent: SentGoods, came: Came) -> Taken:
    """Return how much of what came is of the line, the broken before the good.

    What is good and more than was sent is the surplus. More that is broken is nothing to anybody.
    """
    damaged = min(came.damaged, sent.outstanding)
    arrived = min(came.good, sent.outstanding - damaged)
    return Taken(arrived, damaged, came.good - arrived)


def share_among(lines: Sequence[SentGoods], came: Came) -> dict[int, Came]:
    """Share what came of an item among its lines, in order; what is more is the last line's."""
    shares: dict[int, Came] = {}
    good, damaged = came
    for sent in lines:
        taken = take_arrival(sent, Came(good, damaged))
        shares[sent.line] = Came(taken.arrived, taken.damaged)
        good, damaged = good - taken.arrived, damaged - taken.damaged
    if lines and (good or damaged):
        last = shares[lines[-1].line]
        shares[lines[-1].line] = Came(last.good + good, last.damaged + damaged)
    return shares


def state_of(lines: Iterable[SentGoods], *, is_complete: bool) -> TransferState:
    """Return how far a transfer is; nothing outstanding is complete, whoever says so."""
    known = list(lines)
    if is_complete or not any(line.outstanding for line in known):
        return "arrived"
    return "arriving" if any(line.arrived or line.damaged for line in known) else "sent"


@dataclass(frozen=True, slots=True)
class Balance:
    """Where the goods of some lines are. What was undone is all back with the sender."""

    sent: int
    with_receiver: int
    damaged: int
    in_transit: int
    missing: int
    back: int


def balance_of(state: TransferState, lines: Iterable[SentGoods]) -> Balance:
    """Return where the goods are. Raises LedgerBroken if they do not add up to what was sent."""
    sent = arrived = damaged = left = 0
    for line in lines:
        sent += line.quantity
        arrived += line.arrived
        damaged += line.damaged
        left += line.outstanding
        if line.outstanding < 0:
            raise LedgerBroken(problem=f"line {line.line} of a transfer has more than was sent")
    found = Balance(
        sent,
        arrived,
        damaged,
        in_transit=left if state in ("sent", "arriving") else 0,
        missing=left if state == "arrived" else 0,
        back=left if state == "undone" else 0,
    )
    known = found.with_receiver + found.damaged + found.in_transit + found.missing + found.back
    if known != sent:
        raise LedgerBroken(problem=f"{sent} were sent and {known} are accounted for")
    return found
