"""Blank crates, whose labels are made ahead."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid
from depot.base.text import N_
from depot.kernel.answers import Answer
from depot.kernel.crates import CHANCE, add_crates, new_codes
from depot.kernel.once import Outcome, Work, run_once

#: No print job makes more labels at once.
MAX_NEW_CRATES: Final = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateCrates:
    """Blank crates, whose labels are printed ahead."""

    command_id: UUID
    count: int
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatedCrates(Answer):
    """The codes of the new crates."""

    codes: tuple[str, ...]


def create_crates(
    command: CreateCrates,
    actor: Actor,
    clock: Clock = utc_now,
    chance: random.Random = CHANCE,
) -> Outcome[CreatedCrates]:
    """Make blank crates and answer their codes. They post nothing: nothing happened to stock.

    `chance` draws the codes, as `clock` tells the time. Raises Invalid for a count that is not 1
    to MAX_NEW_CRATES.
    """
    return run_once(
        command, actor, clock, lambda asked, work: _create(asked, work, chance), CreatedCrates
    )


def _create(command: CreateCrates, work: Work, chance: random.Random) -> CreatedCrates:
    if not 1 <= command.count <= MAX_NEW_CRATES:
        problem = N_("Between 1 and 2,000 labels at once, please.")
        raise Invalid(field="count", problem=problem)
    fresh = new_codes(work, command.count, chance)
    add_crates(work, fresh)
    return CreatedCrates(codes=tuple(fresh))
