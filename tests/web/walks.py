"""A walk over all that the demo's pages lead to: pages, papers, lists and files."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from html import unescape
from typing import Final

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

#: So many addresses of each kind of page and file are walked.
_MOST: Final = 2
_LINK: Final = re.compile(r'href="(/[^"]*)"')
_PASSWORD: Final = re.compile(r"[a-z]+(-[a-z]+){3}")


def password_of(said: str) -> str:
    """Return the password that `depot demo` printed."""
    found = _PASSWORD.search(said.rpartition(":")[2])
    assert found, said
    return found[0]


def walk(app: Flask, client: FlaskClient, most: int = _MOST) -> Iterator[tuple[str, TestResponse]]:
    """Yield the answers at all addresses that pages lead to, so many of each kind."""
    adapter, seen = app.url_map.bind("localhost"), {"/"}
    taken: Counter[tuple[str, str]] = Counter()
    waiting = deque(seen)
    while waiting:
        path = waiting.popleft()
        try:
            endpoint, named = adapter.match(path.partition("?")[0])
        except HTTPException:
            continue  # an address without its last slash
        kind = (endpoint, f"{named.get('ending')}{named.get('kind')}{named.get('act')}")
        if endpoint in {"static", "account.sign_out", "api_docs.show"} or taken[kind] >= most:
            continue
        taken[kind] += 1
        answer = client.get(path)
        assert answer.status_code < 400, path
        if answer.status_code == 200:
            yield path, answer
        if answer.mimetype == "text/html":
            links = {unescape(link).partition("#")[0] for link in _LINK.findall(answer.text)}
            waiting += sorted(links - seen)
            seen |= links
        answer.close()  # a file that nobody read
