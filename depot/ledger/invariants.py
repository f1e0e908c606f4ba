"""What must hold of every entry before it is written. Pure."""

from __future__ import annotations

from collections.abc import Callable

from depot.base.errors import LedgerBroken
from depot.base.units import MAX_MOVE
from depot.ledger.entries import FLOW_OF_OUTSIDE, Entry

Invariant = Callable[[Entry], str | None]


def _says_something(entry: Entry) -> str | None:
    if entry.moves or entry.placements or entry.people or entry.kind == "reversal":
        return None
    return "an entry without moves, placements or people"


def _quantities_are_positive_integers(entry: Entry) -> str | None:
    for move in entry.moves:
        if type(move.quantity) is not int or not 0 < move.quantity <= MAX_MOVE:
            return f"a move of {move.quantity!r}"
    return None


def _two_legs(entry: Entry) -> str | None:
    for move in entry.moves:
        if move.source.id == move.target.id:
            return f"a move from location {move.source.id} to itself"
    return None


def _kinds_are_known(entry: Entry) -> str | None:
    for move in entry.moves:
        for place in (move.source, move.target):
            if not place.is_physical and place.kind not in FLOW_OF_OUTSIDE:
                return f"a location of kind {place.kind!r}"
    return None


def _crate_not_in_itself(entry: Entry) -> str | None:
    for placement in entry.placements:
        if placement.crate_id == placement.to_id:
            return f"crate {placement.crate_id} placed in itself"
    return None


def _instants_are_aware(entry: Entry) -> str | None:
    if entry.occurred_at.tzinfo is None or entry.recorded_at.tzinfo is None:
        return "an instant without time zone"
    return None


def _reversal_names_its_entry(entry: Entry) -> str | None:
    if (entry.kind == "reversal") != (entry.reverses_id is not None):
        return "a reversal and the entry it reverses go together"
    return None


CHECKS: tuple[Invariant, ...] = (
    _says_something,
    _quantities_are_positive_integers,
    _two_legs,
    _kinds_are_known,
    _crate_not_in_itself,
    _instants_are_aware,
    _reversal_names_its_entry,
)


def check_invariants(entry: Entry) -> None:
    """Raise LedgerBroken with the first rule that `entry` breaks; return nothing otherwise."""
    for rule in CHECKS:
        if problem := rule(entry):
            raise LedgerBroken(problem=problem)
