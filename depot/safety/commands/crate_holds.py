"""What lies in several crates is held back in one act: all of it, or none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid, UnknownCrate
from depot.base.text import N_
from depot.kernel.answers import Answer
from depot.kernel.lookups import find_crates
from depot.kernel.once import Outcome, Work, run_once
from depot.kernel.promises.keeping import look_over
from depot.safety.commands.holds import HeldBy, PlaceHold, add_hold
from depot.safety.errors import NothingToHold

#: As many as can be ticked on a page.
MAX_HELD_CRATES: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldCrates:
    """Hold back what lies in these crates, for one reason; a hold for each of them."""

    command_id: UUID
    #: Codes or box numbers.
    crate_codes: tuple[str, ...]
    reason: str
    #: The day on which somebody is to decide.
    until: date | None = None
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldCrates(Answer):
    """The crates as printed, and their holds in the same order."""

    codes: tuple[str, ...]
    ids: tuple[int, ...]


def hold_crates(command: HoldCrates, actor: Actor, clock: Clock = utc_now) -> Outcome[HeldCrates]:
    """Hold back what lies in crates, each by a hold of its own, so that each is let go alone.

    Raises UnknownCrate and NothingToHold of the crate that is in the way, and Invalid for no or
    too many crates, for no reason and for a day that is over.
    """
    return run_once(command, actor, clock, _hold_crates, HeldCrates)


def _hold_crates(command: HoldCrates, work: Work) -> HeldCrates:
    if not 1 <= len(command.crate_codes) <= MAX_HELD_CRATES:
        problem = N_("Between 1 and 500 crates at once, please.")
        raise Invalid(field="crate_codes", problem=problem)
    found = find_crates(work, command.crate_codes)
    holds: dict[str, int] = {}
    for text in command.crate_codes:
        if text not in found:
            raise UnknownCrate(field="crate_codes", code=text)
        code = found[text].code
        if code not in holds:
            holds[code] = _hold(command, code, work)
    look_over(work)
    return HeldCrates(codes=tuple(holds), ids=tuple(holds.values()))


def _hold(command: HoldCrates, code: str, work: Work) -> int:
    one = PlaceHold(
        command_id=command.command_id,
        reason=command.reason,
        by=HeldBy(crate_code=code),
        until=command.until,
    )
    held = add_hold(one, work)
    if not held.lots:
        raise NothingToHold(field="crate_codes", code=code)
    return held.id
