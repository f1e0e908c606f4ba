"""Whatever people call a thing, no page takes it for HTML and none breaks on it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from tests.clients import Client
from tests.web import depot_addresses
from tests.web.frame.test_outsider import NAMES_NOTHING, rules

ClientFor = Callable[[str], Client]
HOSTILE = "</script><script>alert('x')</script><b title=\"'%(x)s %s {{7*7}}\u202e"


def test_no_page_takes_a_name_for_html_or_breaks_on_it(
    app: Flask, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(depot_addresses, "MARK", HOSTILE)
    monkeypatch.setattr(depot_addresses, "PLACE", f"{HOSTILE} shelf")
    north = depot_addresses.furnish(app)
    ada, headers = client_for("ada"), depot_addresses.bearer(app, "ada")
    shown = 0
    for rule in rules(app, "GET"):
        if rule.endpoint in NAMES_NOTHING:
            continue
        path = north.address(rule)
        answer = ada.raw(path, headers=headers if path.startswith("/api/") else None)
        assert answer.status_code < 500, path
        if answer.mimetype == "text/html":
            page = answer.get_data(as_text=True)
            assert "<script>alert" not in page, path
            assert '<b title="' not in page, path
            shown += "&lt;script&gt;alert" in page
    assert shown > 20  # else the names are not where the pages show them
