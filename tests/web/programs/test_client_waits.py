"""How the client for programs waits, repeats and gives up: beside a server that plays its part."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from tests.made_client import depot_client

BUSY = {"code": "busy", "message": "Too much is going on.", "errors": {}}


@dataclass
class Played:
    """An answer that the server gives; None instead of one hangs up."""

    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Stage:
    """What the server is to answer, in order, and what it was asked."""

    url: str
    answers: list[Played | None]
    asked: list[tuple[str, str, Any]] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)

    def client(self, **more: Any) -> depot_client.Depot:
        """Return a client that notes for how long it would sleep."""
        return depot_client.Depot(self.url, "token", sleep=self.slept.append, **more)


@contextmanager
def stage(*answers: Played | None) -> Iterator[Stage]:
    """Serve the answers, one a request, on a port of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Player)
    played = Stage(f"http://127.0.0.1:{server.server_port}", list(answers))
    server.stage = played  # type: ignore[attr-defined]  # the handler finds it there
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield played
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Player(BaseHTTPRequestHandler):
    def _play(self) -> None:
        played: Stage = self.server.stage  # type: ignore[attr-defined]
        sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        played.asked.append((self.command, self.path, json.loads(sent) if sent else None))
        played.tokens.append(self.headers["Authorization"])
        answer = played.answers.pop(0)
        if answer is None:
            return
        raw = answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body).encode()
        self.send_response(answer.status)
        for name, text in {"Content-Length": str(len(raw)), **answer.headers}.items():
            self.send_header(name, text)
        self.end_headers()
        self.wfile.write(raw)

    do_GET = do_POST = do_PUT = do_PATCH = _play

    def log_message(self, *_args: object) -> None:
        """Say nothing on the terminal."""


def test_a_lost_answer_is_asked_for_again_with_the_same_command_id() -> None:
    with stage(None, None, Played(200, {"codes": ["C-1"]})) as played:
        assert played.client().post_crates({"count": 1}) == {"codes": ["C-1"]}
    bodies = [body for _method, _path, body in played.asked]
    assert len(bodies) == 3
    assert bodies[0]["command_id"]
    assert bodies[0] == bodies[1] == bodies[2]
    assert played.slept == [0.5, 1.0]


def test_it_waits_as_long_as_it_is_told_to() -> None:
    busy = Played(503, BUSY, {"Retry-After": "7"})
    with stage(busy, Played(200, {"items": [], "next": None})) as played:
        assert list(played.client().all_items()) == []
    assert played.slept == [7.0]


def test_it_gives_up_after_its_tries_and_names_the_command() -> None:
    with stage(*[Played(503, BUSY)] * 3) as played:
        with pytest.raises(depot_client.DepotError) as told:
            played.client(tries=3).post_crates({"count": 1})
    assert (told.value.status, told.value.code) == (503, "busy")
    assert told.value.command_id == played.asked[0][2]["command_id"]
    assert len(played.asked) == 3


def test_who_never_answers_is_an_error_without_a_number() -> None:
    with stage(None, None) as played:
        with pytest.raises(depot_client.DepotError) as told:
            played.client(tries=2).get_items()
    assert (told.value.status, told.value.code) == (0, "no_answer")
    assert told.value.command_id is None


@pytest.mark.parametrize(
    "answer",
    [
        Played(409, {"code": "unconfirmed", "message": "Is that right?", "questions": [{}]}),
        Played(422, {"code": "invalid", "message": "No.", "errors": {"count": ["Too many."]}}),
        Played(500, {"code": "internal", "message": "Something went wrong.", "errors": {}}),
        Played(429, {"code": "too_many_tries", "message": "Wait."}),
        Played(429, {"code": "too_many_tries", "message": "Wait."}, {"Retry-After": "900"}),
        Played(202, {"code": "asked", "message": "Another has to agree.", "asked": {"id": 4}}),
    ],
)
def test_what_another_try_does_not_better_is_told_at_once(answer: Played) -> None:
    with stage(answer) as played:
        with pytest.raises(depot_client.DepotError) as told:
            played.client().post_crates({"count": 1})
    assert (told.value.status, told.value.code) == (answer.status, answer.body["code"])
    assert told.value.words == answer.body["message"]
    assert told.value.details == answer.body
    assert played.slept == []


def test_its_text_holds_all_that_a_log_needs() -> None:
    body = {"code": "invalid", "message": "No.", "errors": {"count": ["Too many."]}}
    with stage(Played(422, body, {"X-Request-ID": "abc"})) as played:
        with pytest.raises(depot_client.DepotError) as told:
            played.client().post_crates({"count": 1})
    assert str(told.value) == '422 invalid: No. {"count": ["Too many."]}'
    assert told.value.request_id == "abc"


def test_the_token_follows_nobody_elsewhere() -> None:
    with stage() as other:
        with stage(Played(302, b"", {"Location": other.url})) as played:
            with pytest.raises(depot_client.DepotError) as told:
                played.client().get_items()
    assert told.value.status == 302
    assert other.asked == []
    assert played.tokens == ["Bearer token"]


@pytest.mark.parametrize("status", [200, 404])
def test_a_page_instead_of_an_answer_is_no_answer_of_a_depot(status: int) -> None:
    with stage(Played(status, b"<p>Buy a ticket for this net.</p>")) as played:
        with pytest.raises(depot_client.DepotError) as told:
            played.client().get_items()
    assert told.value.status == status
    assert told.value.details == {}


def test_a_depot_has_an_address_of_the_web() -> None:
    with pytest.raises(ValueError, match="https://"):
        depot_client.Depot("file:///etc/passwd", "token")


def test_addresses_are_written_as_they_must_be() -> None:
    answers = [Played(200, {})] * 3
    with stage(*answers) as played:
        depot = played.client(language="uk")
        depot.get_crate("A/1 ä")
        depot.get_stock(without=["milk", "nuts"], by="lot")
        depot.get_search(language="es")
    assert [path for _method, path, _body in played.asked] == [
        "/api/v1/crates/A%2F1%20%C3%A4?language=uk",
        "/api/v1/stock?without=milk&without=nuts&by=lot&language=uk",
        "/api/v1/search?language=es",
    ]
