"""Holding goods back, and letting them go again: anybody may hold, a coordinator lifts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, insert, literal, select, update

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import HoldLifted, Invalid, NotFound, UnknownCode
from depot.base.kinds import PHYSICAL_KINDS, PLACE_KINDS
from depot.base.names import name_key
from depot.base.text import N_
from depot.items.gs1 import read_code
from depot.items.learned_codes import known_codes
from depot.kernel.answers import Answer
from depot.kernel.lookups import ItemRef, need_crate, need_items
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.kernel.promises.keeping import look_over
from depot.kernel.second.needed import need_second
from depot.ledger.holds import is_about
from depot.models import (
    HeldLot,
    Hold,
    Location,
    Lot,
    Partner,
    Recall,
    StockBalance,
    StockEntry,
    StockMove,
)
from depot.safety.errors import RecallStillOpen
from depot.safety.inside import last_good_reading, lots_gone_since, lots_inside
from depot.safety.lifting import recall_of_hold, told_of_hold


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBy:
    """What is held: the lots that fit all that is named. At least one thing must be."""

    item: ItemRef | None = None
    lot_code: str = ""
    #: The first and the last day that may be on the package.
    date_from: date | None = None
    date_to: date | None = None
    #: A product's code: lots that bear it, and those that bear none of the item it stands for.
    gtin: str = ""
    #: Who gave it.
    partner: int | str | None = None
    #: The id of the entry with which it came in.
    receipt: int | None = None
    #: The crate in which it lies now.
    crate_code: str = ""
    #: The id of a place: what lies in it now, and what lay in it at any time since its last
    #: reading within the limits.
    place: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceHold:
    """Hold goods back from now on, wherever they lie and whatever comes of the same."""

    command_id: UUID
    reason: str
    by: HeldBy = field(default_factory=HeldBy)
    #: The day on which somebody is to decide; the hold does not end by itself.
    until: date | None = None
    #: It counts from then: a phone may deliver it later.
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseHold:
    """Let what was held back go out again."""

    command_id: UUID
    reason: str
    hold_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedHold(Answer):
    """How many lots are held, and how many base units of them are here."""

    id: int
    lots: int
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedHold(Answer):
    """The hold that was lifted."""

    id: int


def place_hold(command: PlaceHold, actor: Actor, clock: Clock = utc_now) -> Outcome[PlacedHold]:
    """Hold back the lots that fit, also those of which none is here now.

    Raises Invalid for no reason, nothing named, a range that ends before it begins, a code of
    another item, or a receipt or crate in which nothing fits; UnknownItem, UnknownCode,
    UnknownCrate, NotFound (donor, receipt).
    """
    return run_once(command, actor, clock, book_hold, PlacedHold)


def release_hold(
    command: ReleaseHold, actor: Actor, clock: Clock = utc_now
) -> Outcome[ReleasedHold]:
    """Lift a hold, with a reason.

    Raises Forbidden, NotFound, HoldLifted, Invalid, RecallStillOpen.
    """
    need_coordinator(actor)
    return run_once(command, actor, clock, _release, ReleasedHold)


def book_hold(command: PlaceHold, work: Work) -> PlacedHold:
    """Hold inside the command that asks for it; raises as `place_hold`."""
    named = command.by
    held = add_hold(command, work)
    if not held.lots and (named.receipt is not None or named.crate_code or named.place):
        # nothing that comes later would be held either
        raise Invalid(field="by", problem=N_("Nothing fits all of that: nothing would be held."))
    look_over(work)
    return held


def add_hold(command: PlaceHold, work: Work) -> PlacedHold:
    """Write a hold down, whether anything fits or not; what was promised is not looked over yet.

    Raises as `place_hold`.
    """
    if not command.reason.strip():
        raise Invalid(field="reason", problem=N_("Say why it is held back."))
    if command.until is not None and command.until < work.today:
        raise Invalid(field="until", problem=N_("That day is over."))
    named = _look_up(work, command.by)
    hold_id: int = work.session.execute(
        insert(Hold)
        .values(
            depot_id=work.depot_id,
            **named,
            reason=command.reason,
            until_on=command.until,
            made_at=min(work.occurred_at, work.recorded_at),
            person_id=work.actor.person_id,
            token_id=work.actor.token_id,
        )
        .returning(Hold.id)
    ).scalar_one()
    _hold_lots(work, hold_id, named)
    return _held(work, hold_id)


def _look_up(work: Work, by: HeldBy) -> dict[str, Any]:
    """Return the columns of what is named."""
    if by.date_from and by.date_to and by.date_to < by.date_from:
        raise Invalid(field="date_to", problem=N_("The last day is before the first."))
    item_id, gtin = _product(work, by)
    found = {
        "item_id": item_id,
        "lot_code": by.lot_code,
        "date_from": by.date_from,
        "date_to": by.date_to,
        "gtin": gtin,
        "partner_id": None if by.partner is None else _partner_id(work, by.partner),
        "entry_id": None if by.receipt is None else _receipt_id(work, by.receipt),
        "crate_id": _spot_id(work, by),
    }
    if not any(found.values()):
        raise Invalid(field="by", problem=N_("Say what is held back: at least one thing."))
    return found


def _spot_id(work: Work, by: HeldBy) -> int | None:
    """Return the crate or the place that is named. Raises UnknownCrate, NotFound, Invalid."""
    if by.place is None:
        return need_crate(work, by.crate_code).place.id if by.crate_code else None
    if by.crate_code:
        raise Invalid(field="crate_code", problem=N_("Name a crate or a place, not both."))
    found = work.session.scalar(
        select(Location.id).where(
            Location.depot_id == work.depot_id,
            Location.id == by.place,
            Location.kind.in_(PLACE_KINDS),
        )
    )
    if found is None:
        raise NotFound(field="place", what=N_("place"), name=str(by.place))
    return found


def _product(work: Work, by: HeldBy) -> tuple[int | None, str]:
    """Return the item that is named and the product's code in 14 digits.

    A code that nobody taught and no lot bears says something only beside an item or a lot code.
    """
    named = need_items(work, [by.item])[by.item].id if by.item is not None else None
    if not by.gtin:
        return named, ""
    scan = read_code(by.gtin, work.today, work.actor.depot.time_zone)
    known = known_codes(work, [key for key in scan.keys if key])
    meant = next((known[key] for key in scan.keys if key in known), None)
    if meant is None:
        if not scan.gtin14 or not (named or by.lot_code or _is_on_lots(work, scan.gtin14)):
            raise UnknownCode(field="gtin", code=by.gtin)
        return named, scan.gtin14
    if named not in (None, meant.item_id):
        raise Invalid(field="gtin", problem=N_("That code is of another item."))
    return meant.item_id, meant.code if meant.code in scan.also else scan.gtin14


def _is_on_lots(work: Work, gtin: str) -> bool:
    bears = exists().where(Lot.depot_id == work.depot_id, Lot.gtin == gtin)
    return bool(work.session.scalar(select(bears)))


def _partner_id(work: Work, ref: int | str) -> int:
    is_it = Partner.id == ref if isinstance(ref, int) else Partner.name_key == name_key(ref)
    found = work.session.scalar(select(Partner.id).where(Partner.depot_id == work.depot_id, is_it))
    if found is None:
        raise NotFound(field="partner", what=N_("partner"), name=str(ref))
    return found


def _receipt_id(work: Work, entry_id: int) -> int:
    found = work.session.scalar(
        select(StockEntry.id).where(
            StockEntry.depot_id == work.depot_id,
            StockEntry.id == entry_id,
            StockEntry.kind.in_(("receipt", "opening", "production")),
        )
    )
    if found is None:
        raise NotFound(field="receipt", what=N_("delivery"), name=str(entry_id))
    return found


def _hold_lots(work: Work, hold_id: int, named: dict[str, Any]) -> None:
    """Write down which lots the hold is about (one statement)."""
    fitting = [Hold.id == hold_id, *_came_with(work, named), *_lies_in(work, named)]
    lots = select(literal(hold_id), Lot.id, Lot.depot_id).join(Hold, is_about(Hold))
    columns = ["hold_id", "lot_id", "depot_id"]
    work.session.execute(insert(HeldLot).from_select(columns, lots.where(*fitting)))


def _came_with(work: Work, named: dict[str, Any]) -> list[ColumnElement[bool]]:
    if named["entry_id"] is None:
        return []
    came = (
        select(StockMove.lot_id)
        .join(Location, Location.id == StockMove.target_id)
        .where(
            StockMove.depot_id == work.depot_id,
            StockMove.entry_id == named["entry_id"],
            Location.kind.in_(PHYSICAL_KINDS),
        )
    )
    return [Lot.id.in_(came)]


def _lies_in(work: Work, named: dict[str, Any]) -> list[ColumnElement[bool]]:
    if named["crate_id"] is None:
        return []
    found = set(work.session.scalars(lots_inside(work.depot_id, named["crate_id"])))
    since = last_good_reading(work, named["crate_id"])
    if since is not None:
        found |= lots_gone_since(work, named["crate_id"], since)
    return [Lot.id.in_(found)]


def _held(work: Work, hold_id: int) -> PlacedHold:
    lots = work.session.scalar(
        select(func.count()).select_from(HeldLot).where(HeldLot.hold_id == hold_id)
    )
    here = work.session.scalar(
        select(func.sum(StockBalance.quantity))
        .join(HeldLot, HeldLot.lot_id == StockBalance.lot_id)
        .where(StockBalance.depot_id == work.depot_id, HeldLot.hold_id == hold_id)
    )
    return PlacedHold(id=hold_id, lots=int(lots or 0), quantity=int(here or 0))


def _release(command: ReleaseHold, work: Work) -> ReleasedHold:
    if not command.reason.strip():
        raise Invalid(field="reason", problem=N_("Say why it may go out again."))
    own = (Hold.depot_id == work.depot_id, Hold.id == command.hold_id)
    found = work.session.execute(select(Hold.released_at).where(*own)).one_or_none()
    if found is None:
        raise NotFound(what=N_("hold"), name=str(command.hold_id))
    if found.released_at is not None:
        raise HoldLifted()
    is_recalled = exists().where(
        Recall.depot_id == work.depot_id,
        Recall.hold_id == command.hold_id,
        Recall.closed_at.is_(None),
    )
    if work.session.scalar(select(is_recalled)):
        raise RecallStillOpen()
    name = recall_of_hold(work, command.hold_id)
    if name is not None:
        need_second(work, "recall", told_of_hold(work, name, command.hold_id))
    work.session.execute(
        update(Hold)
        .where(*own)
        .values(
            released_at=work.recorded_at,
            released_by_id=work.actor.person_id,
            released_program_id=work.actor.token_id,
            release_reason=command.reason,
        )
        .execution_options(synchronize_session=False)
    )
    look_over(work)
    return ReleasedHold(id=command.hold_id)
