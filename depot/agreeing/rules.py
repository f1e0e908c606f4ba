"""What a depot wants two people for: set by a coordinator, and wanted less only by two.

Stricter is set at once. What would be wanted less is asked for as the rest; if all the days pass
and nobody says yes or no, who asked may set it alone, so that a depot whose other coordinators are
gone is not locked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import update

from depot.base.actors import Actor, DepotView
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid
from depot.base.kinds import ACT_KINDS, ActKind
from depot.base.text import N_
from depot.kernel.answers import Answer
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.kernel.second.needed import need_second, was_left_unanswered
from depot.models import Depot
from depot.open_book.settings import note_change
from depot.people.access_journal import note

#: What a depot may choose; to want it less follows from that.
CHOICES: Final[tuple[ActKind, ...]] = tuple(kind for kind in ACT_KINDS if kind != "rules")
MOST_DAYS: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRules:
    """What takes two people in the actor's depot from now on, and for how long one may agree."""

    command_id: UUID
    kinds: tuple[str, ...] = ()
    #: Above how many grams a write-off takes two.
    write_off_grams: int | None = None
    days: int = 3


def set_rules(command: SetRules, actor: Actor, clock: Clock = utc_now) -> Outcome[Answer]:
    """Set what takes two people.

    Raises Forbidden for a volunteer, Invalid, and AwaitsSecond where less would be wanted.
    """
    need_coordinator(actor)
    return run_once(command, actor, clock, _set, Answer)


def _set(command: SetRules, work: Work) -> Answer:
    _check(command)
    depot = work.actor.depot
    kinds = [kind for kind in CHOICES if kind in command.kinds]
    grams = command.write_off_grams if "write_off" in kinds else None
    before = _columns(depot.second_kinds, depot.second_write_off_grams, depot.second_days)
    after = _columns(" ".join(kinds), grams, command.days)
    told = {"before": before, "after": after}
    if is_less(depot, after) and not was_left_unanswered(work, "rules", told):
        need_second(work, "rules", told)
    work.session.execute(update(Depot).where(Depot.id == work.depot_id).values(**after))
    note_change(work, "depot", depot.name, before, after)
    note(work, "settings_saved")
    return Answer()


def is_less(depot: DepotView, after: Mapping[str, Any]) -> bool:
    """Say whether one person could do more alone than now."""
    limit, new = depot.second_write_off_grams, after["second_write_off_grams"]
    return (
        bool(set(depot.second_kinds.split()) - set(after["second_kinds"].split()))
        or (limit is not None and (new is None or new > limit))
        or (bool(depot.second_kinds) and after["second_days"] < depot.second_days)
    )


def _columns(kinds: str, grams: int | None, days: int) -> dict[str, str | int | bool | None]:
    return {"second_kinds": kinds, "second_write_off_grams": grams, "second_days": days}


def _check(command: SetRules) -> None:
    if set(command.kinds) - set(CHOICES):
        raise Invalid(field="kinds", problem=N_("Choose what takes two people."))
    if not 1 <= command.days <= MOST_DAYS:
        raise Invalid(field="days", problem=N_("Between 1 and 30 days."))
    if command.write_off_grams is not None and command.write_off_grams < 1:
        raise Invalid(field="write_off_grams", problem=N_("More than nothing, please."))
    if "write_off" in command.kinds and command.write_off_grams is None:
        raise Invalid(
            field="write_off_grams", problem=N_("Say from which weight on it takes two people.")
        )
