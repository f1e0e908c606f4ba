"""Entries of every kind, posted straight into a depot's ledger at any time, for tests of reports.

Commands refuse times from the future and choose lots by rules of their own; a test of what is
added up wants to say exactly which item went from where to where on which day.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.base.actors import Actor
from depot.base.clock import local_day
from depot.base.kinds import EntryKind, ReasonOfEntry, SourceKind, SourceOfEntry
from depot.base.names import name_key
from depot.db.transaction import transaction
from depot.ledger.entries import Entry, Move, People, Place
from depot.ledger.posting import PostedEntry, lock_head, post_entry
from depot.models import (
    Category,
    CommandLog,
    DistributionEvent,
    Item,
    Location,
    Lot,
    Partner,
    PeopleCount,
    StockEntry,
    StockMove,
)
from tests.current import db


def post_by_hand(session: Session, entry: Entry) -> PostedEntry:
    """Write an entry and, as `once` does, the command that it says it is of."""
    posted = post_entry(session, entry, lock_head(session, entry.depot_id))
    session.add(
        CommandLog(
            depot_id=entry.depot_id,
            command_id=entry.command_id,
            body_hash="",
            answer="{}",
            recorded_at=entry.recorded_at,
        )
    )
    return posted


@dataclass(frozen=True)
class Goods:
    """An item with one lot of it."""

    item_id: int
    lot_id: int


class Book:
    """One depot's ledger, written by hand."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self.depot = actor.depot
        rows = db.session().execute(
            select(Location.id, Location.kind, Location.is_default).where(
                Location.depot_id == self.depot.id
            )
        )
        self.places: dict[str, Place] = {}
        for place_id, kind, is_default in rows:
            self.places["here" if is_default else kind] = Place(place_id, kind)

    def goods(
        self, name: str, category: str, *, unit: str = "piece", milligrams: int | None = None
    ) -> Goods:
        """Make an item and a lot of it."""
        with transaction() as session:
            found = session.scalars(
                select(Category).where(
                    Category.depot_id == self.depot.id, Category.name_key == name_key(category)
                )
            ).one()
            item = Item(
                depot_id=self.depot.id,
                category_id=found.id,
                name=name,
                name_key=name_key(name),
                base_unit=unit,
                unit_weight_milligrams=milligrams,
            )
            session.add(item)
            session.flush()
            lot = Lot(
                depot_id=self.depot.id,
                item_id=item.id,
                origin_kind="donation",
                first_received_on=datetime(2020, 1, 1).date(),  # noqa: DTZ001 - a day, no instant
            )
            session.add(lot)
            session.flush()
            return Goods(item.id, lot.id)

    def event(self, name: str, starts_at: datetime) -> int:
        """Make an open event and return its id."""
        with transaction() as session:
            event = DistributionEvent(
                depot_id=self.depot.id,
                name=name,
                starts_at=starts_at,
                state="open",
                opened_at=starts_at,
            )
            session.add(event)
            session.flush()
            return event.id

    def move(
        self,
        kind: EntryKind,
        goods: Goods,
        quantity: int,
        source: str,
        target: str,
        at: datetime,
        *,
        recorded: datetime | None = None,
        source_kind: SourceOfEntry = "",
        reason: ReasonOfEntry = "",
        event_id: int | None = None,
        partner_id: int | None = None,
    ) -> PostedEntry:
        """Post one move as an entry of its own; places are "here" or the kind of an outside one."""
        move = Move(goods.item_id, goods.lot_id, self.places[source], self.places[target], quantity)
        entry = self._entry(kind, at, recorded, source_kind=source_kind, reason=reason)
        return self.post(_with(entry, moves=(move,), event_id=event_id, partner_id=partner_id))

    def donor(self, name: str) -> int:
        """Make somebody who gives and return their id."""
        with transaction() as session:
            partner = Partner(depot_id=self.depot.id, name=name, name_key=name_key(name))
            session.add(partner)
            session.flush()
            return partner.id

    def came_in(
        self, goods: Goods, quantity: int, at: datetime, kind: SourceKind = "donation"
    ) -> PostedEntry:
        """Receive goods."""
        return self.move("receipt", goods, quantity, "supplier", "here", at, source_kind=kind)

    def went_out(
        self, goods: Goods, quantity: int, at: datetime, event_id: int | None = None
    ) -> PostedEntry:
        """Hand goods out."""
        return self.move("issue", goods, quantity, "here", "recipient", at, event_id=event_id)

    def people(self, people: People, at: datetime) -> PostedEntry:
        """Count people at an event."""
        entry = self._entry("people", at, None)
        return self.post(_with(entry, people=people, event_id=people.event_id))

    def undo(self, posted: PostedEntry, recorded: datetime) -> PostedEntry:
        """Reverse an entry as the ledger means it: at the original's time, all of it mirrored."""
        session = db.session()
        old = session.get_one(StockEntry, posted.entry_id)
        found = session.execute(
            select(Location.id, Location.kind).where(Location.depot_id == self.depot.id)
        )
        places = {place_id: Place(place_id, kind) for place_id, kind in found}
        moves = session.scalars(
            select(StockMove).where(StockMove.entry_id == old.id).order_by(StockMove.line)
        )
        mirrored = tuple(
            Move(
                move.item_id,
                move.lot_id,
                places[move.target_id],
                places[move.source_id],
                move.quantity,
            )
            for move in moves
        )
        entry = self._entry(
            "reversal", old.occurred_at, recorded, source_kind=old.source_kind, reason=old.reason
        )
        facts: dict[str, object] = {
            "moves": mirrored,
            "people": _taken_back(session.get(PeopleCount, old.id)),
        }
        facts |= {"event_id": old.event_id, "partner_id": old.partner_id}
        return self.post(_with(entry, reverses_id=old.id, **facts))

    def post(self, entry: Entry) -> PostedEntry:
        """Write an entry."""
        with transaction() as session:
            return post_by_hand(session, entry)

    def _entry(
        self,
        kind: EntryKind,
        at: datetime,
        recorded: datetime | None,
        *,
        source_kind: SourceOfEntry = "",
        reason: ReasonOfEntry = "",
    ) -> Entry:
        return Entry(
            depot_id=self.depot.id,
            kind=kind,
            occurred_at=at,
            occurred_on=local_day(at, self.depot.time_zone),
            recorded_at=recorded or at,
            command_id=str(uuid4()),
            person_id=self.actor.person_id,
            source_kind=source_kind,
            reason=reason,
        )


def _taken_back(count: PeopleCount | None) -> People | None:
    if count is None:
        return None
    asked = (count.adults, count.children, count.seniors, count.new_households)
    less = [None if number is None else -number for number in asked]
    return People(count.event_id, -count.households, *less)


def _with(entry: Entry, **changes: object) -> Entry:
    return replace(entry, **changes)  # type: ignore[arg-type]
