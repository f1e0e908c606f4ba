"""What is kept of backups: when the last good one was, when the next is due, when it is late."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from depot.backups.plan import BackupPlan
from depot.backups.status import (
    FILE,
    BackupStatus,
    End,
    backups_told,
    is_due,
    note_failure,
    read_status,
    write_status,
)

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


def good(ago: timedelta) -> BackupStatus:
    return BackupStatus(good_at=NOW - ago)


def failed(ago: timedelta) -> BackupStatus:
    return BackupStatus(good_at=NOW - 30 * HOUR, failed_at=NOW - ago)


@pytest.mark.parametrize(
    ("status", "hours", "due"),
    [
        (BackupStatus(), 24, True),
        (BackupStatus(), 0, False),
        (good(24 * HOUR - SECOND), 24, False),
        (good(24 * HOUR), 24, True),
        (good(90 * HOUR), 0, False),
        (good(0 * HOUR), 24, False),
        (good(-SECOND), 24, True),  # of a clock that was wrong
        (failed(HOUR - SECOND), 24, False),
        (failed(HOUR), 24, True),
        (failed(0 * HOUR), 24, False),
        (failed(-SECOND), 24, True),
    ],
)
def test_when_the_next_one_is_due(status: BackupStatus, hours: int, due: bool) -> None:
    assert is_due(status, NOW, hours) is due


@pytest.mark.parametrize(
    ("status", "hours", "late"),
    [
        (good(48 * HOUR), 24, False),
        (good(48 * HOUR + SECOND), 24, True),
        (good(48 * HOUR + SECOND), 0, False),
        (BackupStatus(), 24, False),
        (failed(SECOND), 0, True),
    ],
)
def test_when_the_last_one_is_too_long_ago(status: BackupStatus, hours: int, late: bool) -> None:
    assert status.is_late(NOW, hours) is late


FULL = BackupStatus(
    NOW, "depot-1", "bucket “B”", {1: End(7, "ab"), 12: End(0, "")}, NOW + HOUR, "No room."
)


@pytest.mark.parametrize("status", [FULL, BackupStatus(), good(HOUR)])
def test_what_is_written_is_read(tmp_path: Path, status: BackupStatus) -> None:
    write_status(tmp_path, status)
    assert read_status(tmp_path) == status


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"good_at": 1}', "{", '{"ends": []}', "\x00"])
def test_a_damaged_file_says_nothing(tmp_path: Path, text: str) -> None:
    assert read_status(tmp_path) == BackupStatus()
    (tmp_path / FILE).write_text(text)
    assert read_status(tmp_path) == BackupStatus()


@pytest.mark.parametrize("gone", ["good_at", "name", "place", "ends", "failed_at", "problem"])
def test_a_file_that_lacks_something_says_nothing(tmp_path: Path, gone: str) -> None:
    write_status(tmp_path, FULL)
    body = json.loads((tmp_path / FILE).read_text())
    del body[gone]
    (tmp_path / FILE).write_text(json.dumps(body))
    assert read_status(tmp_path) == BackupStatus()


def test_a_failure_stands_beside_the_last_good_one(tmp_path: Path) -> None:
    write_status(tmp_path, BackupStatus(NOW, "depot-1", "here", {1: End(7, "ab")}))
    note_failure(tmp_path, NOW + HOUR, "Full.")
    kept = BackupStatus(NOW, "depot-1", "here", {1: End(7, "ab")}, NOW + HOUR, "Full.")
    assert read_status(tmp_path) == kept


@dataclass(frozen=True)
class Set:
    """A configuration, as far as backups need it."""

    data: Path
    backups: BackupPlan


def test_nothing_is_told_where_none_are_made_and_none_were(tmp_path: Path) -> None:
    off, daily = Set(tmp_path, BackupPlan(hours=0)), Set(tmp_path, BackupPlan(hours=24))
    assert backups_told(off) is None
    told = backups_told(daily)
    assert told is not None
    assert (told.good_at, told.is_late) == (None, False)
    write_status(tmp_path, good(0 * HOUR))
    told = backups_told(off)
    assert told is not None
    assert (told.good_at, told.is_late) == (NOW, False)
    write_status(tmp_path, BackupStatus(good_at=datetime(2020, 1, 1, tzinfo=UTC)))
    told = backups_told(daily)
    assert told is not None
    assert told.is_late
