"""The committed description of the API is the one the schemas make."""

from __future__ import annotations

import pytest
from flask import Flask

from blueprints.frame.description.names import operation_name
from depot.cli.serve import describe_api, write_client
from tests.described import described, operations
from tests.guards.sources import ROOT


def test_the_committed_description_is_in_step(app: Flask) -> None:
    committed = (ROOT / "docs" / "openapi.json").read_text()
    assert committed == describe_api(app), "run `make openapi` and commit docs/openapi.json"


def test_the_committed_client_is_in_step_and_is_what_is_served(app: Flask) -> None:
    committed = (ROOT / "docs" / "depot_client.py").read_text("utf-8")
    assert committed == write_client(app), "run `make openapi` and commit docs/depot_client.py"
    served = app.test_client().get("/api/v1/depot_client.py")
    assert served.get_data(as_text=True) == committed
    assert "filename=depot_client.py" in served.headers["Content-Disposition"]


def test_every_operation_has_a_name_of_its_own_from_its_address(app: Flask) -> None:
    names = {str(one): one.said["operationId"] for one in operations(described(app))}
    assert len(set(names.values())) == len(names)
    assert all(name.isidentifier() for name in names.values())


@pytest.mark.parametrize(
    ("method", "path", "name"),
    [
        ("get", "/api/v1/items", "get_items"),
        ("GET", "/api/v1/items/{item_id}", "get_item"),
        ("get", "/api/v1/entries/{entry_id}", "get_entry"),
        ("post", "/api/v1/crates/move", "post_crates_move"),
        ("post", "/api/v1/crates/{code}/take-out", "post_crate_take_out"),
        ("post", "/api/v1/count-sheets/{sheet_id}/call-off", "post_count_sheet_call_off"),
        ("post", "/api/v1/series/{series_id}/end", "post_series_end"),
        ("post", "/api/v1/agenda/{agenda_item_id}/minute", "post_agenda_item_minute"),
        ("get", "/api/v1/reports/filed", "get_reports_filed"),
        ("get", "/api/v1/reports/filed/{number}", "get_reports_filed_number"),
        ("put", "/api/v1/needs/category/{category_id}", "put_needs_category"),
        ("post", "/api/v1/activities/{task}/steps/{step}", "post_activity_step"),
    ],
)
def test_the_name_of_an_operation_is_its_method_and_its_words(
    method: str, path: str, name: str
) -> None:
    assert operation_name(method, path) == name


def test_every_operation_says_what_it_does(app: Flask) -> None:
    paths = app.test_client().get("/api/v1/openapi.json").get_json()["paths"]
    silent = [
        f"{method} {path}"
        for path, methods in paths.items()
        for method, spec in methods.items()
        if method != "parameters" and not spec.get("summary")
    ]
    assert not silent
