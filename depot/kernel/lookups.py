"""Finding what a command names, and names that are free. Always in one depot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import insert, select

from depot.base.dates import LotDate
from depot.base.errors import (
    CrateRetired,
    NotFound,
    UnknownCategory,
    UnknownCrate,
    UnknownItem,
    UnknownLocation,
)
from depot.base.kinds import CrateState, DateKind, OriginKind, OutsideKind, SourceKind
from depot.base.names import (
    clean_name,
    find_almost,
    looks,
    name_key,
    need_one_alphabet,
)
from depot.base.text import N_
from depot.db.transaction import kept_in_batch
from depot.kernel import sql
from depot.kernel.once import Work
from depot.ledger.doubts.questions import AlmostKnownDonor
from depot.ledger.entries import Place
from depot.ledger.holds import hold_on_arrival
from depot.models import (
    Item,
    Partner,
)
from labels.symbols import codes

#: How a request names an item: by its id or by its name.
ItemRef = int | str


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item as commands need it."""

    id: int
    name: str
    name_key: str
    base_unit: str
    unit_weight_milligrams: int | None
    category_id: int
    after_best_before: str
    is_loose: bool


@dataclass(frozen=True, slots=True)
class CrateRow:
    """A crate as commands need it; `place` is the crate itself as a location."""

    place: Place
    code: str
    box_number: str
    state: CrateState
    parent_id: int | None


@dataclass(frozen=True, slots=True)
class LotKey:
    """What makes a lot one lot: same item, origin, date and product's code."""

    item_id: int
    origin_kind: OriginKind
    partner_id: int = 0
    produced_by_seq: int = 0
    lot_code: str = ""
    date_kind: DateKind = "none"
    date_text: str = ""
    gtin: str = ""


class FixedPlaces:
    """The depot's fixed locations: one outside location a kind, and where goods arrive."""

    def __init__(self, outside: Mapping[OutsideKind, Place], arrival: Place) -> None:
        self.outside = outside
        self.arrival = arrival

    def __getitem__(self, kind: OutsideKind) -> Place:
        return self.outside[kind]


def load_fixed_places(work: Work) -> FixedPlaces:
    """Load the outside locations and the default storage place (one statement)."""
    found = work.ask(sql.FIXED_PLACES).all()
    outside = {row.kind: Place(row.id, row.kind) for row in found if not row.is_default}
    arrival = next((Place(row.id, row.kind) for row in found if row.is_default), None)
    if arrival is None:
        raise NotFound(what=N_("place"), name="arrivals")
    return FixedPlaces(outside, arrival)


def make_item_row(item: Item, after_best_before: str) -> ItemRow:
    """Return the frozen row of an item."""
    return ItemRow(
        item.id,
        item.name,
        item.name_key,
        item.base_unit,
        item.unit_weight_milligrams,
        item.category_id,
        after_best_before,
        item.is_loose,
    )


def find_items(work: Work, refs: Iterable[ItemRef]) -> dict[ItemRef, ItemRow]:
    """Return the items named, by reference; those not found are missing (one statement).

    A name may be one in any language.
    """
    wanted = list(dict.fromkeys(refs))
    if not wanted:
        return {}
    ids = [ref for ref in wanted if isinstance(ref, int)]
    keys = {ref: name_key(ref) for ref in wanted if isinstance(ref, str)}
    asked = work.ask(sql.ITEM_STATEMENT, ids=ids, keys=list(keys.values()))
    found = [(said, ItemRow(*row)) for *row, said in asked]
    by_id, by_key = {row.id: row for _said, row in found}, dict(found)
    rows: dict[ItemRef, ItemRow] = {ref: by_id[ref] for ref in ids if ref in by_id}
    return rows | {ref: by_key[key] for ref, key in keys.items() if key in by_key}


def need_items(work: Work, refs: Iterable[ItemRef]) -> dict[ItemRef, ItemRow]:
    """As `find_items`, but raises UnknownItem for the first that is not there."""
    wanted = list(refs)
    found = find_items(work, wanted)
    for ref in wanted:
        if ref not in found:
            raise UnknownItem(field="item", name=ref)
    return found


def loose_items(work: Work, categories: Iterable[str | int]) -> dict[str | int, ItemRow]:
    """Return each named category's item of loose goods, in grams. Raises UnknownCategory."""
    wanted = list(dict.fromkeys(categories))
    if not wanted:
        return {}
    keys = {name_key(ref) for ref in wanted if isinstance(ref, str)}
    ids = {ref for ref in wanted if isinstance(ref, int)}
    found = {}
    for *columns, category_key in work.ask(sql.LOOSE_ITEMS, ids=list(ids), keys=list(keys)):
        row = ItemRow(*columns)
        found[row.category_id] = found[category_key] = row
    rows: dict[str | int, ItemRow] = {}
    for ref in wanted:
        match = found.get(name_key(ref) if isinstance(ref, str) else ref)
        if match is None:
            raise UnknownCategory(field="category", name=ref)
        rows[ref] = match
    return rows


def find_crates(work: Work, texts: Iterable[str]) -> dict[str, CrateRow]:
    """Return the crates named by code or old box number, by the text given, however spelled.

    One statement; a second one where a code is left that may be on a label since replaced.
    """
    wanted = list(dict.fromkeys(texts))
    if not wanted:
        return {}
    box_of = {text: name_key(text) for text in wanted}
    code_of = {text: code for text in wanted if (code := codes.normalise_code(text))}
    boxes, coded = dict.fromkeys(box_of.values()), dict.fromkeys(code_of.values())
    painted: dict[str, CrateRow] = {}
    printed: dict[str, CrateRow] = {}
    for crate in work.ask(sql.CRATE_STATEMENT, codes=list(coded), boxes=list(boxes)):
        painted[crate.box_number_key] = printed[crate.code] = _crate_row(crate)
    left = [
        code
        for text, code in code_of.items()
        if box_of[text] not in painted and code not in printed
    ]
    if left:
        for crate in work.ask(sql.REPLACED, codes=left):
            printed[crate.asked] = _crate_row(crate)
    # a painted number wins: some of them read as codes too
    found = {
        text: painted.get(box_of[text]) or printed.get(code_of.get(text, "")) for text in wanted
    }
    return {text: row for text, row in found.items() if row is not None}


def _crate_row(crate: Any) -> CrateRow:
    place = Place(crate.location_id, "crate")
    return CrateRow(place, crate.code, crate.box_number, crate.state, crate.parent_id)


def need_crate(work: Work, text: str, field: str = "crate_code") -> CrateRow:
    """Return the crate with that code or box number. Raises UnknownCrate."""
    found = find_crates(work, [text])
    if text not in found:
        raise UnknownCrate(field=field, code=text)
    return found[text]


def need_usable_crates(work: Work, texts: Iterable[str]) -> dict[str, CrateRow]:
    """Return the crates named. Raises UnknownCrate, and CrateRetired for a retired one.

    What lies in a retired crate already lies there: the caller takes it into use.
    """
    wanted = list(texts)
    found = find_crates(work, wanted)
    for text in wanted:
        if text not in found:
            raise UnknownCrate(field="crate_code", code=text)
        if found[text].state == "retired" and not work.is_fact:
            raise CrateRetired(field="crate_code", code=found[text].code)
    return found


def find_places(work: Work, names: Iterable[str]) -> dict[str, Place]:
    """Return storage-like locations by the name given. Raises UnknownLocation (one statement)."""
    found = _named_places(work, names)
    return {name: named.place for name, named in found.items()}


class NamedPlace(NamedTuple):
    """What a text names: a location and its name, or a crate and its code."""

    place: Place
    name: str
    crate: CrateRow | None = None


def _named_places(work: Work, names: Iterable[str]) -> dict[str, NamedPlace]:
    keys = {name: name_key(name) for name in dict.fromkeys(names)}
    found = _places_by_key(work, list(dict.fromkeys(keys.values())))
    for name, key in keys.items():
        if key not in found:
            raise UnknownLocation(field="location", name=name)
    return {name: found[key] for name, key in keys.items()}


def _places_by_key(work: Work, keys: Sequence[str]) -> dict[str, NamedPlace]:
    """Return places by their names' keys; a batch, of which no command names one anew, asks once.

    Who else would waits for the batch: they lock the chain's end too.
    """
    kept = kept_in_batch()
    places = {} if kept is None else kept.setdefault((NamedPlace, work.depot_id), {})
    left = [key for key in keys if key not in places]
    if left:
        for row in work.ask(sql.PLACE_STATEMENT, keys=left):
            places[row.name_key] = NamedPlace(Place(row.id, row.kind), row.name)
    return {key: places[key] for key in keys if key in places}


def find_place_or_crate(work: Work, text: str, field: str) -> tuple[Place, CrateRow | None]:
    """Return what `text` names: a crate (code, box number) or a location's name.

    Raises UnknownLocation; whether a crate is retired is the caller's question.
    """
    found = place_among(work, text, find_crates(work, [text]), field)
    return found.place, found.crate


def find_crate_and_target(work: Work, code: str, to: str) -> tuple[CrateRow, NamedPlace]:
    """Return the crate with that code or box number, and what `to` names (two statements at most).

    Raises UnknownCrate, UnknownLocation.
    """
    crates = find_crates(work, [code, to])
    if code not in crates:
        raise UnknownCrate(field="crate_code", code=code)
    return crates[code], place_among(work, to, crates, "to")


def place_among(work: Work, text: str, crates: Mapping[str, CrateRow], field: str) -> NamedPlace:
    """Return what `text` names, one of the crates or a location. Raises UnknownLocation."""
    if text in crates:
        return NamedPlace(crates[text].place, crates[text].code, crates[text])
    try:
        return _named_places(work, [text])[text]
    except UnknownLocation as error:
        raise UnknownLocation(field=field, name=text) from error


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """A partner as commands need it."""

    id: int
    source_kind: SourceKind
    name: str


def find_or_make_partner(work: Work, ref: int | str, source_kind: SourceKind | None) -> PartnerRow:
    """Return the partner named by id or name, making one with a new name on its first donation.

    Raises NotFound for an id that is not this depot's.
    """
    named = Partner.id == ref if isinstance(ref, int) else Partner.name_key == name_key(ref)
    known = work.session.execute(
        select(Partner.id, Partner.source_kind, Partner.name).where(
            Partner.depot_id == work.depot_id, named
        )
    ).one_or_none()
    if known is not None:
        return PartnerRow(known.id, known.source_kind, known.name)
    if isinstance(ref, int):
        raise NotFound(field="partner", what=N_("partner"), name=ref)
    meant = _partner_meant(work, ref)
    if meant is not None:
        return meant
    kind = source_kind or "donation"
    made = work.session.execute(
        insert(Partner)
        .values(depot_id=work.depot_id, name=ref, name_key=name_key(ref), source_kind=kind)
        .returning(Partner.id)
    ).scalar_one()
    return PartnerRow(made, kind, ref)


def _partner_meant(work: Work, name: str) -> PartnerRow | None:
    """Ask who is there about a name that is almost a known one; return the known one if chosen.

    Where nobody can be asked, the one that looks the same in other letters is meant.
    """
    rows = work.session.execute(
        select(Partner.name, Partner.id, Partner.source_kind).where(
            Partner.depot_id == work.depot_id, ~Partner.archived
        )
    )
    known = {row.name: PartnerRow(row.id, row.source_kind, row.name) for row in rows}
    if not work.is_attended:
        return next((row for one, row in known.items() if looks(one) == looks(name)), None)
    need_one_alphabet(name, "partner")
    almost = find_almost(name, known)
    if almost is None:
        return None
    question = AlmostKnownDonor(name=clean_name(name), known=almost)
    if work.takes_instead(question):
        return known[almost]
    work.doubt(question)
    return None


def find_or_make_lots(work: Work, wanted: Sequence[tuple[LotKey, LotDate]]) -> dict[LotKey, int]:
    """Return a lot id for every key, making new ones (two statements; three with a hold)."""
    dates = dict(wanted)
    if not dates:
        return {}
    asked = work.ask(
        sql.LOTS,
        items=list({key.item_id for key in dates}),
        origins=list({key.origin_kind for key in dates}),
        partners=list({key.partner_id for key in dates}),
        dates=list({key.date_text for key in dates}),
        entries=list({key.produced_by_seq for key in dates}),
    )
    found = {LotKey(*key): lot_id for lot_id, *key in asked}
    missing = [key for key in dates if key not in found]
    if missing:
        values = [_lot_values(work, key, dates[key], work.occurred_on) for key in missing]
        made = work.session.connection().execute(sql.ADD_LOTS, values).all()
        found |= {LotKey(*key): lot_id for lot_id, *key, _ in made}
        if any(is_hold_open for *_, is_hold_open in made):
            hold_on_arrival(work.session, work.depot_id, [row[0] for row in made])
    return found


def _lot_values(work: Work, key: LotKey, dated: LotDate, on: date) -> dict[str, object]:
    return {
        "depot_id": work.depot_id,
        **asdict(key),
        "date_precision": dated.precision,
        "date_on": dated.on,
        "first_received_on": on,
    }


def look_up_places(work: Work, texts: Sequence[str]) -> dict[str, Place]:
    """Return the crates and places named. Raises UnknownLocation; at most two statements."""
    crates = {text: crate.place for text, crate in find_crates(work, texts).items()}
    return crates | find_places(work, [text for text in texts if text not in crates])


def went_on(work: Work, crate: CrateRow) -> bool:
    """Say whether the crate was put somewhere after this had happened: there it stands now."""
    if not work.is_late:
        return False
    asked = work.ask(sql.PUT_LATER, crate=crate.place.id, since=work.occurred_at)
    return bool(asked.scalar_one())
