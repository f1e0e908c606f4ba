"""The committed description of the API is the one the schemas make."""

from __future__ import annotations

from flask import Flask

from depot.cli.serve import describe_api
from tests.guards.sources import ROOT


def test_the_committed_description_is_in_step(app: Flask) -> None:
    committed = (ROOT / "docs" / "openapi.json").read_text()
    assert committed == describe_api(app), "run `make openapi` and commit docs/openapi.json"


def test_every_operation_says_what_it_does(app: Flask) -> None:
    paths = app.test_client().get("/api/v1/openapi.json").get_json()["paths"]
    silent = [
        f"{method} {path}"
        for path, methods in paths.items()
        for method, spec in methods.items()
        if method != "parameters" and not spec.get("summary")
    ]
    assert not silent
