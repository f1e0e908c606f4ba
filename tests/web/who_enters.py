"""Every kind of person, device and program at every door: one world, and nothing that stays.

What each address is answered is told from the status alone: whether one is let in, sent to sign in,
refused, or finds nothing there. Bodies are right, so that rights are asked as far down as they
are; what would be saved is stopped at the moment of saving.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import pytest
from flask import Flask, templating
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from blueprints.frame import guards
from blueprints.papers import donors
from blueprints.papers import frame as paper_frame
from depot.models import ApiToken, Person
from tests.builders import find_actor, make_person, make_token, receive
from tests.clients import Client
from tests.current import db
from tests.web.api_bodies import bodies
from tests.web.depot_addresses import North, bearer, furnish
from tests.web.devices.test_devices import add, tap
from tests.web.frame.test_outsider import SENT
from tests.web.joining.test_joining import hang_up, join

TABLE: Final = Path(__file__).with_name("who_enters.txt")
METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE")
#: What is sent where no row says what.
ANYTHING: Final = {"name": "X", "role": "volunteer"}

IN, SIGN_IN, UNKNOWN, REFUSED, NOTHING = "in", "sign in", "unknown", "refused", "nothing"
#: People of the depot, from who may most, and a coordinator's name on the depot's own device; the
#: others are nobody here.
OF_THE_DEPOT: Final = ("coordinator", "volunteer", "helper", "own device")
NOBODY: Final = ("signed out", "ended member", "ended helper", "ended token")
PROGRAMS: Final = ("coordinator's token", "volunteer's token")
#: Coordinates the other depot, and knows every id and code of this one; so does its program.
OUTSIDERS: Final = ("other depot", "other depot's token")
KINDS: Final = (*OF_THE_DEPOT, *NOBODY, *PROGRAMS, *OUTSIDERS)


class Reached(Exception):
    """Something would be saved now: whoever asked was let in as far as one can be."""


@dataclass(frozen=True)
class Ground:
    """The furnished depot, and the headers by which each kind of person asks."""

    app: Flask
    north: North
    headers: Mapping[str, Mapping[str, str]]

    def ask(self, rule: Rule, method: str, kind: str) -> str:
        """Return what somebody of that kind is answered at the address."""
        path = self._address(rule)
        options: dict[str, Any] = {"headers": dict(self.headers[kind])}
        if method != "GET":
            sent = {"command_id": str(uuid4())} | self._body(rule, method, path)
            options["json" if path.startswith("/api/") else "data"] = sent
        answer = self.app.test_client(use_cookies=False).open(path, method=method, **options)
        answer.close()
        if answer.headers.get("Location", "").startswith("/sign-in"):
            return SIGN_IN
        return {401: UNKNOWN, 403: REFUSED, 404: NOTHING}.get(answer.status_code, IN)

    def _address(self, rule: Rule) -> str:
        known = {name: self.north.ids.get(name, "1") for name in rule.arguments}
        known |= {name: "2026-W40" for name in ("week", "period") if name in rule.arguments}
        return North(self.north.ids | known).address(rule)

    def _body(self, rule: Rule, method: str, path: str) -> dict[str, Any]:
        told = SENT.get(rule.endpoint)
        if told is None and path.startswith("/api/"):
            told = self._of_api().get((method, path.removeprefix("/api/v1")))
        body = dict(ANYTHING if told is None else told)
        return body | ({"crate": self.north.ids["code"]} if "crate" in body else {})

    def _of_api(self) -> dict[tuple[str, str], dict[str, Any]]:
        ids = self.north.ids | {"kale": "Zzyzx kale", "other_code": self.north.ids["code"]}
        return {
            (method, re.sub(r"{(\w+)}", lambda name: str(ids.get(name[1], "")), path)): body
            for method, path, body in bodies(ids)
        }


def prepare(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Ground:
    """Furnish the north, let everybody in who ever gets in, and from then on save nothing."""
    app.register_error_handler(Reached, lambda _reached: ("", 200))
    north = furnish(app)
    ada = Client.signed_in(app, "ada")
    path = hang_up(ada)
    una, eva = Client.signed_in(app, ""), Client.signed_in(app, "")
    assert join(una, path, "Una") == join(eva, path, "Eva") == 303
    with app.app_context():
        who = find_actor("ada")
        for item in ("Rice", "Beans"):  # what bodies name
            receive(who, 9, item)
        north.ids.setdefault("tasks_api.activity", north.ids["task"])
        north.ids.setdefault("tasks_api.number", 1)
        gone = [make_person("Emil", "coordinator", who.depot).person_id, _number_of("Eva")]
        program, ended = (make_token(name, "volunteer", who) for name in ("till", "old till"))
    emil = Client.signed_in(app, "emil")
    tablet = _at_a_tablet(app, ada)
    for person_id in gone:
        ada.post(f"/people/{person_id}/end", {"command_id": str(uuid4())})
    _end_token(app, ada)
    clients = {
        "coordinator": ada,
        "volunteer": Client.signed_in(app, "ben"),
        "helper": una,
        "own device": tablet,
        "signed out": Client.signed_in(app, ""),
        "ended member": emil,
        "ended helper": eva,
        "other depot": Client.signed_in(app, "cleo"),
    }
    headers: dict[str, Mapping[str, str]] = {
        kind: {"Cookie": _cookies(client)} for kind, client in clients.items()
    }
    headers |= {
        "coordinator's token": bearer(app, "ada"),
        "volunteer's token": {"Authorization": f"Bearer {program}"},
        "ended token": {"Authorization": f"Bearer {ended}"},
        "other depot's token": bearer(app, "cleo"),
    }
    own_page = {"Sec-Fetch-Site": "same-origin"}
    _save_nothing(app, monkeypatch)
    return Ground(app, north, {kind: {**told, **own_page} for kind, told in headers.items()})


def _at_a_tablet(app: Flask, ada: Client) -> Client:
    """Return a device of the depot's own at which Ada's name was tapped."""
    path, tablet = add(ada), Client.signed_in(app, "")
    assert tablet.post(path, {"command_id": str(uuid4())}).status_code == 303
    tap(app, tablet, "Ada")
    return tablet


def _number_of(name: str) -> int:
    return db.session.scalars(select(Person.id).where(Person.name == name)).one()


def _end_token(app: Flask, ada: Client) -> None:
    with app.app_context():
        token_id = db.session.scalars(select(ApiToken.id).where(ApiToken.name == "old till")).one()
    ada.post(f"/people/tokens/{token_id}/revoke", {"command_id": str(uuid4())})


def _cookies(client: Client) -> str:
    held = client.http._cookies or {}  # the client's own jar, which no method reads whole
    return "; ".join(f"{one.key}={one.value}" for one in held.values())


def _save_nothing(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_session: Session) -> None:
        raise Reached()

    app.config["WTF_CSRF_ENABLED"] = False
    monkeypatch.setattr(Session, "commit", stop)
    monkeypatch.setattr(guards, "note_seen", lambda *_seen: None)
    # what a page looks like says nothing of who may open it, and takes the longest
    monkeypatch.setattr(templating, "_render", lambda *_page: "")
    monkeypatch.setattr(app.jinja_env, "get_or_select_template", lambda _name: None)
    monkeypatch.setattr(paper_frame, "paper_as_pdf", lambda _paper: b"")
    monkeypatch.setattr(donors, "papers_as_pdf", lambda _papers: b"")


def rows() -> dict[str, str]:
    """Return who may enter, by endpoint, as the table says."""
    lines = (line.split("#")[0].split() for line in TABLE.read_text().splitlines())
    return {words[0]: " ".join(words[1:]) for words in lines if words}


def doors(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Yield every address and method that there is."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda one: (one.endpoint, one.rule)):
        for method in METHODS:
            if method in (rule.methods or ()):
                yield rule, method
