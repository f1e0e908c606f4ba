"""Routines as coordinators see them, and whom one may ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.base.actors import DepotView
from depot.base.kinds import ROUND_KINDS, ActivityKind
from depot.models import Location
from depot.rota.occurring import RoutineState, current, is_over
from depot.rota.rows import Regular, regulars, routine_versions


@dataclass(frozen=True, slots=True)
class RoutineRow:
    """A routine with what was said of it, last first, and who comes each time."""

    id: int
    state: RoutineState
    versions: tuple[RoutineState, ...]
    regulars: tuple[Regular, ...]
    is_over: bool


def list_routines(
    session: Session,
    depot: DepotView,
    today: date,
    kinds: tuple[ActivityKind, ...] = ROUND_KINDS,
    routine_id: int | None = None,
) -> list[RoutineRow]:
    """Return the depot's routines, those that go on first, by name."""
    those = regulars(session, depot, routine_id)
    rows = [
        RoutineRow(
            number,
            current(versions),
            tuple(reversed(versions)),
            tuple(one for one in those.get(number, []) if _comes(one, today)),
            is_over(versions, today),
        )
        for number, versions in routine_versions(session, depot.id, routine_id, kinds).items()
    ]
    return sorted(rows, key=lambda row: (row.is_over, row.state.name.casefold(), row.id))


def find_routine(
    session: Session, depot: DepotView, routine_id: int, today: date
) -> RoutineRow | None:
    """Return one of the depot's shifts, meetings or tasks that come round; None: there is none."""
    return next(iter(list_routines(session, depot, today, routine_id=routine_id)), None)


def _comes(one: Regular, today: date) -> bool:
    return one.until_on is None or one.until_on >= today


def places(session: Session, depot_id: int) -> list[tuple[int, str]]:
    """Return the places at which something can be, by name."""
    rows = session.execute(
        select(Location.id, Location.name)
        .where(
            Location.depot_id == depot_id,
            Location.kind != "crate",  # the index of places
            Location.kind == "storage",
            ~Location.archived,
        )
        .order_by(Location.name_key)
    )
    return [(number, name) for number, name in rows]
