"""Nobody comes in but through a row of the table in blueprints/mounts.py."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from blueprints import mounts
from blueprints.frame import guards
from depot.app import create_app

MOUNTS = (*mounts.PAGES, *mounts.API)
#: What everybody may read: the stylesheet and the like, and the description of the API.
OPEN = {"static", "api-docs.openapi_json"}
#: Stands for any id, code, week or number in an address.
ANY = {"int": 1, "default": "1", "uuid": "4f0e8f3e-3f0c-4a53-9d5e-0d5a1f1f1f1f"}


def unmounted_endpoints(app: Flask) -> set[str]:
    """Return the endpoints of `app` whose blueprint stands in no row of the table."""
    known = {mount.blueprint.name for mount in MOUNTS}
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()} - OPEN
    return {name for name in endpoints if name.rpartition(".")[0] not in known}


def guarded_addresses(app: Flask) -> Iterator[tuple[str, str]]:
    """Yield method and address of everything that strangers must not use."""
    guard_of = {mount.blueprint.name: mount.guard for mount in MOUNTS}
    for rule in app.url_map.iter_rules():
        guard = guard_of.get(rule.endpoint.rpartition(".")[0], guards.anyone)
        if guard not in (guards.anyone, guards.link_holders):
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield method, address_of(app, rule)


def address_of(app: Flask, rule: Rule) -> str:
    """Return some address that `rule` matches."""
    for value in ANY.values():
        arguments: dict[str, Any] = dict.fromkeys(rule.arguments, value)
        with app.test_request_context():
            try:
                return app.url_for(rule.endpoint, **arguments)
            except ValueError:
                continue
    raise AssertionError(f"add a value to ANY that fits {rule.rule}")


def let_in(client: FlaskClient, method: str, address: str) -> bool:
    """Say whether somebody unknown got past the guard."""
    answer = client.open(address, method=method, json={} if "/api/" in address else None)
    sent_to_sign_in = "/sign-in" in answer.headers.get("Location", "")
    return not sent_to_sign_in and answer.status_code != HTTPStatus.UNAUTHORIZED


def test_every_address_stands_behind_a_guard(app: Flask) -> None:
    assert not unmounted_endpoints(app)


def test_a_stranger_is_let_in_nowhere(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False  # else it would refuse the POSTs before the guard does
    addresses = list(guarded_addresses(app))
    assert addresses
    client = app.test_client()
    assert not [f"{method} {path}" for method, path in addresses if let_in(client, method, path)]


def test_a_second_application_in_the_same_process_is_as_closed(app: Flask) -> None:
    second = create_app(app.config["DEPOT"])
    assert not let_in(second.test_client(), "GET", "/")


def test_the_guard_sees_an_address_outside_the_table(app: Flask) -> None:
    app.add_url_rule("/back-way", "back_way", lambda: "open")
    assert unmounted_endpoints(app) == {"back_way"}
    assert let_in(app.test_client(), "GET", "/back-way")


@pytest.mark.parametrize("name", [mount.blueprint.name for mount in MOUNTS])
def test_a_blueprint_has_a_name_of_its_own(name: str) -> None:
    assert [mount.blueprint.name for mount in MOUNTS].count(name) == 1
