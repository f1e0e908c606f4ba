"""What a restore would lose: what a database has and a backup has not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import inspect, select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from depot.backups.proving import DepotInBackup, Proved, depots_in
from depot.db.database import current_session, open_database, use
from depot.models import Depot, StockEntry


@dataclass(frozen=True, slots=True)
class Loss:
    """What one depot of the present database has and the backup has not."""

    depot: str
    entries: int
    #: Everything that was saved, entries or not.
    commands: int
    last_at: datetime | None
    #: Whether the two are one book up to where the shorter ends; else all of it would be lost.
    is_same_book: bool


@dataclass(frozen=True, slots=True)
class Present:
    """What stands in a database now; `problem` is why it cannot be read, if it cannot."""

    is_filled: bool = False
    problem: str = ""
    losses: tuple[Loss, ...] = ()


def compare_present(url: str, copy: Path, proved: Proved) -> Present:
    """Return what the database at `url` holds that the proved `copy` of a backup does not."""
    now, then = open_database(url), open_database(f"sqlite:///{copy}")
    try:
        with use(now), then.session() as backup:
            if not inspect(now.engine).has_table(Depot.__tablename__):
                return Present()
            losses = _losses(current_session(), backup, proved)
            return Present(is_filled=True, losses=tuple(losses))
    except DatabaseError as error:
        return Present(is_filled=True, problem=str(error.orig))
    finally:
        now.close()
        then.close()


def _losses(session: Session, backup: Session, proved: Proved) -> list[Loss]:
    known = {one.id: one for one in proved.depots}
    found = [_loss(session, backup, one, known.get(one.id)) for one in depots_in(session)]
    return [one for one in found if one.entries or one.commands]


def _loss(
    session: Session, backup: Session, now: DepotInBackup, then: DepotInBackup | None
) -> Loss:
    common = min(now.end.seq, then.end.seq) if then else 0
    if then is None or _seal_at(session, now.id, common) != _seal_at(backup, now.id, common):
        return Loss(now.name, now.end.seq, now.commands, now.last_at, is_same_book=False)
    newer = max(now.commands - then.commands, 0)
    return Loss(now.name, now.end.seq - common, newer, now.last_at, is_same_book=True)


def _seal_at(session: Session, depot_id: int, seq: int) -> str | None:
    return session.scalar(
        select(StockEntry.seal).where(StockEntry.depot_id == depot_id, StockEntry.seq == seq)
    )
