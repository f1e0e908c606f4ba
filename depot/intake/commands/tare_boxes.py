"""The empty boxes whose weight a depot knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import func, insert, select, update

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid, NotFound
from depot.base.text import N_
from depot.intake.tare import MAX_BOX_GRAMS
from depot.kernel.answers import Saved
from depot.kernel.new_items import check_name_is_free
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.models import TareBox
from depot.open_book.settings import note_row, standing

#: They stand on the donation page, to be looked through by a person.
MAX_KINDS: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveTareBox:
    """A box as it is to be; without an id it is a new one. What was weighed stays as it was."""

    command_id: UUID
    name: str
    grams: int
    archived: bool = False
    box_id: int | None = None


def save_tare_box(command: SaveTareBox, actor: Actor, clock: Clock = utc_now) -> Outcome[Saved]:
    """Add or edit a box. Raises Forbidden for a volunteer, Invalid, NotFound, NameTaken."""
    need_coordinator(actor)
    return run_once(command, actor, clock, _save, Saved)


def _save(command: SaveTareBox, work: Work) -> Saved:
    if not 0 < command.grams <= MAX_BOX_GRAMS:
        raise Invalid(field="grams", problem=N_("No box weighs that."))
    name = check_name_is_free(work, TareBox, command.name, command.box_id)
    values: dict[str, object] = {**name, "grams": command.grams, "archived": command.archived}
    if command.box_id is None:
        made = _add(work, values)
        note_row(work, TareBox, name["name"], {}, TareBox.id == made)
        return Saved(id=made, name=name["name"])
    this = (TareBox.depot_id == work.depot_id, TareBox.id == command.box_id)
    known = work.session.scalar(select(TareBox.id).where(*this))
    if known is None:
        raise NotFound(what=N_("box"), name=command.box_id)
    before = standing(work, TareBox, *this)
    work.session.execute(update(TareBox).where(*this).values(**values))
    note_row(work, TareBox, name["name"], before, *this)
    return Saved(id=known, name=name["name"])


def _add(work: Work, values: Mapping[str, object]) -> int:
    count = work.session.scalar(select(func.count()).where(TareBox.depot_id == work.depot_id))
    if (count or 0) >= MAX_KINDS:
        raise Invalid(field="name", problem=N_("There are too many of them. Edit one."))
    made = insert(TareBox).values(depot_id=work.depot_id, **values).returning(TareBox.id)
    return int(work.session.execute(made).scalar_one())
