"""A parameter that an address does not know is an error: misspelt, it would be no filter at all."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from blueprints import mounts
from tests.guards.test_routes import address_of
from tests.web.depot_addresses import bearer

SENTENCE = "There is no such parameter at this address."


def api_rules(app: Flask) -> list[Rule]:
    """Return the addresses of the API; what anybody reads of it, its description, is none."""
    slices = {mount.blueprint.name for mount in mounts.API}
    found = [
        rule for rule in app.url_map.iter_rules() if rule.endpoint.rpartition(".")[0] in slices
    ]
    assert len(found) > 100
    return found


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH"])
def test_every_address_refuses_what_it_does_not_know_and_names_it(app: Flask, method: str) -> None:
    http, headers = app.test_client(), bearer(app, "ada")
    rules = [rule for rule in api_rules(app) if method in (rule.methods or ())]
    assert rules
    for rule in rules:
        asked: dict[str, Any] = {} if method == "GET" else {"json": {}}
        path = f"{address_of(app, rule)}?zzz=1&language=en"
        answer = http.open(path, method=method, headers=headers, **asked)
        assert answer.status_code == 422, (rule, answer.status_code)
        assert answer.get_json()["code"] == "invalid"
        assert answer.get_json()["errors"] == {"zzz": [SENTENCE]}, rule


def test_what_an_address_lists_is_taken_and_the_language_everywhere(app: Flask) -> None:
    http, headers = app.test_client(), bearer(app, "ada")
    paths = http.get("/api/v1/openapi.json").get_json()["paths"]
    listed = 0
    for path, methods in paths.items():
        names = [one["name"] for one in methods.get("get", {}).get("parameters", [])]
        query = "&".join(f"{name}=1" for name in names)
        answer = http.get(
            f"{path.replace('{', '').replace('}', '')}?{query}&language=de", headers=headers
        )
        assert SENTENCE not in answer.get_data(as_text=True), (path, names)
        if answer.is_json and "language" not in names:
            assert "language" not in answer.get_json().get("errors", {}), path
        listed += len(names)
    assert listed > 20


def test_several_are_named_and_nothing_without_a_token(app: Flask) -> None:
    http = app.test_client()
    told = http.get("/api/v1/items?limt=5&aftr=2&limit=1", headers=bearer(app, "ada")).get_json()
    assert set(told["errors"]) == {"limt", "aftr"}
    assert http.get("/api/v1/items?limt=5").status_code == 401
    long = http.get(f"/api/v1/items?{'z' * 3000}=1", headers=bearer(app, "ada"))
    assert (long.status_code, len(long.data) < 500) == (422, True)
