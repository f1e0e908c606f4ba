"""Which deliveries are announced, one of them, and the donors' link."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Integer, Select, bindparam, select
from sqlalchemy.orm import Session

from depot.base.actors import DepotView
from depot.models import Depot, DropOff, DropOffLine, DropOffLink

#: So many of the settled ones stand on the list.
_SETTLED_SHOWN = 20


@dataclass(frozen=True, slots=True)
class DropOffLineRow:
    """One thing that was announced; `came` is yes, other, no, or empty while it is to come."""

    line: int
    what: str
    came: str


@dataclass(frozen=True, slots=True)
class DropOffRow:
    """A delivery that was announced."""

    id: int
    donor: str
    expected_at: datetime
    note: str
    by_donor: bool
    state: str
    entry_id: int | None
    lines: tuple[DropOffLineRow, ...]

    @property
    def is_waiting(self) -> bool:
        return self.state == "announced"


#: :depot, :limit
_WAITING: Final = (
    select(DropOff)
    .where(DropOff.depot_id == bindparam("depot"), DropOff.state == "announced")
    .order_by(DropOff.expected_at, DropOff.id)
    .limit(bindparam("limit", type_=Integer))
)


def waiting_drop_offs(session: Session, depot_id: int, limit: int = 200) -> list[DropOffRow]:
    """Return what is still to come, the soonest first (two statements)."""
    return _rows(session, _WAITING, {"depot": depot_id, "limit": limit})


def settled_drop_offs(session: Session, depot_id: int) -> list[DropOffRow]:
    """Return what came or was called off, the last first (two statements)."""
    return _rows(
        session,
        select(DropOff)
        .where(DropOff.depot_id == depot_id, DropOff.state != "announced")
        .order_by(DropOff.settled_at.desc(), DropOff.id.desc())
        .limit(_SETTLED_SHOWN),
    )


def find_drop_off(session: Session, depot_id: int, drop_off_id: int) -> DropOffRow | None:
    """Return one delivery of the depot; None if it has none with that id (two statements)."""
    if not 0 < drop_off_id < 2**63:
        return None
    wanted = select(DropOff).where(DropOff.depot_id == depot_id, DropOff.id == drop_off_id)
    return next(iter(_rows(session, wanted)), None)


def drop_off_link(session: Session, depot_id: int) -> str | None:
    """Return the secret of the donors' link; None if there is none (one statement)."""
    return session.scalar(select(DropOffLink.secret).where(DropOffLink.depot_id == depot_id))


def depot_of_link(session: Session, secret: str) -> DepotView | None:
    """Return the depot whose donors have that link; None for no such link (one statement)."""
    found = session.scalar(
        select(Depot)
        .join(DropOffLink, DropOffLink.depot_id == Depot.id)
        .where(DropOffLink.secret == secret)
    )
    return None if found is None else found.view()


def _rows(
    session: Session, wanted: Select[DropOff], asked: dict[str, int] | None = None
) -> list[DropOffRow]:
    found = session.scalars(wanted, asked).all()
    lines = _lines(session, [row.id for row in found])
    return [
        DropOffRow(
            row.id,
            row.donor,
            row.expected_at,
            row.note,
            row.by_donor,
            row.state,
            row.entry_id,
            tuple(lines[row.id]),
        )
        for row in found
    ]


def _lines(session: Session, ids: Collection[int]) -> defaultdict[int, list[DropOffLineRow]]:
    found: defaultdict[int, list[DropOffLineRow]] = defaultdict(list)
    if ids:
        rows = session.execute(
            select(DropOffLine.drop_off_id, DropOffLine.line, DropOffLine.what, DropOffLine.came)
            .where(DropOffLine.drop_off_id.in_(ids))
            .order_by(DropOffLine.line)
        )
        for drop_off_id, line, what, came in rows:
            found[drop_off_id].append(DropOffLineRow(line, what, came))
    return found
