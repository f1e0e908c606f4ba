"""A database that is locked, full or read-only: a sentence, the form kept, nothing half-written."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from blueprints.frame import web
from depot.db import transaction as database
from depot.models import Partner, StockEntry
from tests.builders import find_actor, make_token, receive
from tests.clients import Client
from tests.current import db

ClientFor = Callable[[str], Client]


def donation() -> dict[str, str]:
    return {
        "command_id": str(uuid4()),
        "source": "new",
        "partner": "Bakery <Lindt>",
        "what": "items",
        "lines-0-item": "Rye bread",
        "lines-0-quantity": "24",
    }


def expect_kept_and_nothing_written(app: Flask, client: Client, sentence: str) -> None:
    form = donation()
    answer = client.post("/donations/new", form)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 503
    assert sentence in page
    assert f'name="command_id" value="{form["command_id"]}"' in page
    assert 'name="partner" value="Bakery &lt;Lindt&gt;"' in page
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(StockEntry)) == 0
        assert db.session.scalar(select(func.count()).select_from(Partner)) == 0


def with_pragma(app: Flask, pragma: str) -> None:
    """Let every connection from now on carry the pragma."""
    with app.app_context():
        db.engine.dispose()
        event.listen(db.engine, "connect", lambda raw, _record: raw.execute(f"PRAGMA {pragma}"))


def test_a_locked_database(
    app: Flask, client_for: ClientFor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 50)
    with app.app_context():
        db.engine.dispose()
    client = client_for("ben")
    with closing(sqlite3.connect(tmp_path / "depot.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        expect_kept_and_nothing_written(app, client, "Nothing was saved")
        other.execute("ROLLBACK")


def test_a_read_only_database(app: Flask, client_for: ClientFor) -> None:
    client = client_for("ben")
    with_pragma(app, "query_only=ON")
    expect_kept_and_nothing_written(app, client, "it is read-only")


def test_a_full_disk(app: Flask, client_for: ClientFor) -> None:
    client = client_for("ben")
    with_pragma(app, "max_page_count=1")  # no page more than there are now
    saved = 0
    while (answer := client.post("/donations/new", donation() | {"note": "x" * 1900})) and (
        answer.status_code == 303
    ):
        saved += 1
        assert saved < 100
    assert answer.status_code == 503
    assert "the disk is full" in answer.get_data(as_text=True)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(StockEntry)) == saved


def test_the_api_answers_with_a_code(app: Flask) -> None:
    with app.app_context():
        token = make_token("till", "volunteer", find_actor("ada"))
    with_pragma(app, "query_only=ON")
    body = {
        "command_id": str(uuid4()),
        "source": {"kind": "donation"},
        "lines": [{"item": "Beans", "quantity": 1}],
    }
    headers = {"Authorization": f"Bearer {token}"}
    answer = app.test_client().post("/api/v1/receipts", json=body, headers=headers)
    assert answer.status_code == 503
    assert answer.get_json()["code"] == "storage_unavailable"


def test_a_database_that_is_gone_is_a_sentence_too(
    app: Flask, client_for: ClientFor, tmp_path: Path
) -> None:
    client = client_for("ben")
    with app.app_context():
        db.engine.dispose()
    (tmp_path / "depot.sqlite3").unlink()
    (tmp_path / "depot.sqlite3").mkdir()
    answer = client.http.get("/donations/new")
    assert answer.status_code == 503
    assert "Nothing was saved" in answer.get_data(as_text=True)


def test_a_search_holds_nothing_that_a_database_does_not_take(app: Flask) -> None:
    with app.test_request_context("/?q=%20a%00b%20"):
        assert web.query_text("q") == "ab"
    with app.test_request_context("/?q=" + "x" * 5000):
        assert web.query_text("q") == "x" * 200


def tear(folder: Path, *tables: str) -> None:
    """Overwrite the first page of each table, as a failing disk does."""
    file = folder / "depot.sqlite3"
    with closing(sqlite3.connect(file)) as opened:
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        ((size,),) = opened.execute("PRAGMA page_size")
        pages = [
            opened.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
            for table in tables
        ]
    with file.open("r+b") as written:
        for (page,) in pages:
            written.seek((page - 1) * size)
            written.write(b"\xff" * size)


@pytest.mark.breaks_ledger("pages of the database are overwritten on purpose")
def test_a_damaged_page_says_that_a_backup_has_to_be_brought_back(
    app: Flask, client_for: ClientFor, tmp_path: Path
) -> None:
    with app.app_context():
        token = make_token("till", "volunteer", find_actor("ada"))
        receive(find_actor("ada"), 3, "Beans")
    client = client_for("ben")
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    tear(tmp_path, "stock_entry", "item")
    for address in ("/", "/ledger/", "/stock/"):
        answer = client.http.get(address)
        assert answer.status_code == 503, address
        assert "depot restore" in answer.get_data(as_text=True)
    form = donation()
    saved = client.post("/donations/new", form)
    assert saved.status_code == 503
    assert f'name="command_id" value="{form["command_id"]}"' in saved.get_data(as_text=True)
    asked = app.test_client().get("/api/v1/entries", headers={"Authorization": f"Bearer {token}"})
    assert (asked.status_code, asked.get_json()["code"]) == (503, "storage_damaged")


@pytest.mark.breaks_ledger("the database is overwritten on purpose")
def test_a_database_that_is_none_any_more_says_so_too(
    app: Flask, client_for: ClientFor, tmp_path: Path
) -> None:
    client = client_for("ben")
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    for file in tmp_path.glob("depot.sqlite3*"):
        file.unlink()
    (tmp_path / "depot.sqlite3").write_bytes(b"\xff" * 40_960)
    answer = client.http.get("/")
    assert answer.status_code == 503
    assert "depot restore" in answer.get_data(as_text=True)
