"""Which backups may go, when one is due, and what the settings say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from depot.backups.plan import BackupPlan, Bucket, backup_plan
from depot.backups.rotation import backup_name, made_at, newest_first, outdated
from depot.backups.status import (
    FILE,
    BackupStatus,
    End,
    is_due,
    note_failure,
    read_status,
    write_status,
)
from depot.base.errors import ConfigError

NOW = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)


def names(*ages: timedelta) -> list[str]:
    return [backup_name(NOW - age) for age in ages]


def test_a_name_tells_when_it_was_made() -> None:
    assert backup_name(NOW) == "depot-20261127T120000Z.sqlite3"
    assert made_at("depot-20261127T120000Z.sqlite3") == NOW
    for other in ("depot.sqlite3", "depot-20261327T120000Z.sqlite3", "secret_key", "depot-1.part"):
        assert made_at(other) is None


def test_daily_backups_of_two_years_leave_days_weeks_and_months() -> None:
    every = names(*(timedelta(days=day) for day in range(730)))
    gone = set(outdated(every, every[0]))
    left = [name for name in every if name not in gone]
    ages = [(NOW - at).days for name in left if (at := made_at(name))]
    assert ages[:8] == list(range(8))
    assert len([age for age in ages if age <= 35]) == 8 + 4
    assert len(left) <= 8 + 5 + 12
    assert 330 < ages[-1] < 365


def test_one_pass_after_another_keeps_what_one_pass_over_all_keeps() -> None:
    kept: list[str] = []
    for day in reversed(range(200)):
        new = backup_name(NOW - timedelta(days=day))
        kept = [name for name in [*kept, new] if name not in outdated([*kept, new], new)]
    months = {name[6:12] for name in kept}
    assert len(months) >= 7
    assert len(kept) <= 8 + 5 + 12


def test_a_depot_closed_for_a_year_loses_nothing() -> None:
    old = names(*(timedelta(days=400 + day) for day in range(7)))
    assert outdated([*old, backup_name(NOW)], backup_name(NOW)) == []


def test_what_is_no_backup_never_goes() -> None:
    others = ["secret_key", "depot.sqlite3", "notes.txt"]
    every = [*names(*(timedelta(hours=hour) for hour in range(500))), *others]
    gone = outdated(every, every[0])
    assert gone
    assert not set(gone) & set(others)
    assert newest_first(others) == []


def test_the_new_one_stays_though_the_clock_went_back() -> None:
    every = names(*(timedelta(days=day) for day in range(60)))
    new = backup_name(NOW - timedelta(days=900))
    assert new not in outdated([*every, new], new)


def test_a_backup_is_due_after_its_hours_and_not_at_once_after_a_failure() -> None:
    good = BackupStatus(good_at=NOW)
    assert is_due(BackupStatus(), NOW, 24)
    assert not is_due(BackupStatus(), NOW, 0)
    assert not is_due(good, NOW + timedelta(hours=23), 24)
    assert is_due(good, NOW + timedelta(hours=24), 24)
    assert is_due(good, NOW - timedelta(days=3), 24), "the clock went back"
    failed = replace(good, failed_at=NOW + timedelta(hours=24))
    assert not is_due(failed, NOW + timedelta(hours=24, minutes=59), 24)
    assert is_due(failed, NOW + timedelta(hours=25), 24)


def test_one_that_failed_or_is_two_turns_old_is_late() -> None:
    good = BackupStatus(good_at=NOW)
    assert not good.is_late(NOW + timedelta(hours=48), 24)
    assert good.is_late(NOW + timedelta(hours=49), 24)
    assert not good.is_late(NOW + timedelta(days=90), 0)
    assert replace(good, failed_at=NOW).is_late(NOW, 24)


def test_the_status_is_kept_and_a_failure_forgets_no_good_one(tmp_path: Path) -> None:
    status = BackupStatus(NOW, "depot-1", "/backups", {1: End(7, "ab")})
    write_status(tmp_path, status)
    assert read_status(tmp_path) == status
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600
    note_failure(tmp_path, NOW + timedelta(hours=1), "the disk is full")
    assert read_status(tmp_path) == replace(
        status, failed_at=NOW + timedelta(hours=1), problem="the disk is full"
    )
    for damaged in (b"", b"\xff", b"[]", b'{"good_at": "x"}', b'{"good_at": 1}'):
        (tmp_path / FILE).write_bytes(damaged)
        assert read_status(tmp_path) == BackupStatus()


def test_the_plan_is_a_folder_or_a_bucket(tmp_path: Path) -> None:
    assert backup_plan(None, None) == BackupPlan()
    assert BackupPlan().folder(tmp_path) == tmp_path / "backups"
    assert backup_plan("/mnt/disk", "6") == BackupPlan(Path("/mnt/disk"), 6)
    assert backup_plan(None, "0").hours == 0
    bucket = backup_plan("s3://key:se%2Fcret@s3.example.org/box/a/b?region=eu-1", None).to
    assert bucket == Bucket("s3.example.org", "box", "a/b/", "key", "se/cret", "eu-1")
    assert str(bucket) == "s3://s3.example.org/box/a/b/"
    plain = backup_plan("s3+plain://key:secret@127.0.0.1:9000/box", None).to
    assert plain == Bucket("127.0.0.1:9000", "box", "", "key", "secret", is_secure=False)


@pytest.mark.parametrize("hours", ["-1", "many", "1.5", "٣", "745"])
def test_wrong_hours_are_refused(hours: str) -> None:
    with pytest.raises(ConfigError, match="DEPOT_BACKUP_HOURS"):
        backup_plan(None, hours)


@pytest.mark.parametrize("to", ["s3://s3.example.org/box", "s3://key:hush@/box", "s3://key:hush@a"])
def test_a_wrong_address_is_refused_and_not_repeated(to: str) -> None:
    with pytest.raises(ConfigError, match="DEPOT_BACKUP_TO") as refused:
        backup_plan(to, None)
    assert "hush" not in str(refused.value)
