"""By which age bands a depot asks."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, insert, select

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.distribution.ages import check_bands, with_ends
from depot.kernel.answers import Answer
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.models import AgeBand
from depot.open_book.settings import Values, note_change


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveAgeBands:
    """The ages at which a band begins; what was counted stays with its bands."""

    command_id: UUID
    begins: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedAgeBands(Answer):
    """So many bands are asked for from now on."""

    bands: int


def save_age_bands(
    command: SaveAgeBands, actor: Actor, clock: Clock = utc_now
) -> Outcome[SavedAgeBands]:
    """Choose the bands from now on. Raises Forbidden, and Invalid for bands that leave ages out."""
    need_coordinator(actor)
    return run_once(command, actor, clock, _save, SavedAgeBands)


def _save(command: SaveAgeBands, work: Work) -> SavedAgeBands:
    check_bands(command.begins)
    before = _said(work)
    newest = work.session.scalar(
        select(func.max(AgeBand.version)).where(AgeBand.depot_id == work.depot_id)
    )
    work.session.execute(
        insert(AgeBand),
        [
            {
                "depot_id": work.depot_id,
                "version": (newest or 0) + 1,
                "from_age": from_age,
                "to_age": to_age,
            }
            for from_age, to_age in with_ends(command.begins)
        ],
    )
    note_change(work, "age_bands", "", before, _said(work))
    return SavedAgeBands(bands=len(command.begins))


def _said(work: Work) -> Values:
    """Return the ages at which a band of the newest set begins, as the open book tells them."""
    newest = select(func.max(AgeBand.version)).where(AgeBand.depot_id == work.depot_id)
    begins = work.session.scalars(
        select(AgeBand.from_age)
        .where(AgeBand.depot_id == work.depot_id, AgeBand.version == newest.scalar_subquery())
        .order_by(AgeBand.from_age)
    )
    return {"begins": ", ".join(map(str, begins)) or None}
