"""What the depot is set to is written down when it changes, with what it was before."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from depot.base.actors import Actor
from depot.base.kinds import SettingKind
from depot.kernel.once import Work
from depot.models import SettingChange

#: What stands in some columns of a row; of one that is not there yet, nothing.
Values: TypeAlias = Mapping[str, str | int | bool | None]


def values_of(work: Work, model: Any, row_id: int | None, *columns: str) -> Values:
    """Return what stands in those columns of the depot's row now; nothing of no row."""
    table = model.__table__.c
    owner = table.depot_id if "depot_id" in table else table.id
    asked = select(*(table[name] for name in columns))
    row = work.session.execute(asked.where(owner == work.depot_id, table.id == row_id))
    found = row.mappings().one_or_none()
    return {} if found is None else dict(found)


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
) -> None:
    """Write down what the actor does, in an open transaction."""
    session.execute(
        insert(SettingChange).values(
            depot_id=actor.depot_id,
            kind=kind,
            subject=subject,
            fields=json.dumps(fields or []),
            by_id=actor.person_id,
            token_id=actor.token_id,
            agreed_by_id=actor.agreed_by_id,
            changed_at=at,
        )
    )
