"""What a program is told of an entry: goods, crates and numbers of people, and no name of anybody.

No note (people write names into them), nobody who did it, and of a partner the number alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from depot.base.kinds import EntryKind, LocationKind, ReasonOfEntry, SourceOfEntry
from depot.kernel.answers import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPlace:
    """A place; outside the depot it has a kind and no name. A crate's name is its code."""

    id: int
    kind: LocationKind
    name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLine:
    """A quantity of one lot, in the item's base unit, from a place to a place."""

    item_id: int
    item: str
    lot_id: int
    quantity: int
    unit: str
    weighed_grams: int | None
    #: Put right because the entry came late; no part of what happened.
    is_correction: bool
    source: FeedPlace
    target: FeedPlace


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPlacement:
    """A crate went from a place to a place; None is a place not known."""

    crate_code: str
    source: FeedPlace | None
    target: FeedPlace | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPeople:
    """People counted, negative where the count was undone; None: not asked."""

    households: int
    adults: int | None
    children: int | None
    seniors: int | None
    new_households: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One entry of the ledger; `seq` is its number in the depot, without a gap from 1 on."""

    seq: int
    entry_id: int
    kind: EntryKind
    occurred_at: datetime
    recorded_at: datetime
    source_kind: SourceOfEntry
    partner_id: int | None
    event_id: int | None
    reason: ReasonOfEntry
    #: The entry that this one undoes.
    reverses: int | None
    lines: tuple[FeedLine, ...]
    placements: tuple[FeedPlacement, ...]
    people: FeedPeople | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPage(Answer):
    """Entries in the order of the ledger; `next` is where to go on, whether or not there is more.

    `next` also passes entries that were not asked for, so that nobody looks through them twice.
    """

    entries: tuple[FeedEntry, ...]
    next: int
    more: bool
