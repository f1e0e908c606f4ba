"""Which entries are wanted: by kind, person, item, place, partner, event, days and words."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy import ColumnElement, Select, or_, select, union_all

from depot.base.kinds import EntryKind
from depot.base.names import name_key
from depot.ledger.item_names import item_is_called
from depot.models import (
    ApiToken,
    Crate,
    CrateLabel,
    CratePlacement,
    DistributionEvent,
    Item,
    Location,
    Partner,
    Person,
    StockEntry,
    StockMove,
)
from labels.symbols import codes


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFilter:
    """What a reader asked for; None or empty asks for nothing. Names may be parts of names."""

    kind: EntryKind | None = None
    person: str | None = None
    item: str | None = None
    place: str | None = None
    partner: str | None = None
    event: str | None = None
    #: First and last day on which it happened.
    since: date | None = None
    until: date | None = None
    #: Words of the note.
    text: str | None = None

    @property
    def is_open(self) -> bool:
        """Say whether nothing is asked for."""
        return not any(getattr(self, field.name) for field in fields(self))


def entry_conditions(depot_id: int, wanted: EntryFilter) -> list[ColumnElement[bool]]:
    """Return the conditions on StockEntry for what is wanted in that depot."""
    found: list[ColumnElement[bool]] = []
    if wanted.kind:
        found.append(StockEntry.kind == wanted.kind)
    if wanted.since:
        found.append(StockEntry.occurred_on >= wanted.since)
    if wanted.until:
        found.append(StockEntry.occurred_on <= wanted.until)
    if wanted.text:
        found.append(StockEntry.note.icontains(wanted.text, autoescape=True))
    return [*found, *_names(depot_id, wanted)]


def _names(depot_id: int, wanted: EntryFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.person:
        found.append(_by(depot_id, wanted.person))
    if wanted.item:
        found.append(StockEntry.id.in_(_about_item(depot_id, wanted.item)))
    if wanted.place:
        found.append(_at(depot_id, wanted.place))
    if wanted.partner:
        named = Partner.name_key.contains(name_key(wanted.partner), autoescape=True)
        partners = select(Partner.id).where(Partner.depot_id == depot_id, named)
        found.append(StockEntry.partner_id.in_(partners))
    if wanted.event:
        named = DistributionEvent.name.icontains(wanted.event, autoescape=True)
        events = select(DistributionEvent.id).where(DistributionEvent.depot_id == depot_id, named)
        found.append(StockEntry.event_id.in_(events))
    return found


def _by(depot_id: int, name: str) -> ColumnElement[bool]:
    people = select(Person.id).where(Person.name.icontains(name, autoescape=True))
    tokens = select(ApiToken.id).where(
        ApiToken.depot_id == depot_id, ApiToken.name.icontains(name, autoescape=True)
    )
    return or_(StockEntry.person_id.in_(people), StockEntry.token_id.in_(tokens))


def _about_item(depot_id: int, name: str) -> Select[int]:
    items = select(Item.id).where(Item.depot_id == depot_id, item_is_called(name))
    return select(StockMove.entry_id).where(StockMove.item_id.in_(items))


def _at(depot_id: int, name: str) -> ColumnElement[bool]:
    """Ask for what touched a place, or a crate by a code it has or had, or its old box number."""
    code = codes.normalise_code(name) or name
    had = select(CrateLabel.crate_id).where(
        CrateLabel.depot_id == depot_id, CrateLabel.code == code
    )
    crates = select(Crate.location_id).where(
        Crate.depot_id == depot_id,
        or_(
            Crate.code == code,
            Crate.box_number_key == name_key(name),
            Crate.location_id.in_(had),
        ),
    )
    named = Location.name_key.contains(name_key(name), autoescape=True)
    here = select(Location.id).where(
        Location.depot_id == depot_id,
        or_(named & (Location.kind != "crate"), Location.id.in_(crates)),
        Location.name_key.not_like("outside:%"),
    )
    touched = union_all(
        select(StockMove.entry_id).where(StockMove.source_id.in_(here)),
        select(StockMove.entry_id).where(StockMove.target_id.in_(here)),
        select(CratePlacement.entry_id).where(CratePlacement.crate_id.in_(here)),
        select(CratePlacement.entry_id).where(CratePlacement.to_id.in_(here)),
        select(CratePlacement.entry_id).where(CratePlacement.from_id.in_(here)),
    )
    return StockEntry.id.in_(touched)
