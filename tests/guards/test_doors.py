"""Nobody comes in but through a door of the table in blueprints/__init__.py."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

import blueprints
from depot.app import create_app
from depot.config import Config

#: What everybody may read: the stylesheet and the like, and the description of the API.
OPEN = {"static", "api-docs.openapi_json"}


def made(folder: Path) -> Flask:
    return create_app(
        Config(
            data=folder,
            database_url=f"sqlite:///{folder / 'depot.sqlite3'}",
            base_url="http://127.0.0.1:8000",
            secret_key="not-a-secret-in-a-test",
        )
    )


def unguarded(app: Flask) -> set[str]:
    """Return the endpoints of `app` that nobody decided about."""
    guards = {door.blueprint.name: door.guard for door in (*blueprints.PAGES, *blueprints.API)}
    found = set()
    for rule in app.url_map.iter_rules():
        name = rule.endpoint.rpartition(".")[0]
        first = app.before_request_funcs.get(name, [None])[0]
        if name not in guards or first is not guards[name]:
            found.add(rule.endpoint)
    return found - OPEN


def test_every_address_has_its_guard_and_it_is_asked_first(tmp_path: Path) -> None:
    assert not unguarded(made(tmp_path))


def test_a_second_application_in_the_same_process_is_guarded_too(tmp_path: Path) -> None:
    made(tmp_path)
    assert not unguarded(made(tmp_path))


def test_the_guard_sees_an_address_outside_the_table(tmp_path: Path) -> None:
    app = made(tmp_path)
    app.add_url_rule("/back-door", "back_door", lambda: "")
    assert unguarded(app) == {"back_door"}


@pytest.mark.parametrize(
    "door", [*blueprints.PAGES, *blueprints.API], ids=lambda door: door[0].name
)
def test_a_door_has_a_name_of_its_own(door: blueprints.Door) -> None:
    names = [other.blueprint.name for other in (*blueprints.PAGES, *blueprints.API)]
    assert names.count(door.blueprint.name) == 1
