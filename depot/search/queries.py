"""What a text finds in a depot, for whoever asks: what the reader may not see is not sought."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session, aliased

from depot.base.actors import Actor
from depot.base.clock import local_day
from depot.crates.queries.crate_lists import near_crates
from depot.crates.queries.crate_names import ids_named_like
from depot.db.few import beside_few
from depot.db.search.folding import words_of
from depot.models import Crate, DistributionEvent, Item, Location, StockBalance, StockEntry
from depot.models.item_names import ITEM_NAME, names_in
from depot.people.members import colleagues
from depot.search.finding import NamedThing, find_named
from depot.search.ranking import asked_words, closeness, order_of
from labels.symbols.addresses import read_address
from labels.symbols.codes import CODE_LENGTH, normalise_code

#: So many of a kind are shown.
MOST_OF_A_KIND: Final = 8
#: Of so many of the items that are found, the crates are named.
_ITEMS_LOOKED_INTO: Final = 4
#: So many of the places are named at which an item lies.
_PLACES_NAMED: Final = 2
#: The code on a package has so many digits at least.
_FEWEST_DIGITS: Final = 8
#: As many digits as a number of the ledger may have.
_LONGEST_NUMBER: Final = 15


@dataclass(frozen=True, slots=True)
class FoundThing:
    """Something that may be meant. `code` is a crate's, by which its page is found."""

    kind: str
    id: int
    name: str
    code: str = ""
    #: What is in a crate: item, quantity and base unit.
    goods: tuple[tuple[str, int, str], ...] = ()
    #: How much of an item is here, in its base unit.
    held: tuple[int, str] | None = None
    #: Where most of an item lies; where a crate stands.
    places: tuple[str, ...] = ()
    #: The day of a hand-out or of an entry.
    day: date | None = None


def find_things(session: Session, who: Actor, asked: str) -> list[FoundThing]:
    """Return what a text may mean in the depot, kind by kind, the likeliest of each first.

    Crates by code, box number, tag and what is in them, entries by number and note, everything else
    by name. Helpers and the depot's own device see no people and no partners. Some ten statements.
    """
    words = asked_words(asked)
    named = [
        one
        for one in find_named(session, who.depot_id, words)
        if not (one.kind == "partner" and who.is_helper)
    ]
    return [
        *_items(session, who.depot_id, _of_kind(named, "item")),
        *_crates(session, who.depot_id, asked, named),
        *_of_kind(named, "location"),
        *_of_kind(named, "partner"),
        *_people(session, who, words),
        *_events(session, who, _of_kind(named, "event")),
        *_entries(session, who.depot_id, asked, _of_kind(named, "entry")),
    ]


def _of_kind(named: Iterable[NamedThing], kind: str) -> list[FoundThing]:
    found = [FoundThing(kind, one.id, one.name) for one in named if one.kind == kind]
    return found[:MOST_OF_A_KIND]


_CALLED: Final = select(Item.id, ITEM_NAME).where(
    beside_few(Item.depot_id) == bindparam("depot"), Item.id.in_(bindparam("ids", expanding=True))
)


def _items(session: Session, depot_id: int, found: Sequence[FoundThing]) -> Iterator[FoundThing]:
    """Yield items as they are called in the language of who reads, with how much is where."""
    called: dict[int, str] = {}
    lie = _where_they_lie(session, depot_id, [one.id for one in found]) if found else {}
    if found and names_in():
        wanted = {"depot": depot_id, "ids": [one.id for one in found]}
        called = {number: name for number, name in session.connection().execute(_CALLED, wanted)}
    for one in found:
        held, places = lie.get(one.id, (None, ()))
        name = called.get(one.id, one.name)
        yield FoundThing(one.kind, one.id, name, held=held, places=places)


def _where_they_lie(
    session: Session, depot_id: int, ids: Sequence[int]
) -> dict[int, tuple[tuple[int, str], tuple[str, ...]]]:
    """Return of items how much is here, and where most of it lies."""
    found: dict[int, tuple[tuple[int, str], tuple[str, ...]]] = {}
    wanted = {"depot": depot_id, "ids": ids, "most": _PLACES_NAMED}
    for number, total, unit, place in session.connection().execute(_LYING, wanted):
        _total, before = found.get(number, (None, ()))
        found[number] = ((int(total), unit), (*before, place))
    return found


_OF_PLACE: Final = (
    select(
        StockBalance.item_id,
        StockBalance.location_id,
        func.sum(StockBalance.quantity).label("quantity"),
    )
    .where(
        StockBalance.depot_id == bindparam("depot"),
        StockBalance.item_id.in_(bindparam("ids", expanding=True)),
        StockBalance.quantity > 0,
    )
    .group_by(StockBalance.item_id, StockBalance.location_id)
    .subquery()
)
_RANKED: Final = select(
    _OF_PLACE.c.item_id,
    _OF_PLACE.c.location_id,
    func.sum(_OF_PLACE.c.quantity).over(partition_by=_OF_PLACE.c.item_id).label("total"),
    func.row_number()
    .over(
        partition_by=_OF_PLACE.c.item_id,
        order_by=(_OF_PLACE.c.quantity.desc(), _OF_PLACE.c.location_id),
    )
    .label("rank"),
).subquery()
_LYING: Final = (
    select(_RANKED.c.item_id, _RANKED.c.total, Item.base_unit, Location.name)
    .join(Item, Item.id == _RANKED.c.item_id)
    .join(Location, Location.id == _RANKED.c.location_id)
    .where(_RANKED.c.rank <= bindparam("most"))
    .order_by(_RANKED.c.item_id, _RANKED.c.rank)
)


def _crates(
    session: Session, depot_id: int, asked: str, named: Sequence[NamedThing]
) -> Iterator[FoundThing]:
    """Yield crates by their code or number, then by tag, then by what is in them."""
    ids = ids_named_like(session, depot_id, asked, MOST_OF_A_KIND)
    tagged = [one for one in named if one.kind == "crate"]
    ids += [one.id for one in tagged if not one.is_guess]
    if len(ids) < MOST_OF_A_KIND:
        ids += _by_goods(session, depot_id, [one for one in named if one.kind == "item"])
    ids += [one.id for one in tagged if one.is_guess]
    ids = list(dict.fromkeys(ids))[:MOST_OF_A_KIND]
    if not ids and not named and _is_like_code(asked):
        ids = _by_near_code(session, depot_id, asked)
    if not ids:
        return
    goods = _goods_in(session, depot_id, ids)
    heads = {
        row.location_id: row
        for row in session.connection().execute(_HEADS, {"depot": depot_id, "ids": ids})
    }
    for number in ids:
        head = heads[number]
        name = " · ".join(part for part in (head.box_number, head.code) if part)
        stands = (head.place,) if head.place else ()
        yield FoundThing("crate", number, name, head.code, tuple(goods[number]), places=stands)


_STANDS: Final = aliased(Location)
_HEADS: Final = (
    select(Crate.location_id, Crate.code, Crate.box_number, _STANDS.name.label("place"))
    .join(Location, Location.id == Crate.location_id)
    .outerjoin(_STANDS, _STANDS.id == Location.parent_id)
    .where(
        beside_few(Crate.depot_id) == bindparam("depot"),
        Crate.location_id.in_(bindparam("ids", expanding=True)),
    )
)
_IN_CRATES: Final = (
    select(StockBalance.location_id, ITEM_NAME, StockBalance.quantity, Item.base_unit)
    .join(Item, Item.id == StockBalance.item_id)
    .where(
        StockBalance.depot_id == bindparam("depot"),
        StockBalance.location_id.in_(bindparam("ids", expanding=True)),
        StockBalance.quantity > 0,
    )
    .order_by(Item.name_key, StockBalance.lot_id)
)


def _goods_in(
    session: Session, depot_id: int, ids: Sequence[int]
) -> defaultdict[int, list[tuple[str, int, str]]]:
    """Return item, quantity and base unit of what lies in the crates."""
    sums: defaultdict[tuple[int, str, str], int] = defaultdict(int)
    wanted = {"depot": depot_id, "ids": ids}
    for number, name, quantity, unit in session.connection().execute(_IN_CRATES, wanted):
        sums[number, name, unit] += quantity
    found: defaultdict[int, list[tuple[str, int, str]]] = defaultdict(list)
    for (number, name, unit), quantity in sums.items():
        found[number].append((name, quantity, unit))
    return found


def _by_goods(session: Session, depot_id: int, items: Sequence[NamedThing]) -> list[int]:
    sure = [one.id for one in items if not one.is_guess] or [one.id for one in items]
    if not sure:
        return []
    wanted = {"depot": depot_id, "items": sure[:_ITEMS_LOOKED_INTO]}
    return [number for (number,) in session.connection().execute(_HOLDING, wanted)]


#: Found by their items, of which there are few, and not by the places in their order.
_AT: Final = beside_few(StockBalance.location_id)
_HOLDING: Final = (
    select(_AT)
    .join(Crate, Crate.location_id == StockBalance.location_id)
    .where(
        StockBalance.depot_id == bindparam("depot"),
        StockBalance.item_id.in_(bindparam("items", expanding=True)),
        StockBalance.quantity > 0,
    )
    .distinct()
    .order_by(_AT.desc())
    .limit(MOST_OF_A_KIND)
)


def _is_like_code(asked: str) -> bool:
    """Say whether a text may be a code that somebody misread by a letter."""
    has_digit = any(letter.isdecimal() for letter in asked)
    return has_digit and abs(len(asked.replace("-", "")) - CODE_LENGTH) <= 1


def _by_near_code(session: Session, depot_id: int, asked: str) -> list[int]:
    codes = [one.code for one in near_crates(session, depot_id, asked)]
    statement = select(Crate.location_id).where(Crate.depot_id == depot_id, Crate.code.in_(codes))
    return list(session.scalars(statement.order_by(Crate.location_id))) if codes else []


def _people(session: Session, who: Actor, words: Sequence[str]) -> list[FoundThing]:
    if who.is_helper or not words:
        return []
    found = []
    for number, name in colleagues(session, who.depot_id):
        near = closeness(words, words_of(name), name)
        if near is not None:
            found.append((order_of(near, False, name, number), FoundThing("person", number, name)))
    return [one for _order, one in sorted(found, key=lambda pair: pair[0])][:MOST_OF_A_KIND]


def _events(session: Session, who: Actor, found: Sequence[FoundThing]) -> Iterator[FoundThing]:
    """Yield hand-outs with their day: many bear one name."""
    statement = select(DistributionEvent.id, DistributionEvent.starts_at).where(
        DistributionEvent.depot_id == who.depot_id,
        DistributionEvent.id.in_([one.id for one in found]),
    )
    starts = {number: at for number, at in session.execute(statement)} if found else {}
    for one in found:
        day = local_day(starts[one.id], who.depot.time_zone)
        yield FoundThing(one.kind, one.id, one.name, day=day)


def _entries(
    session: Session, depot_id: int, asked: str, noted: Sequence[FoundThing]
) -> Iterator[FoundThing]:
    """Yield the entry of that number, and those with such a note."""
    number = asked.strip().lstrip("#")
    seq = int(number) if number.isdecimal() and len(number) <= _LONGEST_NUMBER else None
    ids = [one.id for one in noted]
    statement = select(
        StockEntry.id, StockEntry.seq, StockEntry.note, StockEntry.occurred_on
    ).where(StockEntry.depot_id == depot_id)
    rows = (
        {row.id: row for row in session.execute(statement.where(StockEntry.id.in_(ids)))}
        if ids
        else {}
    )
    by_number = session.execute(statement.where(StockEntry.seq == seq)).all() if seq else []
    for row in dict.fromkeys([*by_number, *(rows[one] for one in ids)]):
        name = f"#{row.seq} {row.note}".strip()
        yield FoundThing("entry", row.id, name, day=row.occurred_on)


def may_be_code(asked: str) -> bool:
    """Say whether a text may be a crate's code or address, or the code on a package.

    Then it is looked up as the scan page does; a word or a short number is not.
    """
    digits = sum(letter.isdecimal() for letter in asked)
    is_address = read_address(asked) is not None
    return is_address or normalise_code(asked) is not None or digits >= _FEWEST_DIGITS
