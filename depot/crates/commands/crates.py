"""Crates themselves: labels found and taken into use, retirement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from sqlalchemy import exists, select, update

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import CrateNotEmpty, Invalid, NameTaken
from depot.base.kinds import CrateState
from depot.base.text import N_
from depot.kernel.answers import Answer, Booked
from depot.kernel.crates import add_crates
from depot.kernel.draft import Draft, settle_discrepancies, take_into_use
from depot.kernel.lookups import CrateRow, find_crates, find_place_or_crate, need_crate
from depot.kernel.once import Outcome, Work, run_once
from depot.models import Crate, Discrepancy, Location, StockBalance
from labels.symbols import codes

#: How the question about an unknown label is settled when it becomes a crate.
ADOPTED: Final = "adopted"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptCrate:
    """A label that is valid but not in this depot's book becomes a crate of this depot."""

    command_id: UUID
    code: str
    location: str | None = None
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RetireCrate:
    """A crate that is broken or gone; its label is never used again."""

    command_id: UUID
    crate_code: str
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptedCrate(Booked):
    """A label is a crate of this depot now; `location` is the place as it was named."""

    code: str
    location: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCrate(Answer):
    """The label was made a crate by somebody else, a moment before."""

    code: str
    known: bool = True


def adopt_crate(command: AdoptCrate, actor: Actor, clock: Clock = utc_now) -> Outcome[AdoptedCrate]:
    """Take a label that nobody here made into use, and ask a coordinator to look at it.

    Raises Invalid for a text that is no crate code, NameTaken for one the depot has already,
    UnknownLocation.
    """
    return run_once(command, actor, clock, _adopt, AdoptedCrate)


@dataclass(frozen=True, slots=True, kw_only=True)
class RetiredCrate(Answer):
    """A crate that is retired."""

    code: str
    state: CrateState


def retire_crate(
    command: RetireCrate, actor: Actor, clock: Clock = utc_now
) -> Outcome[RetiredCrate]:
    """Retire an empty crate; one that is retired already stays so.

    Raises UnknownCrate, CrateNotEmpty.
    """
    return run_once(command, actor, clock, _retire, RetiredCrate)


def _adopt(command: AdoptCrate, work: Work) -> AdoptedCrate:
    code = codes.normalise_code(command.code)
    if code is None:
        raise Invalid(field="code", problem=N_("That is not a crate's code."))
    if find_crates(work, [code]):
        raise NameTaken(field="code", name=code)
    (place,) = add_crates(work, [code])
    asked = (Discrepancy.kind == "unknown_code") & Discrepancy.entry_id.is_(None)
    settle_discrepancies(work, ADOPTED, asked & (Discrepancy.detail == code))
    draft = Draft(work, "transfer")
    draft.discrepancy("unknown_code", location_id=place.id, detail=code)
    location = None
    if command.location:
        target, on_crate = find_place_or_crate(work, command.location, "location")
        draft.place_crate(CrateRow(place, code, "", "blank", None), target.id)
        if on_crate is not None:
            take_into_use(draft, on_crate)
        location = command.location
    return draft.post(partial(AdoptedCrate, code=code, location=location))


def _retire(command: RetireCrate, work: Work) -> RetiredCrate:
    crate = need_crate(work, command.crate_code)
    kinds = work.session.scalars(
        select(StockBalance.item_id)
        .where(StockBalance.location_id == crate.place.id, StockBalance.quantity > 0)
        .distinct()
    ).all()
    if kinds:
        raise CrateNotEmpty(field="crate_code", code=crate.code, count=len(kinds))
    if work.session.scalar(
        select(
            exists().where(Location.depot_id == work.depot_id, Location.parent_id == crate.place.id)
        )
    ):
        problem = N_("Other crates stand on this one. Move them first.")
        raise Invalid(field="crate_code", problem=problem)
    if crate.state != "retired":
        work.session.execute(
            update(Crate)
            .where(Crate.location_id == crate.place.id, Crate.depot_id == work.depot_id)
            .values(state="retired", retired_at=work.recorded_at)
        )
    return RetiredCrate(code=crate.code, state="retired")
