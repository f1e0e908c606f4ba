"""The guides inside the program: each page leads to its own, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

import pytest
from flask import Flask

from blueprints.frame.guides import addresses
from blueprints.frame.guides.how import HOW, guide_of
from blueprints.guides import pages
from depot.guides import shelf
from tests.clients import Client

ClientFor = Callable[[str], Client]


@pytest.fixture
def spanish_scan(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One guide is there in Spanish, and the program has the rest in English."""
    (tmp_path / "es").mkdir()
    (tmp_path / "es" / "scan.md").write_text("# Escanear\n\nApunta la cámara.\n")
    for path in shelf.folder().glob("*.md"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(shelf, "folder", lambda: tmp_path)
    for kept in (shelf.read_guide, pages._written):
        kept.cache_clear()
    monkeypatch.setattr(pages, "_written", pages._written.__wrapped__)


def test_every_page_of_the_table_of_addresses_has_a_guide(app: Flask) -> None:
    asked = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.rule.startswith("/api/")
    }
    assert {name for name in asked if guide_of(name) is None} == {
        "bundles.show",
        "static",
        "sync.known",
    }
    assert {name for name in HOW if "." in name} <= asked
    assert {name for name in HOW if "." not in name} <= {
        rule.endpoint.rpartition(".")[0] for rule in app.url_map.iter_rules()
    }


def test_how_on_a_page_opens_its_guide_and_a_refused_form_keeps_it(client_for: ClientFor) -> None:
    ada = client_for("ada")
    for path, guide in (
        ("/", "/guides/today"),
        ("/settings/", "/guides/settings"),
        ("/stock/first", "/guides/stock"),
        ("/scan/roll-call", "/guides/roll-call"),
        ("/hand-outs/ages", "/guides/visits#ages"),
    ):
        page = ada.get(path)
        assert re.search(r'class="how-to"><a href="([^"]+)"', page)[1] == guide  # type: ignore[index]
    refused = ada.post("/settings/", {"name": ""})
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'href="/guides/settings"' in refused.text


def test_every_guide_opens_for_everybody_and_shows_what_was_written(client_for: ClientFor) -> None:
    nobody, ben = client_for(""), client_for("ben")
    listed = re.findall(r'href="/guides/([a-z-]+)"', nobody.get("/guides/"))
    assert set(listed) == shelf.names()
    for name in listed:
        page = ben.get(f"/guides/{name}")
        assert shelf.read_guide(name).title in page
        assert "Nobody has written this guide" not in page
        for linked in re.findall(r'href="/guides/([a-z-]+)', page):
            assert linked in shelf.names()
    assert "Sign in" not in nobody.get("/guides/scan").partition("<article")[0]


def test_a_guide_that_is_not_there_is_not_found(client_for: ClientFor) -> None:
    for name in ("nothing", "README", "..%2fglossary", "es"):
        assert client_for("").raw(f"/guides/{name}").status_code == HTTPStatus.NOT_FOUND
    assert client_for("").raw("/guides/pictures/nothing.png").status_code == HTTPStatus.NOT_FOUND


@pytest.mark.usefixtures("spanish_scan")
def test_a_guide_is_in_the_readers_language_else_in_english_and_says_so(app: Flask) -> None:
    assert shelf.read_guide("scan", "es-MX").title == "Escanear"
    assert shelf.read_guide("scan", "de").language == "en"
    assert shelf.read_guide("crates", "es").language == "en"
    with pytest.raises(KeyError):
        shelf.read_guide("../glossary", "es")
    with app.test_request_context("/"):
        assert pages._written("scan", "es").html == "<p>Apunta la cámara.</p>\n"


def test_a_picture_is_kept_for_good_under_what_is_in_it(app: Flask) -> None:
    shown = [name for name in sorted(shelf.names()) if shelf.find_picture(name)]
    assert len(shown) >= 10
    with app.test_request_context("/"):
        address = addresses.picture_url(shown[0])
        assert addresses.picture_url("nothing") is None
    assert address
    answer = app.test_client().get(address, buffered=True)
    assert answer.mimetype == "image/png"
    assert "immutable" in answer.headers["Cache-Control"]
