"""What a watching program hears: that it answers, whether one may work, and what was counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from depot.app import create_app
from depot.backups.status import BackupStatus, write_status
from depot.base.clock import utc_now
from depot.serving.edge.app import Edge
from depot.serving.metrics import Metrics
from tests.clients import Client
from tests.conftest import config_for
from tests.current import db
from tests.web.depot_addresses import MARK, bearer, furnish

TOKEN = "a token for Prometheus alone"
ASKING = {"Authorization": f"Bearer {TOKEN}"}
_SAMPLE = re.compile(r"^(\w+)(?:\{(.*)\})? (\S+)$", re.MULTILINE)
_LABEL = re.compile(r'(\w+)="([^"]*)"')


@pytest.fixture
def counted(tmp_path: Path, sqlite_url: str) -> Iterator[Flask]:
    """The application as a serving process has it, with counts that may be asked for."""
    config = replace(config_for(tmp_path, sqlite_url), metrics_token=TOKEN)
    app = create_app(config)
    edge = Edge(app, lambda _method, _path: 1)
    Metrics(config, edge, is_one_of_several=False).watch(app)
    yield app
    edge.close()
    with app.app_context():
        db.engine.dispose()


def samples(http: FlaskClient) -> dict[str, float]:
    """Return what is told, by name and labels."""
    answer = http.get("/metrics", headers=ASKING)
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/plain; version=0.0.4")
    return {
        name + (f"{{{labels}}}" if labels else ""): float(value)
        for name, labels, value in _SAMPLE.findall(answer.text)
    }


def test_without_a_token_in_the_settings_there_is_no_such_page(app: Flask) -> None:
    assert app.test_client().get("/metrics", headers=ASKING).status_code == 404


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer wrong",
        f"Basic {TOKEN}",
        f"Token {TOKEN}",
        f"Bearer {TOKEN}x",
        "Bearer é",
    ],
)
def test_who_does_not_bring_the_token_is_told_nothing(counted: Flask, header: str) -> None:
    answer = counted.test_client().get("/metrics", headers={"Authorization": header})
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert "depot_" not in answer.text


def test_no_sign_in_and_no_token_of_the_api_opens_the_page(counted: Flask) -> None:
    ada = Client.signed_in(counted, "ada")
    assert ada.raw("/metrics").status_code == 401
    assert ada.raw("/metrics", headers=bearer(counted, "ada")).status_code == 401


def test_requests_are_counted_by_route_method_and_kind_of_status(counted: Flask) -> None:
    http, headers = counted.test_client(), bearer(counted, "ada")
    for _ in range(3):
        http.get("/api/v1/items", headers=headers)
    http.get("/api/v1/items")
    http.open("/no/such/page", method="BREW")
    found = samples(http)
    items = 'method="GET",route="items_api.list_items"'
    assert found[f'depot_requests_total{{{items},status="2xx"}}'] == 3
    assert found[f'depot_requests_total{{{items},status="4xx"}}'] == 1
    assert found[f"depot_request_seconds_count{{{items}}}"] == 4
    assert found['depot_requests_total{method="other",route="none",status="4xx"}'] == 1


def test_what_stands_beside_the_requests_is_told(counted: Flask, tmp_path: Path) -> None:
    http = counted.test_client()
    furnish(counted)
    assert "depot_last_backup_age_seconds" not in samples(http)
    write_status(tmp_path, BackupStatus(utc_now() - timedelta(hours=3), "depot-1", "/secret"))
    with counted.app_context():
        waiting = db.session.scalar(
            text("SELECT count(*) FROM mail_outbox WHERE sent_at IS NULL AND given_up_at IS NULL")
        )
    found = samples(http)
    assert waiting
    assert found["depot_mails_waiting"] == waiting
    assert found["depot_last_backup_age_seconds"] == pytest.approx(3 * 3600, abs=600)
    assert found["depot_database_bytes"] > 100_000
    assert found['depot_requests_waiting{lane="writing"}'] == 0
    assert found["depot_busy_refusals_total"] == 0
    assert found["depot_clock_jumps_total"] == 0
    assert [name for name in found if name.startswith("depot_build_info{version=")]


def test_no_label_names_a_person_a_depot_or_a_thing(counted: Flask) -> None:
    """Whatever is asked for, there are as many words as there are views, methods and statuses."""
    north = furnish(counted)
    ada = Client.signed_in(counted, "ada")
    for path in ("/crates/{code}", "/ledger/{entry_id}", f"/search?q={MARK}", f"/{uuid4()}"):
        ada.raw(path.format(**north.ids))
    answer = counted.test_client().get("/metrics", headers=ASKING).text
    labels = _LABEL.findall(answer)
    routes = {rule.endpoint for rule in counted.url_map.iter_rules()} | {"none"}
    assert {name for name, _ in labels} <= {"route", "method", "status", "le", "lane", "version"}
    assert {value for name, value in labels if name == "route"} <= routes
    assert not [word for _, word in labels if MARK in word or word.lower() in ("north", "ada")]


def test_a_refusal_of_the_edge_and_a_jump_of_the_clock_are_counted(
    tmp_path: Path, sqlite_url: str
) -> None:
    config = replace(config_for(tmp_path, sqlite_url), metrics_token=TOKEN)
    app = create_app(config)
    edge = Edge(app, lambda _method, _path: 1)
    metrics = Metrics(config, edge, is_one_of_several=False)
    metrics.watch(app)
    edge.refused = 2
    metrics.note_jump()
    http = app.test_client()
    for _ in range(2):
        found = samples(http)
        assert found["depot_busy_refusals_total"] == 2
        assert found["depot_clock_jumps_total"] == 1
    edge.close()
    with app.app_context():
        db.engine.dispose()


def test_who_watches_hears_that_it_answers_even_without_a_database(app: Flask) -> None:
    with app.app_context():
        db.session.execute(text("ALTER TABLE alembic_version RENAME TO elsewhere"))
        db.session.commit()
    http = app.test_client()
    assert (http.get("/healthz").status_code, http.get("/healthz").text) == (200, "ok\n")
    answer = http.get("/readyz")
    assert (answer.status_code, answer.get_json()["problems"]) == (503, ["migrations"])
    with app.app_context():
        db.session.execute(text("ALTER TABLE elsewhere RENAME TO alembic_version"))
        db.session.commit()
    assert http.get("/readyz").status_code == 200


def test_another_revision_than_the_programs_is_not_ready(app: Flask) -> None:
    with app.app_context():
        db.session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
        db.session.commit()
    answer = app.test_client().get("/readyz")
    assert (answer.status_code, answer.get_json()["ready"]) == (503, False)
    assert answer.get_json()["problems"] == ["migrations"]
    assert (answer.get_json()["database"], answer.get_json()["outbox"]) == ("other revision", None)
    assert answer.headers["Retry-After"]


def test_a_data_folder_that_takes_no_file_is_not_ready(tmp_path: Path, sqlite_url: str) -> None:
    app = create_app(config_for(tmp_path / "gone", sqlite_url))
    answer = app.test_client().get("/readyz")
    assert (answer.status_code, answer.get_json()["problems"]) == (503, ["data_folder"])
    with app.app_context():
        db.engine.dispose()
