"""What was built for the browser: served packed, kept for good, and only what was built."""

from __future__ import annotations

import gzip

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from blueprints.browser.bundles import FOLDER, bundle_import_urls, bundle_url, manifest


def fetch(app: Flask, address: str, accepts: str = "") -> TestResponse:
    return app.test_client().get(address, headers={"Accept-Encoding": accepts}, buffered=True)


@pytest.mark.parametrize(
    ("name", "mimetype"),
    [
        ("scan", "text/javascript"),
        ("decoder", "text/javascript"),
        ("reader.wasm", "application/wasm"),
    ],
)
def test_a_built_file_is_there_for_anybody_and_may_be_kept(
    app: Flask, name: str, mimetype: str
) -> None:
    answer = fetch(app, bundle_url(name))
    assert (answer.status_code, answer.mimetype) == (200, mimetype)
    assert "immutable" in answer.headers["Cache-Control"]
    assert "public" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers


def test_a_browser_gets_the_packing_it_understands(app: Flask) -> None:
    plain = fetch(app, bundle_url("reader.wasm"))
    packed = fetch(app, bundle_url("reader.wasm"), "gzip, deflate")
    best = fetch(app, bundle_url("reader.wasm"), "gzip, deflate, br")
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert best.headers["Content-Encoding"] == "br"
    assert best.mimetype == "application/wasm"
    assert len(best.data) < len(packed.data) < len(plain.data)
    assert {answer.headers["Vary"] for answer in (plain, packed, best)} == {"Accept-Encoding"}


def test_styles_and_scripts_do_not_vary_by_who_is_signed_in(app: Flask) -> None:
    assert fetch(app, "/static/look.css").headers["Vary"] == "Accept-Encoding"
    assert "Cookie" in fetch(app, "/sign-in").headers["Vary"]


def test_a_refused_packing_is_not_sent(app: Flask) -> None:
    assert "Content-Encoding" not in fetch(app, bundle_url("scan"), "br;q=0, gzip;q=0").headers


def test_only_the_decoder_may_compile_webassembly(app: Flask) -> None:
    allowed = fetch(app, bundle_url("decoder")).headers["Content-Security-Policy"]
    assert "script-src 'self' 'wasm-unsafe-eval'" in allowed
    assert "wasm" not in fetch(app, bundle_url("scan")).headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "name", ["manifest.json", "stamp", "../build.mjs", "..%2Fbuild.mjs", "scan-00000000.js"]
)
def test_nothing_but_what_was_built_is_served(app: Flask, name: str) -> None:
    assert fetch(app, f"/bundles/{name}").status_code == 404


def test_everything_named_is_there_with_both_packings() -> None:
    for name in manifest():
        files = [bundle_url(name)] if not name.endswith(" needs") else bundle_import_urls(name[:-6])
        for address in files:
            path = FOLDER / address.rpartition("/")[2]
            for ending in ("", ".br", ".gz"):
                assert path.with_name(path.name + ending).is_file()


def test_an_entry_nobody_built_is_named() -> None:
    with pytest.raises(RuntimeError, match="'nothing'"):
        bundle_url("nothing")
