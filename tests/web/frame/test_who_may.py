"""Each address against each kind of person: in or out, as tests/web/who_may.txt says, row by row.

The rows are made from the program's own table of addresses by nobody: who adds an address decides
whom it is for, and writes it down there. What each may do with a thing is the commands' business.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import uuid4

import pytest
from flask import Flask, request, session
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule

from blueprints.frame.guards import SessionEnded, Unauthenticated
from depot.base.clock import utc_now
from depot.base.errors import Forbidden
from depot.devices.commands.making import AddDevice, add_device, set_up_device, setup_secret
from depot.devices.commands.tapping import JoinOnDevice, join_on_device, tap_name
from depot.devices.hands import find_device
from depot.people.commands.access import EndAccess, RevokeToken, end_access, revoke_token
from depot.people.commands.sessions import start_session
from depot.people.devices import Device
from depot.people.queries import api_tokens
from depot.people.sessions import SessionStart
from tests.builders import SECRET_KEY, find_actor, make_person, make_token
from tests.current import db

ROWS: Final = Path(__file__).parents[1] / "who_may.txt"
_PEOPLE: Final = ("device", "helper", "volunteer", "coordinator")
KINDS: Final = ("nobody", "ended", "over", "program", "ended program", "other", *_PEOPLE)
#: Whom each word of a row lets in; everybody else is kept out. All are of one depot but `other`,
#: who coordinates another: what is not hers she does not find (test_outsider).
MAY: Final[dict[str, frozenset[str]]] = {
    "anybody": frozenset(
        {"nobody", "ended", "over", "program", "ended program", "other", *_PEOPLE}
    ),
    "signed_in": frozenset({"other", *_PEOPLE}),
    "own_hands": frozenset({"other", *_PEOPLE[1:]}),
    "members": frozenset({"other", *_PEOPLE[2:]}),
    "coordinators": frozenset({"other", "coordinator"}),
    "programs": frozenset({"program"}),
}
#: Open blueprints, of which these views ask by themselves.
INNER: Final = {"account.mine", "account.change_password", "account.switch"}


def rows() -> dict[str, str]:
    """Return whom each address is for."""
    return dict(line.split() for line in ROWS.read_text().splitlines() if line.strip())


@pytest.fixture
def keys(app: Flask) -> dict[str, tuple[str, int]]:
    """Whoever there is: the key of a session or a token, and the depot it is used in."""
    with app.app_context():
        ada, ben, cleo = (find_actor(name) for name in ("ada", "ben", "cleo"))
        gone = make_person("Gus", "volunteer", ada.depot)
        north = ada.depot_id

        def begun(person_id: int | None, depot_id: int, **more: datetime) -> tuple[str, int]:
            start = SessionStart(person_id or 0, depot_id, "?", **more)  # type: ignore[arg-type]  # by field name
            return start_session(start, Device()), depot_id

        command = AddDevice(command_id=uuid4(), name="Tablet")
        add_device(command, ada, SECRET_KEY)
        tablet = find_device(
            db.session(), set_up_device(setup_secret(SECRET_KEY, north, command.command_id))
        )
        assert tablet is not None
        mo = join_on_device(JoinOnDevice(command_id=uuid4(), name="Mo"), tablet)
        tapped = tap_name(tablet, ada.person_id or 0)
        ended = begun(gone.person_id, north)
        end_access(EndAccess(command_id=uuid4(), person_id=gone.person_id or 0), ada)
        tokens = {name: make_token(name, "coordinator", ada) for name in ("till", "old till")}
        old = next(row.id for row in api_tokens(db.session(), north) if row.name == "old till")
        revoke_token(RevokeToken(command_id=uuid4(), token_id=old), ada)
        return {
            "nobody": ("", north),
            "ended": ended,
            "over": begun(mo.person_id, north, ends_at=utc_now() - timedelta(minutes=1)),
            "other": begun(cleo.person_id, cleo.depot_id),
            "device": (start_session(tapped, Device()), north),
            "helper": begun(mo.person_id, north),
            "volunteer": begun(ben.person_id, north),
            "coordinator": begun(ada.person_id, north),
            "program": (tokens["till"], north),
            "ended program": (tokens["old till"], north),
        }


def is_let_in(app: Flask, rule: Rule, kind: str, key: tuple[str, int]) -> bool:
    """Ask what stands before the view of an address, as the application has it."""
    (guard,) = (one for one in app.before_request_funcs[None] if one.__name__ == "_guard")
    method = method_of(rule)
    json = {"content_type": "application/json"} if method == "POST" else {}
    bearer = {"Authorization": f"Bearer {key[0]}"} if "program" in kind else {}
    with app.test_request_context("/", method=method, headers=bearer, **json):
        request.url_rule = rule
        if not bearer:
            session["_user_id"], session["depot"] = key
        try:
            return guard() is None
        except (Forbidden, SessionEnded, Unauthenticated, HTTPException):
            return False


def method_of(rule: Rule) -> str:
    return "GET" if "GET" in (rule.methods or ()) else "POST"


def test_every_address_has_a_row_and_every_row_an_address(app: Flask) -> None:
    known = {rule.endpoint for rule in app.url_map.iter_rules()}
    said = rows()
    assert sorted(known - set(said)) == [], f"say in {ROWS.name} whom each is for"
    assert sorted(set(said) - known) == []
    assert set(said.values()) <= set(MAY)


def test_each_lets_in_whom_its_row_names(app: Flask, keys: dict[str, tuple[str, int]]) -> None:
    said, seen, wrong = rows(), dict[tuple[str, str, str], bool](), []
    for rule in app.url_map.iter_rules():
        method = method_of(rule)
        for kind in KINDS:
            asked = (rule.endpoint.rpartition(".")[0], method, kind)
            if asked not in seen:  # who stands at a door asks the same at each of its addresses
                seen[asked] = is_let_in(app, rule, kind, keys[kind])
            expected = rule.endpoint in INNER or kind in MAY[said[rule.endpoint]]
            if seen[asked] != expected:
                wrong.append(f"{method} {rule.endpoint} {said[rule.endpoint]}: {kind}")
    assert wrong == []


def test_the_open_slice_asks_by_itself_where_it_is_about_oneself(
    app: Flask, keys: dict[str, tuple[str, int]]
) -> None:
    assert {rows()[endpoint] for endpoint in INNER} == {"own_hands"}
    for kind in set(KINDS) - {"program", "ended program"}:
        client = app.test_client()
        with client.session_transaction() as held:
            held["_user_id"], held["depot"] = keys[kind]
        status = client.get("/account").status_code
        expected = 200 if kind in MAY["own_hands"] else 403 if kind == "device" else 302
        assert status == expected, kind


def test_who_is_kept_out_is_seen(app: Flask, keys: dict[str, tuple[str, int]]) -> None:
    found = {rule.endpoint: rule for rule in app.url_map.iter_rules()}
    for endpoint, out, in_ in (
        ("people.index", "volunteer", "coordinator"),
        ("own.devices", "device", "helper"),
        ("joining.index", "helper", "volunteer"),
        ("stock_api.list_stock", "ended program", "program"),
    ):
        assert not is_let_in(app, found[endpoint], out, keys[out])
        assert is_let_in(app, found[endpoint], in_, keys[in_])
