"""Which imports there were lately, to be undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from depot.models import ImportedRow, Person, SheetImport

#: More of them nobody looks for.
_MOST = 10


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One import: when, by whom, and how many rows it made or filled in."""

    id: int
    kind: str
    imported_at: datetime
    person: str | None
    rows: int
    is_undone: bool


def latest_imports(session: Session, depot_id: int) -> list[ImportRow]:
    """Return the last imports, the newest first (one statement)."""
    count = (
        select(func.count())
        .where(ImportedRow.import_id == SheetImport.id)
        .correlate(SheetImport)
        .scalar_subquery()
    )
    found = session.execute(
        select(SheetImport, Person.name, count)
        .outerjoin(Person, Person.id == SheetImport.person_id)
        .where(SheetImport.depot_id == depot_id)
        .order_by(SheetImport.imported_at.desc(), SheetImport.id.desc())
        .limit(_MOST)
    )
    return [
        ImportRow(one.id, one.kind, one.imported_at, name, rows, one.undone_at is not None)
        for one, name, rows in found
    ]
