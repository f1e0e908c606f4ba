"""What is stored about somebody, for them to take along; and who may be forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, LargeBinary, Table, or_, select
from sqlalchemy.orm import Session, aliased

from depot.models import Depot, MailOutbox, Membership, Person, all_tables

#: What a column is called that opens a door; even who it belongs to gets none in a file.
_SECRET: Final = ("hash", "secret", "token", "password", "salt", "body", "unsubscribe_url", "claim")
#: So many people are shown at once.
MOST: Final = 50


def stored_about(session: Session, person_id: int) -> dict[str, Any]:
    """Return everything that is stored about somebody, by table; nothing that opens a door.

    All rows that name them by their number, in every depot they work or worked in, and the mails
    to their address.
    """
    person = session.get_one(Person, person_id)
    depots = session.scalars(
        select(Membership.depot_id)
        .where(Membership.person_id == person_id)
        .order_by(Membership.depot_id)
    ).all()
    found = {Person.__tablename__: [_as_json(Person.__table__, person_id, session)]}
    for table in sorted(all_tables().tables.values(), key=lambda one: one.name):
        asked = _names(table, person_id, depots)
        if asked is not None and (rows := list(_rows(session, table, asked))):
            found[table.name] = rows
    if person.login and "@" in person.login:
        to_them = (MailOutbox.depot_id.in_(depots)) & (MailOutbox.to_address == person.login)
        if rows := list(_rows(session, MailOutbox.__table__, to_them)):
            found[MailOutbox.__tablename__] = rows
    return found


def _names(table: Table, person_id: int, depots: Any) -> ColumnElement[bool] | None:
    """Return which rows of a table name the person; None for a table that names nobody."""
    columns = columns_of_people(table)
    if not columns:
        return None
    named = or_(*(column == person_id for column in columns))
    return named & table.c.depot_id.in_(depots) if "depot_id" in table.c else named


def columns_of_people(table: Table) -> list[Column[Any]]:
    """Return the columns of a table that hold the number of a person."""
    return [
        column
        for column in table.columns
        if any(key.column is Person.__table__.c.id for key in column.foreign_keys)
    ]


def _rows(session: Session, table: Any, asked: ColumnElement[bool]) -> Iterator[dict[str, Any]]:
    columns = [
        one
        for one in table.columns
        if not any(word in one.name for word in _SECRET) and not isinstance(one.type, LargeBinary)
    ]
    found = session.execute(select(*columns).where(asked).order_by(*table.primary_key.columns))
    for row in found.mappings():
        yield {name: _plain(value) for name, value in row.items()}


def _as_json(table: Any, person_id: int, session: Session) -> dict[str, Any]:
    return next(_rows(session, table, table.c.id == person_id))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


@dataclass(frozen=True, slots=True)
class StaysRow:
    """A depot that somebody works in, and whether nobody else could act there."""

    depot_id: int
    name: str
    is_last: bool


def depots_to_leave(session: Session, person_id: int) -> list[StaysRow]:
    """Return where somebody works, by name, and where they are the last coordinator."""
    other = aliased(Membership)
    others = (
        select(other.person_id)
        .where(
            other.depot_id == Membership.depot_id,
            other.person_id != person_id,
            other.role == "coordinator",
            other.ended_at.is_(None),
        )
        .exists()
    )
    rows = session.execute(
        select(Depot.id, Depot.name, (Membership.role == "coordinator") & ~others)
        .join(Membership, Membership.depot_id == Depot.id)
        .where(Membership.person_id == person_id, Membership.ended_at.is_(None))
        .order_by(Depot.name, Depot.id)
    )
    return [StaysRow(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class WorkedRow:
    """Somebody who works or worked in a depot."""

    person_id: int
    name: str
    since: datetime
    ended_at: datetime | None
    #: They coordinate another depot, too: of that right they decide there.
    coordinates_elsewhere: bool = False


def people_to_erase(session: Session, depot_id: int, name: str, but: int | None) -> list[WorkedRow]:
    """Return who works or worked here by a part of the name, the latest first, fifty at most."""
    rows = session.execute(
        select(Person.id, Person.name, Membership.created_at, Membership.ended_at)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.depot_id == depot_id,
            Person.left_at.is_(None),
            Person.id != (but or 0),
            Person.name.icontains(name, autoescape=True),
        )
        .order_by(Membership.created_at.desc(), Person.id.desc())
        .limit(MOST)
    )
    return [WorkedRow(*row) for row in rows]


def person_to_erase(session: Session, depot_id: int, person_id: int) -> WorkedRow | None:
    """Return somebody who works or worked here and is not forgotten yet; None for anybody else."""
    other = aliased(Membership)
    elsewhere = select(other.person_id).where(
        other.person_id == Person.id,
        other.depot_id != depot_id,
        other.role == "coordinator",
        other.ended_at.is_(None),
    )
    row = session.execute(
        select(
            Person.id, Person.name, Membership.created_at, Membership.ended_at, elsewhere.exists()
        )
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.depot_id == depot_id, Person.id == person_id, Person.left_at.is_(None))
    ).one_or_none()
    return None if row is None else WorkedRow(*row)
