"""Temperatures: how cold a place is to be, what was read, and which reading was a mistake."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, insert, select, update

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import AlreadyReversed, Forbidden, Invalid, NotFound, Question
from depot.base.kinds import COLD_KINDS, PLACE_KINDS, ColdKind
from depot.base.text import N_
from depot.base.units import Temperature
from depot.kernel.answers import Answer, Saved, SavedId
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.ledger.doubts.questions import HappenedLongAgo
from depot.ledger.undo import may_undo
from depot.models import (
    ApiToken,
    Location,
    Person,
    TemperatureReading,
    TemperatureRule,
    TemperatureStrike,
)
from depot.open_book.settings import note_row, standing
from depot.safety.temperatures import EVERY_HOURS, Limits, is_possible, is_unlikely

MAX_REASON: Final = 500
#: What was read longer ago is asked about: paper is copied within weeks.
_LONG_AGO: Final = timedelta(days=92)


class AlreadyStruckOut(AlreadyReversed):
    code = "already_struck_out"
    template = N_("%(name)s struck it out already, on %(when)s: %(why)s")


class UnlikelyTemperature(Question):
    code = "unlikely_temperature"
    template = N_("%(place)s at %(degrees)s is far from what is usual there. Is it right?")


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveTemperatureRule:
    """How cold a place is to be, and how often that is to be read."""

    command_id: UUID
    location_id: int
    kind: ColdKind
    #: Tenths of a degree Celsius; None: no limit on that side.
    lowest_tenths: int | None = None
    highest_tenths: int | None = None
    every_hours: int = 24
    #: Who says that these are the limits.
    source: str = ""
    #: It is no longer read; what was read stays.
    archived: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordTemperature:
    """What a thermometer showed, in tenths of a degree Celsius."""

    command_id: UUID
    location_id: int = 0
    tenths: int
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StrikeOutTemperature:
    """A reading was a mistake. It stays where it is, and counts no more."""

    command_id: UUID
    reading_id: int = 0
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedTemperature(Answer):
    """A reading as it was kept; `celsius` has one decimal."""

    id: int
    location_id: int
    location: str
    celsius: str
    tenths: int
    is_outside: bool


def save_temperature_rule(
    command: SaveTemperatureRule, actor: Actor, clock: Clock = utc_now
) -> Outcome[Saved]:
    """Say or change how cold a place is to be. Readings keep the limits that they were read with.

    Raises Forbidden, NotFound, Invalid.
    """
    need_coordinator(actor)
    return run_once(command, actor, clock, _save_rule, Saved)


def record_temperature(
    command: RecordTemperature, actor: Actor, clock: Clock = utc_now
) -> Outcome[RecordedTemperature]:
    """Keep what was read at a place, whatever its limits. Raises NotFound, Invalid, Unconfirmed."""
    if actor.asking is not None:
        # no report counts readings: nothing to ask about days that were filed
        actor = replace(actor, asking=replace(actor.asking, states_time=False))
    return run_once(command, actor, clock, _record, RecordedTemperature)


def strike_out_temperature(
    command: StrikeOutTemperature, actor: Actor, clock: Clock = utc_now
) -> Outcome[SavedId]:
    """Say that a reading was a mistake, and why.

    Coordinators may for any, others for their own, and everybody for what was written within a
    day. Raises NotFound, Forbidden, Invalid, AlreadyStruckOut.
    """
    return run_once(command, actor, clock, _strike_out, SavedId)


def _save_rule(command: SaveTemperatureRule, work: Work) -> Saved:
    place = _need_place(work, command.location_id)
    _check_rule(command)
    values: dict[str, Any] = {
        "kind": command.kind,
        "lowest_tenths": command.lowest_tenths,
        "highest_tenths": command.highest_tenths,
        "every_hours": command.every_hours,
        "source": command.source,
        "archived": command.archived,
    }
    this = (TemperatureRule.depot_id == work.depot_id, TemperatureRule.location_id == place.id)
    before = standing(work, TemperatureRule, *this)
    if not before:
        row = {"location_id": place.id, "depot_id": work.depot_id, "created_at": work.recorded_at}
        work.session.execute(insert(TemperatureRule).values(**values, **row))
    else:
        if before["archived"] and not command.archived:
            # from now on: while it was not in use nothing was missing
            values["created_at"] = work.recorded_at
        work.session.execute(update(TemperatureRule).where(*this).values(**values))
    note_row(work, TemperatureRule, place.name, before, *this)
    return Saved(id=place.id, name=place.name)


def _check_rule(command: SaveTemperatureRule) -> None:
    if command.kind not in COLD_KINDS:
        raise Invalid(field="kind", problem=N_("Say which kind of place it is."))
    if command.every_hours not in EVERY_HOURS:
        raise Invalid(field="every_hours", problem=N_("Say how often it is to be read."))
    lowest, highest = command.lowest_tenths, command.highest_tenths
    for field, limit in (("lowest", lowest), ("highest", highest)):
        if limit is not None:
            _need_possible(field, limit)
    if lowest is None and highest is None:
        raise Invalid(field="highest", problem=N_("Write at least one limit."))
    if lowest is not None and highest is not None and lowest > highest:
        raise Invalid(field="lowest", problem=N_("The lowest is above the highest."))


def _need_possible(field: str, tenths: int) -> None:
    if not is_possible(tenths):
        problem = N_("No fridge or freezer is that cold or that warm.")
        raise Invalid(field=field, problem=problem)


def _record(command: RecordTemperature, work: Work) -> RecordedTemperature:
    place = _need_place(work, command.location_id)
    _need_possible("degrees", command.tenths)
    rule = _rule_of(work, place.id)
    limits = Limits(rule.lowest_tenths, rule.highest_tenths) if rule else Limits(None, None)
    _doubt(command.tenths, work, place, rule, limits)
    reading_id = work.session.execute(
        insert(TemperatureReading)
        .values(
            depot_id=work.depot_id,
            location_id=place.id,
            tenths=command.tenths,
            lowest_tenths=limits.lowest,
            highest_tenths=limits.highest,
            occurred_at=work.occurred_at,
            recorded_at=work.recorded_at,
            person_id=work.actor.person_id,
            token_id=work.actor.token_id,
        )
        .returning(TemperatureReading.id)
    ).scalar_one()
    return RecordedTemperature(
        id=reading_id,
        location_id=place.id,
        location=place.name,
        celsius=celsius_text(command.tenths),
        tenths=command.tenths,
        is_outside=not limits.hold(command.tenths),
    )


def celsius_text(tenths: int) -> str:
    """Return tenths as programs write degrees Celsius: -18.0."""
    sign = "-" if tenths < 0 else ""
    return f"{sign}{abs(tenths) // 10}.{abs(tenths) % 10}"


def _doubt(
    tenths: int, work: Work, place: Location, rule: TemperatureRule | None, limits: Limits
) -> None:
    if not work.is_attended:
        return
    if is_unlikely(tenths, rule.kind if rule else None, limits):
        asked = {"place": place.name, "degrees": Temperature(tenths)}
        work.doubt(UnlikelyTemperature(field="degrees", **asked))
    if work.recorded_at - work.occurred_at > _LONG_AGO:
        work.doubt(HappenedLongAgo(field="occurred_at", date=work.occurred_on))


def _strike_out(command: StrikeOutTemperature, work: Work) -> SavedId:
    reading = work.session.scalar(
        select(TemperatureReading).where(
            TemperatureReading.depot_id == work.depot_id,
            TemperatureReading.id == command.reading_id,
        )
    )
    if reading is None:
        raise NotFound(what=N_("reading"), name=command.reading_id)
    actor = work.actor
    if not may_undo(
        actor, reading.person_id, reading.token_id, reading.recorded_at, work.recorded_at
    ):
        raise Forbidden()
    _refuse_a_second_time(work, reading.id)
    reason = command.reason.strip()
    if not 0 < len(reason) <= MAX_REASON:
        raise Invalid(field="reason", problem=N_("Say why it was a mistake."))
    work.session.execute(
        insert(TemperatureStrike).values(
            reading_id=reading.id,
            depot_id=work.depot_id,
            reason=reason,
            recorded_at=work.recorded_at,
            person_id=actor.person_id,
            token_id=actor.token_id,
        )
    )
    return SavedId(id=reading.id)


def _refuse_a_second_time(work: Work, reading_id: int) -> None:
    found = work.session.execute(
        select(
            TemperatureStrike.reason,
            TemperatureStrike.recorded_at,
            func.coalesce(Person.name, ApiToken.name, "").label("author"),
        )
        .join(Person, Person.id == TemperatureStrike.person_id, isouter=True)
        .join(ApiToken, ApiToken.id == TemperatureStrike.token_id, isouter=True)
        .where(
            TemperatureStrike.depot_id == work.depot_id,
            TemperatureStrike.reading_id == reading_id,
        )
    ).one_or_none()
    if found is not None:
        raise AlreadyStruckOut(name=found.author, when=found.recorded_at, why=found.reason)


def _need_place(work: Work, location_id: int) -> Location:
    place = work.session.scalar(
        select(Location).where(
            Location.depot_id == work.depot_id,
            Location.id == location_id,
            Location.kind.in_(PLACE_KINDS),
        )
    )
    if place is None:
        raise NotFound(what=N_("place"), name=location_id)
    return place


def _rule_of(work: Work, location_id: int) -> TemperatureRule | None:
    return work.session.scalar(
        select(TemperatureRule).where(
            TemperatureRule.depot_id == work.depot_id,
            TemperatureRule.location_id == location_id,
        )
    )
