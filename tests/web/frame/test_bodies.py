"""How much may be sent where, and what is told who could not be taken in."""

from __future__ import annotations

import pytest
from flask import Flask

from blueprints.frame.edge.bodies import (
    FILE_BYTES,
    LIMITS,
    OPEN_BYTES,
    REFUSED,
    USUAL_BYTES,
    limit_at,
)
from tests.clients import Client


def test_every_row_of_the_table_is_a_view_or_a_blueprint(app: Flask) -> None:
    assert set(LIMITS) <= set(app.view_functions) | set(app.blueprints)


@pytest.mark.parametrize(
    ("method", "path", "limit"),
    [
        ("POST", "/sign-in", OPEN_BYTES),
        ("POST", "/scan/photo", FILE_BYTES),
        ("POST", "/api/v1/receipts", USUAL_BYTES),
        ("POST", "/no/such/page", OPEN_BYTES),
        ("DELETE", "/sign-in", OPEN_BYTES),
    ],
)
def test_a_limit_is_known_before_the_request_is_there(
    app: Flask, method: str, path: str, limit: int
) -> None:
    assert limit_at(app.url_map, method, path) == limit


def test_flask_holds_the_same_limit(app: Flask) -> None:
    client = app.test_client()
    assert client.post("/sign-in", data={"login": "x" * OPEN_BYTES}).status_code == 413
    assert client.post("/sign-in", data={"login": "x" * (OPEN_BYTES // 2)}).status_code == 400


@pytest.mark.parametrize("status", [408, 503])
def test_who_was_not_taken_in_reads_why_without_the_database(app: Flask, status: int) -> None:
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:////nowhere/at/all"
    ben = Client.signed_in(app, "ben")
    page = ben.raw("/stock", environ_overrides={REFUSED: status})
    assert page.status_code == status
    assert "Nothing was saved" in page.get_data(as_text=True)
    assert "Stock" not in page.get_data(as_text=True)  # nobody was looked up
    told = ben.raw("/api/v1/stock", environ_overrides={REFUSED: status})
    assert "Nothing was saved" in told.get_json()["message"]
    script = ben.raw(
        "/sync", headers={"Accept": "application/json"}, environ_overrides={REFUSED: status}
    )
    assert script.get_json()["errors"] == {}
    assert (page.headers.get("Retry-After") is not None) == (status == 503)


def test_a_form_that_had_to_wait_too_long_is_kept_on_the_page(app: Flask) -> None:
    page = app.test_client().post(
        "/sign-in", data={"login": "ada", "password": "x"}, environ_overrides={REFUSED: 503}
    )
    text = page.get_data(as_text=True)
    assert 'name="login" value="ada"' in text
    assert 'name="password"' not in text
