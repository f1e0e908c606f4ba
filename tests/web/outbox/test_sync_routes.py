"""Who may deliver by POST /sync, and what is no batch at all."""

from __future__ import annotations

import pytest
from flask import Flask

from blueprints.outbox import batches, schemas
from tests.web.phone_client import Json, Phone, receipt


@pytest.fixture
def ben(app: Flask) -> Phone:
    return Phone(app, "ben")


def test_nobody_signed_in_is_told_so_in_json(app: Flask) -> None:
    answer = app.test_client().post(
        "/sync", json={"device_id": "x", "commands": []}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert (answer.status_code, answer.get_json()["code"]) == (401, "signed_out")


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "", "Origin": "http://localhost"},
    ],
)
def test_only_our_own_pages_may_deliver(ben: Phone, headers: dict[str, str]) -> None:
    assert ben.post({"commands": [receipt()]}, **headers).status_code == 403


def test_without_fetch_metadata_the_origin_decides(app: Flask, ben: Phone) -> None:
    def status(origin: str | None) -> int:
        headers = {"Origin": origin} if origin is not None else {}
        batch = {"device_id": "x", "commands": []}
        return ben.client.http.post("/sync", json=batch, headers=headers).status_code

    assert status("http://localhost") == 200
    assert status(app.config["DEPOT"].base_url) == 200
    strangers = (None, "", "null", "http://localhost:1", "http://evil.example", "http://[localhost")
    assert [status(bad) for bad in strangers] == [403] * 6


def test_what_is_no_batch_is_refused_whole(ben: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    many: list[Json] = [receipt() for _ in range(schemas.MAX_COMMANDS + 1)]
    for batch in ({"commands": many}, {"commands": "x"}, {"commands": [], "person": "ben"}, {}):
        assert ben.post(batch).status_code == 422, batch
    own = {"Sec-Fetch-Site": "same-origin"}
    http = ben.client.http
    assert http.post("/sync", data="{}", headers=own).status_code == 415
    for text in ("{", "[" * 100_000):
        broken = http.post("/sync", data=text, headers=own, content_type="application/json")
        assert broken.status_code == 400, text[:3]
    assert ben.sync() == []
    nonsense = ben.post({"commands": [1, "x", [], {}]}).get_json()["results"]
    assert [one["result"] for one in nonsense] == ["refused"] * 4
    monkeypatch.setattr(batches, "MAX_BATCH_BYTES", 100)
    assert ben.post({"commands": [receipt()]}).status_code == 413
