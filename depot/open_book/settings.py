"""What the depot is set to is written down when it changes, with what it was before."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, insert, select
from sqlalchemy.orm import Session

from depot.base.actors import Actor
from depot.base.kinds import SettingKind
from depot.db.columns import Base
from depot.kernel.once import Work
from depot.models import SettingChange
from depot.open_book.told import TOLD

#: What stands in some columns of a row; of one that is not there yet, nothing.
Values: TypeAlias = Mapping[str, str | int | bool | None]


def values_of(work: Work, model: Any, row_id: int | None, *columns: str) -> Values:
    """Return what stands in those columns of the depot's row now; nothing of no row."""
    return _read(work, model, columns, model.__table__.c.id == row_id)


def _read(
    work: Work, model: Any, columns: Sequence[str], *this: ColumnElement[bool]
) -> dict[str, Any]:
    table = model.__table__.c
    owner = table.depot_id if "depot_id" in table else table.id
    asked = select(*(table[name] for name in columns)).where(owner == work.depot_id, *this)
    row = work.session.execute(asked).mappings().one_or_none()
    return {} if row is None else dict(row)


def standing(work: Work, model: type[Base], *this: ColumnElement[bool]) -> Values:
    """Return what is told of the one row of the depot that is meant; nothing where there is none.

    Asked before a command writes it, and handed to `note_row` after that.
    """
    row = _read(work, model, TOLD[model.__tablename__].columns, *this)
    return {name: _as_told(value) for name, value in row.items()}


def _as_told(value: Any) -> str | int | bool | None:
    """Return a day as it is written, and of a moment that it came: what JSON can hold."""
    if isinstance(value, datetime):
        return True
    return value.isoformat() if isinstance(value, date) else value


def note_row(
    work: Work, model: type[Base], subject: str, before: Values, *this: ColumnElement[bool]
) -> None:
    """Write down what stands in the row now and did not before; of a row that went, what went."""
    work.session.flush()
    gone = (name for name, value in before.items() if value not in (None, "", False))
    after = standing(work, model, *this) or dict.fromkeys(gone)
    note_change(work, TOLD[model.__tablename__].kind, subject, before, after)


def note_change(work: Work, kind: SettingKind, subject: str, before: Values, after: Values) -> None:
    """Write down what is other than before; what is as it was is no change."""
    fields = [
        [name, before.get(name), value]
        for name, value in after.items()
        if (before[name] != value if name in before else value not in (None, "", False))
    ]
    if fields:
        write_down(work.session, work.actor, work.recorded_at, kind, subject, fields)


def write_down(
    session: Session,
    actor: Actor,
    at: datetime,
    kind: SettingKind,
    subject: str = "",
    fields: list[list[Any]] | None = None,
    *,
    why: str | None = None,
) -> None:
    """Write down what the actor does, in an open transaction; `why` is what they said of it."""
    session.execute(
        insert(SettingChange).values(
            depot_id=actor.depot_id,
            kind=kind,
            subject=subject,
            fields=json.dumps(fields or []),
            why=actor.why if why is None else why,
            by_id=actor.person_id,
            token_id=actor.token_id,
            agreed_by_id=actor.agreed_by_id,
            changed_at=at,
        )
    )
