"""Answers on their way: words are packed, what may be kept is marked, tokens are masked."""

from __future__ import annotations

import gzip
import re

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from blueprints.frame.edge.form_tokens import masked, unmasked
from tests.clients import Client

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
PACKING = {"Accept-Encoding": "gzip, deflate, br"}


def get(app: Flask, path: str, **headers: str) -> TestResponse:
    return app.test_client().get(path, headers=headers, buffered=True)


def test_a_page_goes_out_packed_to_who_takes_it(app: Flask) -> None:
    ben = Client.signed_in(app, "ben")
    plain, packed = ben.raw("/stock/"), ben.raw("/stock/", headers=PACKING)
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert int(packed.headers["Content-Length"]) == len(packed.data)
    assert len(packed.data) < len(plain.data) / 2
    assert b"<h1>" in gzip.decompress(packed.data)
    for answer in (plain, packed):
        assert {"Cookie", "Accept-Encoding"} <= set(re.split(", *", answer.headers["Vary"]))


@pytest.mark.parametrize(
    "path",
    [
        "/static/look.css",
        "/static/app.js",
        "/api/v1/openapi.json",
        "/api/v1/depot_client.py",
        "/sw.js",
    ],
)
def test_styles_scripts_and_descriptions_go_out_packed(app: Flask, path: str) -> None:
    plain, packed = get(app, path), get(app, path, **PACKING)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert "Accept-Encoding" in packed.headers["Vary"]


@pytest.mark.parametrize("wish", ["", "identity", "gzip;q=0", "br"])
def test_who_does_not_take_it_gets_it_plain(app: Flask, wish: str) -> None:
    assert (
        "Content-Encoding" not in get(app, "/static/look.css", **{"Accept-Encoding": wish}).headers
    )


def test_pictures_and_short_answers_are_left_as_they_are(app: Flask) -> None:
    for path in ("/icons/icon-192.png", "/healthz"):
        assert "Content-Encoding" not in get(app, path, **PACKING).headers


def test_a_list_as_a_file_goes_out_packed_as_it_is_made(app: Flask) -> None:
    ben = Client.signed_in(app, "ben")
    plain = ben.raw("/stock/stock.csv")
    packed = ben.raw("/stock/stock.csv", headers=PACKING)
    assert plain.status_code == 200
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["Content-Disposition"] == plain.headers["Content-Disposition"]


@pytest.mark.parametrize(
    "path",
    [
        "/static/look.css",
        "/api/v1/openapi.json",
        "/api/v1/depot_client.py",
        "/sw.js",
        "/manifest.webmanifest",
        "/icons/icon-192.png",
    ],
)
def test_what_may_be_kept_is_asked_for_again_by_its_mark(app: Flask, path: str) -> None:
    for headers in ({}, PACKING):
        first = get(app, path, **headers)
        mark = first.headers["ETag"]
        again = get(app, path, **headers, **{"If-None-Match": mark})
        assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
        assert get(app, path, **headers, **{"If-None-Match": '"other"'}).status_code == 200


def test_no_two_pages_have_the_same_token_and_each_counts(app: Flask) -> None:
    client = app.test_client()
    pages = [client.get("/sign-in").get_data(as_text=True) for _ in range(2)]
    tokens = [_TOKEN.findall(page)[0] for page in pages]
    halves = [token[: len(token) // 2] for token in tokens]
    assert halves[0] != halves[1]
    assert unmasked(tokens[0]).partition(".")[0] == unmasked(tokens[1]).partition(".")[0]
    for token in (*tokens, unmasked(tokens[0])):
        data = {"csrf_token": token, "login": "nobody", "password": "nothing at all"}
        assert client.post("/sign-in", data=data).status_code != 400


@pytest.mark.parametrize(
    "token", ["~", "~a", "~====", "~\u00e9\u00e9", "~AAAA", "~" + "A" * 400, "x"]
)
def test_what_is_no_token_is_refused_and_breaks_nothing(app: Flask, token: str) -> None:
    data = {"csrf_token": token, "login": "ada", "password": "nothing at all"}
    client = app.test_client()
    client.get("/sign-in")
    assert client.post("/sign-in", data=data).status_code == 400


def test_a_mask_comes_off_again() -> None:
    assert unmasked(masked("ImFiYyI.aB-_.c")) == "ImFiYyI.aB-_.c"
