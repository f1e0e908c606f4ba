"""Whatever stands behind the question mark of an address, a page or a sentence is answered."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask

from tests.clients import Client
from tests.guards.sources import python_files
from tests.web.depot_addresses import bearer, furnish
from tests.web.frame.test_outsider import NAMES_NOTHING, rules

ClientFor = Callable[[str], Client]
#: How views ask for what stands behind the question mark.
_ASKED = re.compile(
    r"""(?:query_text|query_id|args\.get|args\.getlist|fields\.\w+)\(\s*["'](\w+)["']"""
)
SCRIPT = "\"><script>alert('x')</script>"
NONSENSE = ("9" * 400, "-1", "٣", f"a\x00b\r\nX-Evil: 1{SCRIPT}")


def parameters() -> list[str]:
    """Return the names that any view asks for."""
    found = {
        name for path in python_files("blueprints") for name in _ASKED.findall(path.read_text())
    }
    return sorted(found | {"scan", "after", "limit", "as_of", "week"})


@pytest.mark.parametrize("nonsense", NONSENSE, ids=["large", "negative", "Arabic", "hostile"])
def test_nonsense_behind_the_question_mark_is_answered(
    app: Flask, client_for: ClientFor, nonsense: str
) -> None:
    north, headers = furnish(app), bearer(app, "ada")
    ada = client_for("ada")
    asked = dict.fromkeys(parameters(), nonsense)
    assert {"again", "after", "to", "state"} < set(asked)
    for rule in rules(app, "GET"):
        if rule.endpoint in NAMES_NOTHING:
            continue
        path = north.address(rule)
        own = headers if path.startswith("/api/") else None
        answer = ada.raw(path, query_string=asked, headers=own)
        assert answer.status_code < 500, path
        assert "X-Evil" not in answer.headers, path
        if answer.mimetype == "text/html":
            assert "<script>alert" not in answer.get_data(as_text=True), path
