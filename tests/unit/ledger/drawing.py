"""Entries drawn by Hypothesis: any moves between any places of a small house."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from hypothesis import strategies as st

from depot.base.kinds import LocationKind
from depot.ledger.entries import FLOW_OF_OUTSIDE, Entry, Move, People, Place, Placement

_KINDS: tuple[LocationKind, ...] = ("storage", "crate", "crate", "quarantine", "transit")
INSIDE = tuple(Place(number, kind) for number, kind in enumerate(_KINDS, start=1))
OUTSIDE = tuple(Place(number, kind) for number, kind in enumerate(FLOW_OF_OUTSIDE, start=11))
VARIANCE = next(place for place in OUTSIDE if place.kind == "count_variance")
NOON = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)


@st.composite
def moves(draw: st.DrawFn, largest: int = 1000) -> Move:
    """A move of some of three lots of two items between two different places."""
    source, target = draw(
        st.lists(st.sampled_from(INSIDE + OUTSIDE), min_size=2, max_size=2, unique=True)
    )
    lot = draw(st.integers(1, 3))
    return Move(
        item_id=1 if lot < 3 else 2,
        lot_id=lot,
        source=source,
        target=target,
        quantity=draw(st.integers(1, largest)),
        weighed_grams=draw(st.none() | st.integers(1, 10**6)),
    )


def entry(of: Sequence[Move] = (), **facts: object) -> Entry:
    """Return an entry of those moves on an ordinary Saturday."""
    usual: dict[str, object] = {
        "depot_id": 1,
        "kind": "receipt",
        "occurred_at": NOON,
        "occurred_on": date(2026, 11, 21),
        "recorded_at": NOON,
        "command_id": "c",
        "moves": tuple(of),
    }
    return Entry(**(usual | facts))  # type: ignore[arg-type]


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """An entry with everything in it that an entry can hold."""
    number = st.none() | st.integers(1, 99)
    words = st.text(max_size=5)
    return entry(
        draw(st.lists(moves(), max_size=4)),
        kind=draw(st.sampled_from(("receipt", "issue", "transfer", "write_off"))),
        source_kind=draw(words),
        partner_id=draw(number),
        event_id=draw(number),
        person_id=draw(number),
        token_id=draw(number),
        reason=draw(words),
        note=draw(words),
        placements=tuple(
            draw(st.lists(st.builds(Placement, st.integers(1, 9), number, number), max_size=2))
        ),
        people=draw(
            st.none() | st.builds(People, st.integers(1, 9), st.integers(0, 99), number, number)
        ),
    )
