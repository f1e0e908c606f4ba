"""A place is counted in one go, as programs do: all that is there, or the lines that are named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import CrateInItself, Invalid, NotFound
from depot.base.kinds import DateKind
from depot.base.names import natural_sort_key
from depot.base.text import N_
from depot.counts.commands.counts import CountedLine, count_place, place_at
from depot.counts.commands.named_lots import NamedGoods, lines_of_lots, lines_of_the_rest
from depot.kernel.answers import Booked, Opened, Questioned
from depot.kernel.draft import Draft, ask_once
from depot.kernel.holdings import then_of
from depot.kernel.lookups import CrateRow, ItemRef, need_crate, went_on
from depot.kernel.once import Outcome, Work, begin_part, need_coordinator, run_once
from depot.ledger.entries import Place
from depot.ledger.past.houses import Houses
from depot.locations.queries.places import place_row
from depot.locations.tree import Node
from depot.models import Location


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceLine:
    """So many base units of an item are there, loose or in a crate. A crate alone stands there.

    With a date, a kind of date or a lot code it is said of those lots; without, of all the others.
    """

    item: ItemRef | None = None
    quantity: int | None = None
    date: str | None = None
    date_kind: DateKind | None = None
    lot_code: str | None = None
    crate_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountPlace:
    """What was counted at a place. `complete`: what is not named is not there."""

    command_id: UUID
    location_id: int = 0
    lines: tuple[PlaceLine, ...] = ()
    complete: bool = False
    note: str = ""
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedPlace(Questioned):
    """A place and the entries that its count became; the last one by id and number.

    `put_here` are crates that the book had elsewhere, `missing` those that it has here.
    """

    location_id: int
    location: str
    entry_id: int | None = None
    seq: int | None = None
    entries: tuple[int, ...] = ()
    lines: tuple[CountedLine, ...] = ()
    put_here: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(slots=True)
class _Spot:
    """Where something was counted: the place itself, or a crate there, with what was found."""

    place: Place
    crate: CrateRow | None
    goods: list[NamedGoods] = field(default_factory=list)


@dataclass(slots=True)
class _Counting:
    """What is gathered while the entries of one count are posted."""

    command: CountPlace
    work: Work
    here: Node
    spots: dict[int, _Spot]
    houses: Houses
    #: What the place and each spot stood in then, itself first.
    above: dict[int, list[int]]
    parts: int = 0
    seq: int | None = None
    entries: list[int] = field(default_factory=list)
    lines: list[CountedLine] = field(default_factory=list)
    opened: list[Opened] = field(default_factory=list)

    def begin(self) -> Work:
        """Return the work of the next entry."""
        self.parts += 1
        return begin_part(self.work, self.parts - 1, self.work.occurred_at)

    def add(self, done: Booked) -> None:
        """Note an entry, if one was posted, and what a coordinator is asked to look at."""
        self.opened.extend(done.discrepancies)
        if done.entry_id is not None:
            self.entries.append(done.entry_id)
            self.seq = done.seq


def count_whole_place(
    command: CountPlace, actor: Actor, clock: Clock = utc_now
) -> Outcome[CountedPlace]:
    """Book the differences between what was counted at a place, and in crates there, and the book.

    Each place and crate is an entry of its own. A crate that the book has elsewhere is put here.
    If the count is complete, goods that are not named are not there, at the place and in crates
    of which something was counted; a crate that is not named is asked about and keeps its goods:
    who misses a crate has not counted it. Complete counts are for coordinators, like the posting
    of count sheets. Raises Forbidden, NotFound, UnknownCrate, UnknownItem,
    CrateInItself, Invalid.
    """
    return run_once(command, actor, clock, _count, CountedPlace)


def _count(command: CountPlace, work: Work) -> CountedPlace:
    if command.complete:
        need_coordinator(work.actor)
    elif not command.lines:
        raise Invalid(field="lines", problem=N_("Write at least one number. Blank is not counted."))
    here = place_row(work.session, work.depot_id, command.location_id)
    if here is None:
        raise NotFound(field="location", what=N_("place"), name=command.location_id)
    spots, houses = _spots(work, here, command.lines), Houses(work.session, work.depot_id)
    above = houses.above(spots, then_of(work))
    counting = _Counting(command, work, here, spots, houses, above)
    put_here = [code for spot in counting.spots.values() for code in _put_here(counting, spot)]
    for spot in counting.spots.values():
        _count_spot(counting, spot)
    missing = _ask_missing(counting) if command.complete else ()
    return CountedPlace(
        location_id=here.id,
        location=here.name,
        entry_id=counting.entries[-1] if counting.entries else None,
        seq=counting.seq,
        entries=tuple(counting.entries),
        lines=tuple(counting.lines),
        put_here=tuple(put_here),
        missing=missing,
        discrepancies=tuple(counting.opened),
        note_kept=bool(counting.entries or not command.note),
    )


def _spots(work: Work, here: Node, lines: Iterable[PlaceLine]) -> dict[int, _Spot]:
    """Return the place and each crate named, by id, with what was found there."""
    spots = {here.id: _Spot(*place_at(work, here.id))}
    for number, line in enumerate(lines):
        spot = spots[here.id]
        if line.crate_code is not None:
            crate = need_crate(work, line.crate_code)
            spot = spots.setdefault(crate.place.id, _Spot(crate.place, crate))
        spot.goods.extend(_goods(number, line))
    return spots


def _goods(number: int, line: PlaceLine) -> list[NamedGoods]:
    """Return what a line says of goods: nothing, if it only names a crate that stands there."""
    if line.item is not None and line.quantity is not None:
        named = (line.date, line.date_kind, line.lot_code)
        return [NamedGoods(number, line.item, line.quantity, *named)]
    if line.crate_code is None or (line.item, line.quantity) != (None, None):
        raise Invalid(field="lines", problem=N_("Say which item, and how much of it is there."))
    return []


def _put_here(counting: _Counting, spot: _Spot) -> list[str]:
    """Put a crate here that the book has elsewhere; return its code, if it was one."""
    crate, here = spot.crate, counting.here
    if crate is None or here.id in counting.above[crate.place.id]:
        return []
    if crate.place.id in counting.above[here.id]:
        raise CrateInItself(field="lines", code=crate.code)
    work = counting.begin()
    if went_on(work, crate):
        return []
    draft = Draft(work, "transfer", note=counting.command.note)
    draft.place_crate(crate, here.id)
    counting.add(draft.post(Booked))
    return [crate.code]


def _count_spot(counting: _Counting, spot: _Spot) -> None:
    """Book what was found at the place, or in one crate."""
    is_here = spot.place.id == counting.here.id
    if not spot.goods and not (counting.command.complete and is_here):
        return
    work = counting.begin()
    lines = lines_of_lots(work, spot.place, spot.goods)
    if counting.command.complete:
        lines = [*lines, *lines_of_the_rest(work, spot.place, spot.goods, lines)]
    if not lines:
        return
    done = count_place(work, spot.place, spot.crate, lines, (), counting.command.note)
    counting.lines.extend(done.lines)
    counting.add(done)


def _ask_missing(counting: _Counting) -> tuple[str, ...]:
    """Ask about each crate that the book has here and nobody named, nor one that stands on it."""
    work, here = counting.work, counting.here
    named = {place_id for spot in counting.above.values() for place_id in spot}
    unnamed = counting.houses.crates_on(here.id, then_of(work)) - named
    names = work.session.scalars(
        select(Location.name).where(Location.depot_id == work.depot_id, Location.id.in_(unnamed))
    )
    missing = sorted(names, key=natural_sort_key)
    counting.opened += [ask_once(work, "crate_missing", code, here.id) for code in missing]
    return tuple(missing)
