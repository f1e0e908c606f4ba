"""A client that checks every page it gets: title, h1, unique ids, labels, CSRF, no inline code."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.builders import PASSWORD

_CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')


class Page(HTMLParser):
    """What a page must be, gathered while reading it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        #: The fields to which what is wrong leads.
        self.led_to: list[str] = []
        self.labelled: set[str] = set()
        self.fields: list[dict[str, str | None]] = []
        self.problems: list[str] = []
        self.title = self.h1 = ""
        self.headings = 0
        self.post_forms = self.csrf_fields = 0
        self._inside = ""
        self._label_depth = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if str(found.get("href") or "").startswith("#f"):
            self.led_to.append(str(found["href"])[1:])
        self._note_inline(tag, found)
        self._note_form(tag, found)
        self._note_label(tag, found)
        if tag == "img" and "alt" not in found:
            self.problems.append("an image without alt")
        if tag == "h1" or (tag == "title" and not self.title):
            self.headings += tag == "h1"
            self._inside = tag

    def _note_inline(self, tag: str, found: dict[str, str | None]) -> None:
        for name in found:
            if name == "style" or name.startswith("on"):
                self.problems.append(f"inline {name} on <{tag}>")
        if tag == "style" or (tag == "script" and not found.get("src")):
            self.problems.append(f"inline {tag}")

    def _note_form(self, tag: str, found: dict[str, str | None]) -> None:
        if tag == "form" and str(found.get("method", "get")).lower() == "post":
            self.post_forms += 1
            if not found.get("action"):
                self.problems.append("a POST form without action")
        self.csrf_fields += tag == "input" and found.get("name") == "csrf_token"

    def _note_label(self, tag: str, found: dict[str, str | None]) -> None:
        if tag == "label":
            self._label_depth += 1
            self.labelled.add(str(found.get("for", "")))
        asks = tag in ("input", "select", "textarea") and found.get("type") != "hidden"
        if asks and not self._label_depth and not found.get("aria-label"):
            self.fields.append(found)

    def handle_endtag(self, tag: str) -> None:
        if tag == "label":
            self._label_depth -= 1
        if tag == self._inside:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "title":
            self.title += data
        if self._inside == "h1":
            self.h1 += data

    def check(self) -> list[str]:
        """Return everything that is wrong with the page."""
        found = list(self.problems)
        twice = {name for name in self.ids if self.ids.count(name) > 1}
        if twice:
            found.append(f"ids used twice: {sorted(twice)}")
        if lost := set(self.led_to) - set(self.ids):
            found.append(f"what is wrong leads to no field: {sorted(lost)}")
        if self.headings != 1:
            found.append(f"{self.headings} h1")
        title, heading = " ".join(self.title.split()), " ".join(self.h1.split())
        if not title.startswith(heading):
            found.append(f"title {title!r} does not start with the h1 {heading!r}")
        if self.csrf_fields < self.post_forms:
            found.append("a POST form without CSRF token")
        for field in self.fields:
            if str(field.get("id", "")) not in self.labelled:
                found.append(f"a field without label: {field.get('name')}")
        return found


class Client:
    """A person's browser, in tests: follows forms' rules and checks every page."""

    def __init__(self, http: FlaskClient) -> None:
        self.http = http

    @classmethod
    def signed_in(cls, app: Flask, login: str) -> Client:
        """Return a client; with a login it has gone through the sign-in page."""
        client = cls(app.test_client())
        if login:
            answer = client.post("/sign-in", {"login": login, "password": PASSWORD})
            assert answer.status_code == 303, answer.get_data(as_text=True)
        return client

    def get(self, path: str, status: int = 200, follow: bool = False) -> str:
        """GET a page, check status and page, return its HTML."""
        answer = self.http.get(path, follow_redirects=follow)
        assert answer.status_code == status, (path, answer.status_code, answer.headers)
        return self._checked(answer, path)

    def raw(self, path: str, **options: Any) -> TestResponse:
        """GET anything, unchecked."""
        return self.http.get(path, **options)

    def post(self, path: str, data: dict[str, Any], **options: Any) -> TestResponse:
        """POST a form with a fresh CSRF token, as a browser does after reading a page."""
        answer = self.http.post(path, data=data | {"csrf_token": self.csrf()}, **options)
        if answer.status_code not in (301, 302, 303) and answer.mimetype == "text/html":
            self._checked(answer, path)
        return answer

    def csrf(self) -> str:
        """Return a CSRF token of this session, taken from a page."""
        for path in ("/account", "/sign-in", "/who"):
            found = _CSRF.search(self.http.get(path).get_data(as_text=True))
            if found:
                return found[1]
        raise AssertionError("no page shows a form with a CSRF token")

    @staticmethod
    def _checked(answer: TestResponse, path: str) -> str:
        html = answer.get_data(as_text=True)
        if answer.mimetype == "text/html" and html:
            wrong = Page(html).check()
            assert not wrong, (path, wrong)
            policy = answer.headers.get("Content-Security-Policy", "")
            assert "unsafe-inline" not in policy
            assert "default-src 'self'" in policy
        return html
