"""What the API says of itself is so: statuses, repeats, methods, bounds and words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from depot.app import create_app
from depot.base.clock import utc_now
from depot.counts.commands.sheets import StartCountSheet, start_count_sheet
from depot.crates.commands.blank_crates import CreateCrates, create_crates
from depot.distribution.commands.events import PlanEvent, plan_event
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.receipt_lines import ReceiptLine
from depot.models import Location
from tests.builders import NOW, find_actor, make_token
from tests.current import db
from tests.described import (
    Choose,
    Operation,
    body_of,
    described,
    described_path,
    largest,
    operations,
    smallest,
    stands_at,
    too_large,
    too_small,
    watch_answers,
)
from tests.guards.test_routes import address_of
from tests.web.api_bodies import bodies
from tests.web.depot_addresses import MARK, North, bearer, furnish

API = "/api/v1"
METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}
#: What is taken, and not beside a field that says the same in another way.
BESIDE_ANOTHER = {("lines", "0", "location"), ("inputs", "0", "location")} | {
    ("outputs", "0", "location")
}
#: Stands for what an address names, where nothing there is asked.
ANY = {"code": "AAAA-AAAA", "week": "2026-W40", "key": "none"}


@pytest.fixture
def north(app: Flask) -> North:
    """The north with one of everything, and a little more to hand out."""
    with app.app_context():
        ada = find_actor("ada")
        fresh = ReceiptLine(item="Fresh", quantity=9)
        old = ReceiveGoods(command_id=uuid4(), source_kind="donation", lines=(fresh,))
        of_days_ago = receive_goods(old, ada, lambda: utc_now() - timedelta(days=3)).entry_id
    north = furnish(app)
    with app.app_context():
        plans = [
            plan_event(PlanEvent(command_id=uuid4(), name=name, starts_at=NOW), ada).answer.id
            for name in ("Fete", "Bazaar")
        ]
        other = create_crates(CreateCrates(command_id=uuid4(), count=1), ada).answer.codes[0]
        arrivals = db.session.query(Location.id).filter_by(name="Arrivals", depot_id=ada.depot_id)
        start = StartCountSheet(command_id=uuid4(), location_id=arrivals.scalar())
        north.ids.update(
            entry_id=of_days_ago,
            kale=f"{MARK} kale",
            other_code=other,
            event_id=plans[0],
            planned_id=plans[1],
            sheet_id=north.ids["counts_api.sheet_id"],
            open_sheet_id=start_count_sheet(start, ada).answer.id,
            week="2026-W40",
        )
    return north


@pytest.fixture
def http(app: Flask) -> FlaskClient:
    """A program of the north that may all."""
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = bearer(app, "ada")["Authorization"]
    return client


def all_operations(app: Flask) -> list[Operation]:
    """Return all operations, in the order of the description."""
    return list(operations(described(app)))


def filled(path: str, ids: dict[str, Any]) -> str:
    """Return an address with things of the north in it."""
    return path.format_map(ANY | ids)


def test_every_write_answers_its_repeat_with_200_and_the_same(
    app: Flask, http: FlaskClient, north: North
) -> None:
    done = set()
    for method, path, body in bodies(north.ids):
        sent = body | {"command_id": str(uuid4())}
        address = API + filled(path, north.ids)
        first, again = (http.open(address, method=method, json=sent) for _ in range(2))
        assert (first.status_code, again.status_code) == (201, 200), (path, first.json, again.json)
        assert first.data == again.data, path
        done.add(
            f"{method} {API}{path}".replace("{open_", "{")
            .replace("{planned_", "{event_")
            .replace("{other_", "{")
        )
    assert (
        done
        == {str(one) for one in all_operations(app) if {"200", "201"} <= one.statuses}
        == {str(one) for one in all_operations(app) if one.method != "GET"} - {f"POST {API}/sync"}
    )


def test_every_refusal_of_the_frame_is_answered_as_it_is_described(
    app: Flask, http: FlaskClient, north: North
) -> None:
    stranger = app.test_client()
    for one in all_operations(app):
        address = filled(one.path, north.ids)
        got = {stranger.open(address, method=one.method, json={}).status_code}
        if one.body:
            headers = {"Content-Type": "application/json"}
            large = b" " * (1024 * 1024 + 1)
            got |= {
                http.open(address, method=one.method, **sent).status_code
                for sent in (
                    {"data": "{", "headers": headers},
                    {"data": {"a": "b"}},
                    {"json": {"surprise": 1}},
                    {"data": large, "headers": headers},
                )
            }
        elsewhere = filled(one.path, ANY | dict.fromkeys(north.ids, 4711) | ANY)
        if "{" in one.path and one.method == "GET":
            got.add(http.get(elsewhere).status_code)
        expected = {401} | ({400, 413, 415, 422} if one.body else set())
        expected |= {404} if "{" in one.path and one.method == "GET" else set()
        assert got == expected, str(one)
        assert {str(status) for status in got} <= one.statuses, str(one)


def test_who_helps_is_refused_only_where_it_is_described(app: Flask, north: North) -> None:
    with app.app_context():
        token = make_token("helper", "volunteer", find_actor("ada"))
    helper = app.test_client()
    helper.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    refused = set()
    read = (
        "/count-sheets/{sheet_id}/differences",
        "/join-links",
        "/devices",
        "/imports",
        "/discrepancies",
        "/webhooks",
    )
    asked = [*bodies(north.ids), *(("GET", path, {}) for path in read)]
    for method, path, body in asked:
        sent = body | {"command_id": str(uuid4())} if method != "GET" else None
        answer = helper.open(API + filled(path, north.ids), method=method, json=sent)
        if answer.status_code == 403:
            refused.add(f"{method} {API}{path}".replace("{open_", "{").replace("{other_", "{"))
    assert refused == {str(one) for one in all_operations(app) if "403" in one.statuses}


def rules_by_path(app: Flask) -> Iterator[str]:
    """Yield an address of each rule."""
    seen = set()
    for rule in app.url_map.iter_rules():
        if rule.rule not in seen:
            seen.add(rule.rule)
            yield address_of(app, rule)


def test_a_method_that_an_address_does_not_know_is_answered_with_those_that_it_knows(
    app: Flask,
) -> None:
    http, adapter = app.test_client(), app.url_map.bind("")
    walked = 0
    for address in rules_by_path(app):
        path = address.partition("?")[0]
        known = set(adapter.allowed_methods(path))
        for method in sorted(METHODS - known)[: None if path.startswith(API) else 1]:
            answer = http.open(path, method=method)
            assert answer.status_code == 405, (method, path)
            assert {word.strip() for word in answer.headers["Allow"].split(",")} == known, path
            walked += 1
    assert walked > 250


def test_what_is_allowed_at_an_address_is_what_is_described(app: Flask) -> None:
    found = {
        f"{method} {described_path(rule.rule)}"
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(API)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    of_itself = {f"GET {API}/{name}" for name in ("docs", "openapi.json", "depot_client.py")}
    assert {str(one) for one in all_operations(app)} == found - of_itself


def test_a_parameter_takes_what_is_described_and_nothing_beside(
    app: Flask, http: FlaskClient, north: North
) -> None:
    walked = 0
    for one in all_operations(app):
        address = filled(one.path, north.ids)
        for parameter in one.asked:
            name, leaf = parameter["name"], parameter["schema"]
            for choose in (too_small, too_large):
                if (value := choose(leaf)) is not None:
                    answer = http.get(address, query_string={name: value})
                    assert answer.status_code == 422, (str(one), name, value)
                    assert stands_at(answer.get_json()["errors"], (name,)), (str(one), name, value)
                    walked += 1
            ends = [smallest(leaf), largest(leaf)] if "minimum" in leaf else []
            for word in leaf.get("enum", ends):
                answer = http.get(address, query_string={name: word})
                errors = answer.get_json()["errors"] if answer.status_code == 422 else {}
                assert not stands_at(errors, (name,)), (str(one), name, word)
    assert walked > 40


@pytest.mark.parametrize("choose", [too_small, too_large])
def test_a_field_outside_of_its_bounds_is_refused(
    app: Flask, http: FlaskClient, north: North, choose: Choose
) -> None:
    walked = 0
    for one in all_operations(app):
        if one.body is None:
            continue
        sent, places = body_of(one, one.body, choose)
        answer = http.open(filled(one.path, north.ids), method=one.method, json=sent)
        assert answer.status_code == 422, str(one)
        missed = [where for where in places if not stands_at(answer.get_json()["errors"], where)]
        assert not missed, (str(one), answer.json)
        walked += len(places)
    assert walked > 60


@pytest.mark.parametrize("choose", [smallest, largest])
def test_a_field_at_the_end_of_its_bounds_is_taken(
    app: Flask, http: FlaskClient, north: North, choose: Choose
) -> None:
    """Without a command_id, so that nothing is done."""
    for one in all_operations(app):
        if one.body is None or "command_id" not in one.resolved(one.body)["properties"]:
            continue
        sent, places = body_of(one, one.body, choose)
        answer = http.open(filled(one.path, north.ids), method=one.method, json=sent)
        assert answer.status_code == 422, str(one)
        assert stands_at(answer.get_json()["errors"], ("command_id",))
        refused = {where for where in places if stands_at(answer.get_json()["errors"], where)}
        assert refused <= BESIDE_ANOTHER, (str(one), answer.json)


def test_a_list_holds_as_many_lines_as_is_described(
    app: Flask, http: FlaskClient, north: North
) -> None:
    walked = 0
    for one in all_operations(app):
        properties = one.resolved(one.body)["properties"] if one.body else {}
        for name, field in properties.items():
            counts = {field["maxItems"] + 1} if "maxItems" in field else set()
            counts |= {0} if field.get("minItems") else set()
            for count in counts:
                sent: dict[str, Any] = {name: [{}] * count}
                answer = http.open(filled(one.path, north.ids), method=one.method, json=sent)
                assert stands_at(answer.get_json()["errors"], (name,)), (str(one), name, count)
                walked += 1
    assert walked > 10


def test_the_watch_sees_an_answer_that_is_not_described(app: Flask) -> None:
    second, headers = create_app(app.config["DEPOT"]), bearer(app, "ada")
    seen = watch_answers(second)
    http = second.test_client()
    assert http.get(f"{API}/items", headers=headers).status_code == 200
    assert seen == []
    second.after_request_funcs[None].append(_teapot)
    http.get(f"{API}/items", headers=headers)
    assert seen == [f"GET {API}/items answered 418"]


def _teapot(response: Any) -> Any:
    response.status_code = 418
    return response
