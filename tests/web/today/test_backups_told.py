"""Today says to coordinators when the last good backup was, and if one failed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask

from depot.backups.status import BackupStatus, write_status
from depot.base.clock import utc_now
from tests.clients import Client

ClientFor = Callable[[str], Client]


def test_a_coordinator_reads_when_the_last_good_backup_was(
    client_for: ClientFor, tmp_path: Path
) -> None:
    ada, ben = client_for("ada"), client_for("ben")
    assert "No backup has been made yet" in ada.get("/")
    good = BackupStatus(utc_now() - timedelta(hours=3), "depot-1", "/somewhere/secret")
    write_status(tmp_path, good)
    page = ada.get("/")
    assert "Last good backup" in page
    assert "overdue" not in page
    assert "/somewhere/secret" not in page
    assert "backup" not in ben.get("/")
    write_status(tmp_path, replace(good, failed_at=utc_now(), problem="/secret/path: full"))
    page = ada.get("/")
    assert "The last backup failed or is overdue" in page
    assert "/secret/path" not in page
    assert "backup" not in ben.get("/")
    write_status(tmp_path, replace(good, good_at=utc_now() - timedelta(days=3)))
    assert "The last backup failed or is overdue" in ada.get("/")
    write_status(tmp_path, BackupStatus(failed_at=utc_now(), problem="full"))
    assert "There is no good one yet" in ada.get("/")


def test_a_watching_program_hears_of_the_database_and_the_last_backup(
    app: Flask, tmp_path: Path
) -> None:
    stranger = app.test_client()
    late = BackupStatus(datetime(2020, 1, 5, 3, tzinfo=UTC), "depot-1", "/somewhere/secret")
    write_status(tmp_path, late)
    told = {
        "ready": True,
        "database": "ok",
        "outbox": 0,
        "last_backup": "2020-01-05T03:00:00+00:00",
        "backup_late": True,
    }
    assert stranger.get("/readyz").get_json() == told
