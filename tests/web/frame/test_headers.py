"""What every answer tells the browser, whatever it answers: a walk over all there is to get."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.clients import Client
from tests.web.depot_addresses import North, furnish
from tests.web.frame.test_outsider import NAMES_NOTHING, rules

ClientFor = Callable[[str], Client]
#: Where the decoder of codes runs, which is WebAssembly.
WITH_WASM = {"scanner.scan"}
#: A photo of goods, whose address names what is in it: the browser of who may see it keeps it.
KEPT_BY_ONE = {"items.picture", "items.thumb"}
#: What may be kept on the way: files with their digest in the name, and what is for everybody.
KEPT = {"static", "bundles.show", "shell.icon_png", "guides.picture", "needs_public"}
#: Else inline scripts, plug-ins, frames of other sites, moved bases, forms sent elsewhere.
NEEDED = (
    *("default-src 'self'", "object-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"),
    "form-action 'self'",
)


@pytest.fixture
def north(app: Flask) -> North:
    """The north, with one of everything in it."""
    return furnish(app)


def got(app: Flask, client: Client, north: North) -> Iterator[tuple[Rule, TestResponse]]:
    """Yield each address that can be got, and what is answered there."""
    for rule in rules(app, "GET"):
        if rule.endpoint not in NAMES_NOTHING:
            yield rule, client.raw(north.address(rule))
    yield from ((rule, client.raw("/no/such/page")) for rule in rules(app, "GET")[:1])


@pytest.mark.parametrize("login", ["ada", ""])
def test_every_answer_forbids_what_no_page_needs_and_lets_nothing_be_kept(
    app: Flask, client_for: ClientFor, north: North, login: str
) -> None:
    for rule, answer in got(app, client_for(login), north):
        assert not list(lax(rule, answer)), rule


def lax(rule: Rule, answer: TestResponse) -> Iterator[str]:
    """Yield what an answer allows that it need not."""
    said, policy = answer.headers, answer.headers["Content-Security-Policy"]
    for needed in NEEDED:
        if needed not in policy:
            yield f"without {needed}"
    if "unsafe-inline" in policy or "'unsafe-eval'" in policy:
        yield policy
    if "wasm" in policy and rule.endpoint not in WITH_WASM:
        yield "WebAssembly where there is none"
    if said["X-Content-Type-Options"] != "nosniff":
        yield "guessing of types"
    if said["Referrer-Policy"] not in ("same-origin", "no-referrer"):
        yield "telling other sites where one was"
    if said["Cross-Origin-Opener-Policy"] != "same-origin":
        yield "a hold of the page for other sites"
    yield from kept(rule, answer)


def kept(rule: Rule, answer: TestResponse) -> Iterator[str]:
    """Yield how an answer may be kept by the browser or on the way, if it is a depot's."""
    said = answer.headers["Cache-Control"]
    is_page = answer.mimetype == "text/html"
    if {rule.endpoint, rule.endpoint.partition(".")[0]} & KEPT:
        return
    if rule.endpoint in KEPT_BY_ONE and answer.status_code == 200:
        yield from () if "private" in said else (f"Cache-Control: {said}",)
    elif "public" in said or not ("no-store" in said or ("no-cache" in said and not is_page)):
        yield f"Cache-Control: {said}"
    if is_page and "<style" in answer.get_data(as_text=True):
        if not answer.headers.get("Content-Disposition", "").startswith("attachment"):
            yield "styles of its own, which are for files that are handed over"
