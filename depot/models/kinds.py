"""The kinds and states that the database stores as words: each list once, known to mypy."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias, get_args

EntryKind: TypeAlias = Literal[
    "opening",
    "receipt",
    "issue",
    "return",
    "transfer",
    "production",
    "write_off",
    "count",
    "people",
    "reversal",
]
ENTRY_KINDS: Final[tuple[EntryKind, ...]] = get_args(EntryKind)

#: What a coordinator is asked to look at.
DiscrepancyKind: TypeAlias = Literal[
    "short_stock",
    "crate_empty",
    "crate_not_empty",
    "crate_retired",
    "crate_elsewhere",
    "crate_missing",
    "unknown_code",
    "undo_short",
    "event_closed",
    "counted_since",
    "large_difference",
    "unsafe_out",
    "unsafe_likely",
]
DISCREPANCY_KINDS: Final[tuple[DiscrepancyKind, ...]] = get_args(DiscrepancyKind)
#: Goods went out, or probably did, that must not: told at once and in red.
UNSAFE_KINDS: Final = frozenset({"unsafe_out", "unsafe_likely"})

#: How far an event is.
StateOfEvent: TypeAlias = Literal["planned", "open", "closed"]
