"""The working screen of a hand-out: its steps, what to take and from where, the last count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from blueprints.frame.language import current_reader
from blueprints.words.amounts import typed_amount
from depot.base.actors import Actor
from depot.base.allergens import NO_WISH, FoodWish
from depot.base.clock import local_day, utc_now
from depot.distribution.queries.event_plans import NotPickable, PickLine, PickList, pick_list
from depot.distribution.queries.events import EventRow, latest_entries
from depot.distribution.queries.standing import StandIn, stand_ins
from depot.words import figures
from depot.words.allergens import food_words


@dataclass(frozen=True, slots=True)
class Step:
    """One of the states that a hand-out goes through."""

    words: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class Fetch:
    """A row of what to take: what, from where, how much, and whether it was fetched."""

    location_id: int
    lot_id: int
    quantity: int
    is_picked: bool
    #: It was fetched, and must not go out any more.
    must_go_back: bool
    #: Some of the same was fetched from there already.
    is_more: bool
    title: str
    small: str
    figure: str
    #: What a form of "Hand out" sends for it.
    item: str
    amount: str
    location: str

    @property
    def anchor(self) -> str:
        again = "-more" if self.is_more else ""
        return f"take-{self.location_id}-{self.lot_id}{again}"


@dataclass(frozen=True, slots=True)
class Lack:
    """A row of what cannot be fetched: how much, and what could stand in."""

    item: str
    words: str
    figure: str


@dataclass(frozen=True, slots=True)
class Working:
    """What the page shows beside the figures."""

    steps: tuple[Step, ...]
    next_step: str
    fetches: tuple[Fetch, ...]
    #: What is not here.
    missing: tuple[Lack, ...]
    #: Where the last count of people is undone; None if there is none to undo.
    undo_count: str | None

    @property
    def picked(self) -> int:
        return sum(fetch.is_picked for fetch in self.fetches)


def working_screen(
    session: Session, who: Actor, event: EventRow, wish: FoodWish = NO_WISH
) -> Working:
    """Return what the page of a hand-out needs, its next step among it."""
    if not event.is_on:
        return Working(_steps(event), "over", (), (), None)
    zone = who.depot.time_zone
    day = max(local_day(event.starts_at, zone), local_day(utc_now(), zone))
    found = pick_list(session, who.depot_id, event.id, day, wish)
    fetches = tuple(_fetches(found, who))
    planned = bool(fetches or found.missing)
    short = {row.item_id for row in found.missing}
    others = stand_ins(session, who.depot_id, short, local_day(utc_now(), zone))
    return Working(
        _steps(event),
        _next_step(event, planned=planned),
        fetches,
        tuple(_lack(row, others.get(row.item_id, ())) for row in found.missing),
        _undo_count(session, who, event),
    )


def _steps(event: EventRow) -> tuple[Step, ...]:
    has_begun = event.state != "planned"
    return (
        Step(_("planned"), True),
        Step(_("packed"), event.packed_at is not None or has_begun),
        Step(_("open"), has_begun),
        Step(_("closed"), event.is_closed),
    )


def _next_step(event: EventRow, *, planned: bool) -> str:
    """Return plan, pack, open or hand_out."""
    if event.state == "open":
        return "hand_out"
    if event.packed_at is not None:
        return "open"
    return "pack" if planned else "plan"


def _fetches(found: PickList, who: Actor) -> Iterator[Fetch]:
    seen: set[tuple[int, int]] = set()
    for row in found.fetches:
        spot = (row.held.location_id, row.held.lot_id)
        yield _fetch(row, who, is_more=spot in seen)
        seen.add(spot)


def _fetch(row: PickLine, who: Actor, *, is_more: bool) -> Fetch:
    held = row.held
    where = held.crates[0] if held.crates else row.place
    return Fetch(
        held.location_id,
        held.lot_id,
        row.quantity,
        row.is_picked,
        row.must_go_back,
        is_more,
        held.item,
        " · ".join(_where(row)),
        figures.quantity(row.quantity, held.unit, current_reader()),
        held.item,
        typed_amount(row.quantity, held.unit, who.depot.weight_unit),
        where,
    )


def _where(row: PickLine) -> Iterator[str]:
    if row.must_go_back:
        yield _("put it back: it must not go out")
    if row.instead_of:
        yield _("instead of %(item)s", item=row.instead_of)
    yield row.place or _("nobody knows where it stands")
    yield from reversed(row.held.crates)
    if row.held.date_text:
        yield figures.lot_date(row.held.date_kind, row.held.date_text, current_reader())
    if said := food_words(row.held.food, current_reader()):
        yield said


def _lack(row: NotPickable, others: Sequence[StandIn]) -> Lack:
    reads = current_reader()
    told = ", ".join(
        _(
            "%(item)s (%(amount)s)",
            item=one.item,
            amount=figures.quantity(one.free, one.unit, reads),
        )
        for one in others
    )
    words = _("not enough here; free instead: %(items)s", items=told) if told else ""
    return Lack(
        row.item,
        words or _("not enough here"),
        figures.quantity(row.quantity, row.unit, reads),
    )


def _undo_count(session: Session, who: Actor, event: EventRow) -> str | None:
    for row in latest_entries(session, who, event.id, "people", 5):
        if row.can_undo:
            return url_for("ledger.undo", entry_id=row.entry_id)
    return None
