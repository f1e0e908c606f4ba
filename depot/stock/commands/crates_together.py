"""Several crates go to one place in one act: all of them, or none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid
from depot.base.text import N_
from depot.kernel.answers import Booked
from depot.kernel.draft import Draft, take_into_use
from depot.kernel.lookups import find_crates, need_usable_crates, place_among, went_on
from depot.kernel.once import Outcome, Work, run_once
from depot.stock.commands.transfers import is_loop

#: As many as can be ticked on a page, and more than a lorry takes.
MAX_TOGETHER: Final = 500
#: The refusal of none and of too many.
HOW_MANY: Final = N_("Between 1 and 500 crates at once, please.")


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveCrates:
    """Crates are put somewhere together: a place, a pallet, another crate."""

    command_id: UUID
    #: Codes or box numbers.
    crate_codes: tuple[str, ...]
    to: str
    note: str = ""
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedCrates(Booked):
    """The crates as printed, and where they were put."""

    codes: tuple[str, ...]
    location: str


def move_crates(command: MoveCrates, actor: Actor, clock: Clock = utc_now) -> Outcome[MovedCrates]:
    """Put crates somewhere in one entry; those that stand there already stay.

    A crate that stands on another one of them goes along and stays on it, and what came late takes
    none away from where it was put after. Raises UnknownCrate, CrateRetired, CrateInItself, each
    of the crate that is in the way, UnknownLocation, and Invalid for no or too many crates.
    """
    return run_once(command, actor, clock, _move_crates, MovedCrates)


def _move_crates(command: MoveCrates, work: Work) -> MovedCrates:
    if not 1 <= len(command.crate_codes) <= MAX_TOGETHER:
        raise Invalid(field="crate_codes", problem=HOW_MANY)
    named = need_usable_crates(work, command.crate_codes)
    crates = {crate.place.id: crate for crate in named.values()}
    target, name, on_crate = place_among(work, command.to, find_crates(work, [command.to]), "to")
    draft = Draft(work, "transfer", note=command.note)
    for crate in crates.values():
        if crate.parent_id in crates or went_on(work, crate):
            continue
        if on_crate is not None and is_loop(draft, crate, target):
            continue
        draft.place_crate(crate, target.id)
        if crate.state == "retired":
            take_into_use(draft, crate)
    if on_crate is not None:
        take_into_use(draft, on_crate)
    codes = tuple(crate.code for crate in crates.values())
    return draft.post(partial(MovedCrates, codes=codes, location=name))
