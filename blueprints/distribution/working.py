"""The working screen of a hand-out: its steps, what to take and from where, the last count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from blueprints.frame.language import current_reader
from blueprints.words.amounts import typed_amount
from depot.base.actors import Actor
from depot.base.clock import local_day, utc_now
from depot.distribution.queries.event_plans import NotPickable, PickLine, pick_list, picks_at
from depot.distribution.queries.events import EventRow, latest_entries
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
    title: str
    small: str
    figure: str
    #: What a form of "Hand out" sends for it.
    item: str
    amount: str
    location: str

    @property
    def anchor(self) -> str:
        return f"take-{self.location_id}-{self.lot_id}"


@dataclass(frozen=True, slots=True)
class Working:
    """What the page shows beside the figures."""

    steps: tuple[Step, ...]
    next_step: str
    fetches: tuple[Fetch, ...]
    #: Item, and how much of it is not here.
    missing: tuple[tuple[str, str], ...]
    #: Where the last count of people is undone; None if there is none to undo.
    undo_count: str | None

    @property
    def picked(self) -> int:
        return sum(fetch.is_picked for fetch in self.fetches)


def working_screen(session: Session, who: Actor, event: EventRow) -> Working:
    """Return what the page of a hand-out needs, its next step among it."""
    if not event.is_on:
        return Working(_steps(event), "over", (), (), None)
    zone = who.depot.time_zone
    day = max(local_day(event.starts_at, zone), local_day(utc_now(), zone))
    found = pick_list(session, who.depot_id, event.id, day)
    ticks = picks_at(session, who.depot_id, event.id)
    fetches = tuple(_fetch(row, ticks, who) for row in found.fetches)
    planned = bool(fetches or found.missing)
    return Working(
        _steps(event),
        _next_step(event, planned=planned),
        fetches,
        tuple(_missing(row) for row in found.missing),
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


def _fetch(row: PickLine, ticks: dict[tuple[int, int], int], who: Actor) -> Fetch:
    held = row.held
    where = held.crates[0] if held.crates else row.place
    return Fetch(
        held.location_id,
        held.lot_id,
        row.quantity,
        ticks.get((held.location_id, held.lot_id), 0) >= row.quantity,
        held.item,
        " · ".join(_where(row)),
        figures.quantity(row.quantity, held.unit, current_reader()),
        held.item,
        typed_amount(row.quantity, held.unit, who.depot.weight_unit),
        where,
    )


def _where(row: PickLine) -> Iterator[str]:
    yield row.place or _("nobody knows where it stands")
    yield from reversed(row.held.crates)
    if row.held.date_text:
        yield figures.lot_date(row.held.date_kind, row.held.date_text, current_reader())
    if said := food_words(row.held.food, current_reader()):
        yield said


def _missing(row: NotPickable) -> tuple[str, str]:
    return row.item, figures.quantity(row.quantity, row.unit, current_reader())


def _undo_count(session: Session, who: Actor, event: EventRow) -> str | None:
    for row in latest_entries(session, who, event.id, "people", 5):
        if row.can_undo:
            return url_for("ledger.undo", entry_id=row.entry_id)
    return None
