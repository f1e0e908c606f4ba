"""When the last good backup was, and what went wrong since: a small file of the data folder.

It is a file, so that it can be written when the database cannot be read any more.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, Protocol

from depot.backups.plan import BackupPlan
from depot.base.clock import from_milliseconds, to_milliseconds, utc_now
from depot.db.files import write_whole

FILE: Final = "backups.json"
#: What failed is tried again so much later.
AFTER_FAILURE: Final = timedelta(hours=1)


class HasBackups(Protocol):
    """The configuration, as far as backups need it."""

    @property
    def data(self) -> Path:
        """The data folder."""

    @property
    def backups(self) -> BackupPlan:
        """Where they go and how often."""


@dataclass(frozen=True, slots=True)
class End:
    """Where a depot's chain of entries ends."""

    seq: int
    seal: str


@dataclass(frozen=True, slots=True)
class BackupStatus:
    """The last backup that was restored and verified, and what failed since (None: nothing)."""

    good_at: datetime | None = None
    name: str = ""
    #: Where it is, as people read it.
    place: str = ""
    #: Where each depot's book ended in it, by the depot's id.
    ends: dict[int, End] = field(default_factory=dict)
    failed_at: datetime | None = None
    problem: str = ""

    def is_late(self, now: datetime, hours: int) -> bool:
        """Say whether the last one failed, or is older than two turns of a plan that makes any."""
        if self.failed_at is not None:
            return True
        if not hours or self.good_at is None:
            return False
        return now - self.good_at > timedelta(hours=2 * hours)


def is_due(status: BackupStatus, now: datetime, hours: int) -> bool:
    """Say whether `depot serve` is to make a backup now; after a failure it waits a little.

    A last one that lies in the future was made by a clock that was wrong: it says nothing.
    """
    if status.failed_at is not None and timedelta() <= now - status.failed_at < AFTER_FAILURE:
        return False
    if not hours or status.good_at is None:
        return bool(hours)
    return not timedelta() <= now - status.good_at < timedelta(hours=hours)


@dataclass(frozen=True, slots=True)
class BackupsTold:
    """What a coordinator and a watching program are told of backups."""

    good_at: datetime | None
    is_late: bool


def backups_told(config: HasBackups) -> BackupsTold | None:
    """Return when the last good backup was; None where none are made and none were."""
    status, hours = read_status(config.data), config.backups.hours
    if not hours and status.good_at is None:
        return None
    return BackupsTold(status.good_at, status.is_late(utc_now(), hours))


def read_status(data: Path) -> BackupStatus:
    """Return what the data folder says; a file that is not there or damaged says nothing."""
    try:
        found = json.loads((data / FILE).read_text("utf-8"))
        return BackupStatus(
            good_at=_instant(found["good_at"]),
            name=str(found["name"]),
            place=str(found["place"]),
            ends={int(key): End(int(seq), str(seal)) for key, (seq, seal) in found["ends"].items()},
            failed_at=_instant(found["failed_at"]),
            problem=str(found["problem"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return BackupStatus()


def write_status(data: Path, status: BackupStatus) -> None:
    """Keep what is to be known of backups. Raises OSError."""
    body: dict[str, Any] = {
        "good_at": _number(status.good_at),
        "name": status.name,
        "place": status.place,
        "ends": {str(key): [end.seq, end.seal] for key, end in status.ends.items()},
        "failed_at": _number(status.failed_at),
        "problem": status.problem,
    }
    write_whole(data / FILE, json.dumps(body, indent=1) + "\n")


def note_failure(data: Path, at: datetime, problem: str) -> None:
    """Keep that a backup failed, beside when the last good one was. Raises OSError."""
    write_status(data, replace(read_status(data), failed_at=at, problem=problem))


def _instant(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else from_milliseconds(milliseconds)


def _number(at: datetime | None) -> int | None:
    return None if at is None else to_milliseconds(at)
