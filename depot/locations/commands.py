"""Places: rooms, shelves and where goods are set apart."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, insert, or_, select, update

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid, NameTaken, NotFound
from depot.base.kinds import PLACE_KINDS, PlaceKind
from depot.base.names import need_own_look
from depot.base.text import N_
from depot.kernel.answers import Saved
from depot.kernel.new_items import check_name_is_free
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.kernel.promises.keeping import look_over
from depot.models import Crate, Location, StockBalance

#: Places people make; crates have commands of their own.


@dataclass(frozen=True, slots=True, kw_only=True)
class SavePlace:
    """A place as it is to be; without an id it is a new one."""

    command_id: UUID
    name: str
    #: storage, or quarantine: nothing there is handed out.
    kind: PlaceKind = "storage"
    location_id: int | None = None
    #: The place it is in; None: it is a room of its own.
    parent_id: int | None = None
    note: str = ""
    archived: bool = False
    #: From now on goods arrive here.
    is_arrivals: bool = False
    #: Which of the places beside it comes when goods are fetched; None: after those, by name.
    walk_position: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePlace:
    """Something else about a place: fields of SavePlace by name; what is not named stays."""

    command_id: UUID
    location_id: int = 0
    changes: tuple[tuple[str, Any], ...] = ()


def save_place(command: SavePlace, actor: Actor, clock: Clock = utc_now) -> Outcome[Saved]:
    """Make or edit a place. One that is put away is empty and not where goods arrive.

    Raises Forbidden, NotFound, NameTaken, Invalid.
    """
    need_coordinator(actor)
    return run_once(command, actor, clock, _save, Saved)


def change_place(command: ChangePlace, actor: Actor, clock: Clock = utc_now) -> Outcome[Saved]:
    """Change what is said of a place. Raises as `save_place` does."""
    need_coordinator(actor)
    return run_once(command, actor, clock, _change, Saved)


def _change(command: ChangePlace, work: Work) -> Saved:
    place = _need(work, command.location_id)
    stands = SavePlace(
        command_id=command.command_id,
        location_id=place.id,
        name=place.name,
        kind="quarantine" if place.kind == "quarantine" else "storage",
        parent_id=place.parent_id,
        note=place.note,
        archived=place.archived,
        is_arrivals=place.is_default,
        walk_position=place.walk_position,
    )
    return _save(replace(stands, **dict(command.changes)), work)


def _save(command: SavePlace, work: Work) -> Saved:
    known = None if command.location_id is None else _need(work, command.location_id)
    names = check_name_is_free(work, Location, command.name, command.location_id)
    _refuse_a_box_number(work, names)
    if command.parent_id is not None:
        _check_parent(work, _need(work, command.parent_id, "parent_id"), command.location_id)
    is_arrivals = command.is_arrivals or (known is not None and known.is_default)
    _check(command, is_arrivals)
    if known is not None and command.archived:
        _refuse_unless_empty(work, known.id)
    values = names | {
        "kind": command.kind,
        "parent_id": command.parent_id,
        "note": command.note,
        "archived": command.archived,
        "is_default": is_arrivals,
        "walk_position": command.walk_position,
    }
    if is_arrivals:
        work.session.execute(
            update(Location)
            .where(Location.depot_id == work.depot_id, Location.is_default)
            .values(is_default=False)
        )
    place_id = _write(work, command.location_id, values)
    look_over(work)
    return Saved(id=place_id, name=names["name"])


def _check(command: SavePlace, is_arrivals: bool) -> None:
    if command.kind not in PLACE_KINDS:
        raise Invalid(field="kind", problem=N_("Say which kind of place it is."))
    if is_arrivals and command.kind != "storage":
        raise Invalid(field="kind", problem=N_("Goods arrive here, so it cannot be on hold."))
    if is_arrivals and command.archived:
        raise Invalid(
            field="archived",
            problem=N_("Goods arrive here. First choose another place for that."),
        )


def _write(work: Work, location_id: int | None, values: dict[str, Any]) -> int:
    if location_id is None:
        statement = insert(Location).values(depot_id=work.depot_id, **values)
        return work.session.execute(statement.returning(Location.id)).scalar_one()
    work.session.execute(update(Location).where(Location.id == location_id).values(**values))
    return location_id


def _need(work: Work, location_id: int, field: str | None = None) -> Location:
    place = work.session.scalar(
        select(Location).where(
            Location.depot_id == work.depot_id,
            Location.id == location_id,
            Location.kind.in_(PLACE_KINDS),
        )
    )
    if place is None:
        raise NotFound(field=field, what=N_("place"), name=location_id)
    return place


def _refuse_a_box_number(work: Work, names: dict[str, str]) -> None:
    """A place must not be called like a crate: whoever types it would get the crate."""
    key = names["name_key"]
    boxes = select(Crate.box_number).where(Crate.depot_id == work.depot_id)
    if work.session.scalar(boxes.where(Crate.box_number_key == key).limit(1)) is not None:
        raise NameTaken(field="name", name=names["name"])
    as_long = boxes.where(func.length(Crate.box_number_key) == len(key))
    need_own_look(names["name"], work.session.scalars(as_long))


def _check_parent(work: Work, parent: Location, location_id: int | None) -> None:
    if parent.archived:
        raise Invalid(field="parent_id", problem=N_("That place is no longer in use."))
    above: Location | None = parent
    while above is not None:
        if above.id == location_id:
            raise Invalid(field="parent_id", problem=N_("A place cannot be in itself."))
        above = work.session.get(Location, above.parent_id) if above.parent_id else None


def _refuse_unless_empty(work: Work, location_id: int) -> None:
    """Goods, crates and shelves that stand there are to be moved first; retired crates are not."""
    retired = exists().where(Crate.location_id == Location.id, Crate.state == "retired")
    stands_there = exists().where(
        Location.depot_id == work.depot_id,
        Location.parent_id == location_id,
        ~Location.archived,
        ~retired,
    )
    lies_there = exists().where(StockBalance.location_id == location_id)
    if work.session.scalar(select(or_(stands_there, lies_there))):
        raise Invalid(
            field="archived", problem=N_("Something still stands here. Move it first, please.")
        )
