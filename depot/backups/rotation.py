"""Which backups may go, by their names alone. Pure.

A name tells when it was made. Kept are the newest few, and the newest of each of the last days,
weeks and months that have one: counted by what is there, not by the calendar, so that a clock gone
wrong or a depot closed for a month takes nothing away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

NEWEST: Final = 8
DAYS: Final = 7
WEEKS: Final = 5
MONTHS: Final = 12
_NAME: Final = re.compile(r"depot-(\d{8}T\d{6}Z)\.sqlite3")
_STAMP: Final = "%Y%m%dT%H%M%SZ"


def backup_name(at: datetime) -> str:
    """Return the name of a backup made then."""
    return f"depot-{stamp(at)}.sqlite3"


def stamp(at: datetime) -> str:
    """Return an instant as names of files have it: they sort by it."""
    return f"{at.astimezone(UTC):{_STAMP}}"


def made_at(name: str) -> datetime | None:
    """Return when a backup was made, by its name; None if it is no backup's name."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    try:
        return datetime.strptime(found[1], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def newest_first(names: Iterable[str]) -> list[str]:
    """Return those of the names that are backups' names, the newest first."""
    return sorted((name for name in names if made_at(name)), reverse=True)


def outdated(names: Iterable[str], new: str) -> list[str]:
    """Return the backups that may go: none of other names, and not the one that was made now.

    A clock that went back may have given that one an old name.
    """
    made = {name: at for name in newest_first(names) if (at := made_at(name))}
    kept = {new, *list(made)[:NEWEST]}
    for key, count in ((_day, DAYS), (_week, WEEKS), (_month, MONTHS)):
        newest: dict[str, str] = {}
        for name, at in made.items():
            newest.setdefault(key(at), name)
        kept |= set(list(newest.values())[:count])
    return [name for name in made if name not in kept]


def _day(at: datetime) -> str:
    return f"{at:%Y-%m-%d}"


def _week(at: datetime) -> str:
    return f"{at:%G-%V}"


def _month(at: datetime) -> str:
    return f"{at:%Y-%m}"
