"""What scanning leaves for later: codes nobody knew, crates nobody found, roll-calls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import insert, select

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid, NotFound, UnknownLocation
from depot.base.kinds import PHYSICAL_KINDS
from depot.base.text import N_
from depot.items.gs1 import Scan, read_code
from depot.kernel.answers import Answer, Questioned
from depot.kernel.draft import ask_once
from depot.kernel.lookups import find_crates, find_place_or_crate, need_crate
from depot.kernel.once import Outcome, Work, run_once
from depot.models import ItemCode, Location, RollCall
from labels.symbols import codes
from labels.symbols.cards import read_card_code

#: What is said of a visit card instead of its code.
_CARD: Final = "····-····-····"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepUnknownScan:
    """A code was scanned that nobody knows; `place` is where, by name or a crate's code."""

    command_id: UUID
    text: str
    #: The kind of symbol, as the reader named it: EAN-13, QR code.
    symbology: str = ""
    place: str | None = None
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteMissing:
    """A crate that the book has at a place was not found there."""

    command_id: UUID
    crate_code: str
    place: str
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRollCall:
    """The crates at a place were called over: so many answered, so many did not."""

    command_id: UUID
    location_id: int = 0
    found: int = 0
    missing: int = 0
    misplaced: int = 0
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptScan(Questioned):
    """A code that was scanned, and whether it is known by now."""

    code: str
    known: bool


def keep_unknown_scan(
    command: KeepUnknownScan, actor: Actor, clock: Clock = utc_now
) -> Outcome[KeptScan]:
    """Keep a code to ask about later; one that is known by now, or asked about, is not asked twice.

    Raises Invalid for an empty text. A place that is not there is left out.
    """
    return run_once(command, actor, clock, _keep, KeptScan)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedMissing(Questioned):
    """A crate that was not found."""

    code: str


def note_missing(
    command: NoteMissing, actor: Actor, clock: Clock = utc_now
) -> Outcome[NotedMissing]:
    """Ask a coordinator to look for a crate. Raises UnknownCrate, UnknownLocation."""
    return run_once(command, actor, clock, _note_missing, NotedMissing)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedRollCall(Answer):
    """A place was called over, and so many crates were found."""

    location_id: int
    location: str
    found: int
    missing: int
    misplaced: int


def note_roll_call(
    command: NoteRollCall, actor: Actor, clock: Clock = utc_now
) -> Outcome[NotedRollCall]:
    """Note who called a place over, and how many crates were found. Raises NotFound."""
    return run_once(command, actor, clock, _note_roll_call, NotedRollCall)


def _keep(command: KeepUnknownScan, work: Work) -> KeptScan:
    text = command.text.strip()
    if not text:
        raise Invalid(field="text", problem=N_("There is no code in it."))
    if read_card_code(text) is not None:
        # a household's visit card, held before the wrong page: what stands on it is kept nowhere
        return KeptScan(code=_CARD, known=True)
    scan = read_code(text, work.today, work.actor.depot.time_zone)
    shown = scan.shown if scan.gtin14 else codes.normalise_code(text) or scan.text
    if find_crates(work, [text]) or _is_learned(work, scan):
        return KeptScan(code=shown, known=True)
    place_id = None
    if command.place:
        try:
            place_id = find_place_or_crate(work, command.place, "place")[0].id
        except UnknownLocation:
            place_id = None  # the code counts, wherever it was
    asked = ask_once(work, "unknown_code", shown, place_id)
    return KeptScan(code=shown, known=False, discrepancies=(asked,))


def _is_learned(work: Work, scan: Scan) -> bool:
    known = (ItemCode.depot_id == work.depot_id) & ItemCode.code.in_(scan.keys)
    return work.session.scalar(select(ItemCode.id).where(known).limit(1)) is not None


def _note_missing(command: NoteMissing, work: Work) -> NotedMissing:
    crate = need_crate(work, command.crate_code)
    place, _crate = find_place_or_crate(work, command.place, "place")
    asked = ask_once(work, "crate_missing", crate.code, place.id)
    return NotedMissing(code=crate.code, discrepancies=(asked,))


def _note_roll_call(command: NoteRollCall, work: Work) -> NotedRollCall:
    place = work.session.execute(
        select(Location.id, Location.name).where(
            Location.depot_id == work.depot_id,
            Location.id == command.location_id,
            Location.kind.in_(PHYSICAL_KINDS - {"crate"}),
        )
    ).one_or_none()
    if place is None:
        raise NotFound(what=N_("place"), name=str(command.location_id))
    counts = {
        "found": command.found,
        "missing": command.missing,
        "misplaced": command.misplaced,
    }
    work.session.execute(
        insert(RollCall).values(
            depot_id=work.depot_id,
            location_id=place.id,
            called_at=work.occurred_at,
            person_id=work.actor.person_id,
            **counts,
        )
    )
    return NotedRollCall(location_id=place.id, location=place.name, **counts)
