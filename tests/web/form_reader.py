"""Forms as a browser reads them from a page, and filled in as a person would."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Any, Final
from uuid import uuid4

from flask import Flask
from werkzeug.exceptions import HTTPException

from tests.clients import Client
from tests.web.walks import walk

#: What a person types where the page holds nothing yet, by what the field's name or type says.
_TYPED: Final = (
    # all that may stay empty: further rows, when it happened if not now
    (r"-[1-9]\d*-|entries\d-[1-9]|when_|counted_at|other|ipp|host|path", ""),
    (r"starts_at|expected_at|datetime", "2030-05-05T11:00"),
    (r"date|_on |said_until", "2027-11-30"),
    (r"email|address", "rosa@example.org"),
    (
        r"amount|quantity|count|gram|weight|house|adult|child|senior|minimum|number|hour|days"
        r"|position|across|down|port|learn_pack|share",
        "3",
    ),
    (r"width|height|left|top|pitch", "30"),
    (r"item", "Rice"),
    (r"crate|code", "7K3M-9QX2"),
)


@dataclass(frozen=True)
class Field:
    """One field: its name, its type, what it holds, and what may be chosen."""

    name: str
    type: str = "text"
    value: str = ""
    options: tuple[str, ...] = ()
    is_on: bool = True


@dataclass(frozen=True)
class FoundForm:
    """A form: where it goes, how, and its fields."""

    method: str
    action: str
    fields: tuple[Field, ...] = ()
    #: The view that it goes to.
    endpoint: str = ""
    is_multipart: bool = False

    def filled(self, chance: random.Random, word: str) -> dict[str, str]:
        """Return what a person sends: what stands there, and `word` where a name is asked for."""
        pairs = ((one, _filled(one, chance, word)) for one in self.fields)
        return {one.name: value for one, value in pairs if value is not None}


def _filled(one: Field, chance: random.Random, word: str) -> str | None:
    if one.name == "command_id":
        return str(uuid4())
    if one.type in ("checkbox", "radio", "submit"):
        return one.value if one.is_on or chance.random() < 0.2 else None
    if one.options:
        return one.value or chance.choice(one.options)
    if one.type in ("hidden", "file") or one.value:
        return one.value
    asked = f"{one.name} {one.type}"
    found = (typed for pattern, typed in _TYPED if re.search(pattern, asked))
    return next(found, word)


class _Reader(HTMLParser):
    """Gathers the forms of a page; a field that names its form by id belongs to that one."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[FoundForm] = []
        self.fields: list[list[Field]] = []
        self._ids: dict[str, int] = {}
        self._inside: int | None = None
        self._select: tuple[int, str] | None = None
        self._options: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        has = set(given)
        if tag == "form":
            self._begin(given)
        elif tag in ("input", "textarea", "button", "select") and given.get("name"):
            self._field(tag, given, has)
        elif tag == "option" and self._select is not None:
            self._options.append((given.get("value", ""), "selected" in has))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = None
        if tag == "select" and self._select is not None:
            (at, name), options = self._select, self._options
            chosen = next((value for value, on in options if on), options[0][0] if options else "")
            values = tuple(value for value, _on in options)
            self.fields[at].append(Field(name, "select", chosen, values))
            self._select = None

    def _begin(self, given: dict[str, str]) -> None:
        self._inside = len(self.forms)
        self._ids[given.get("id", "")] = self._inside
        many = given.get("enctype") == "multipart/form-data"
        method = given.get("method", "get").upper()
        self.forms.append(FoundForm(method, given.get("action", ""), is_multipart=many))
        self.fields.append([])

    def _field(self, tag: str, given: dict[str, str], has: set[str]) -> None:
        at = self._ids.get(given["form"]) if "form" in has else self._inside
        if at is None:
            return
        if tag == "select":
            self._select, self._options = (at, given["name"]), []
            return
        kind = given.get("type", "submit" if tag == "button" else "text")
        is_on = kind not in ("checkbox", "radio") or "checked" in has
        self.fields[at].append(Field(given["name"], kind, given.get("value", ""), (), is_on))


def read_forms(html: str) -> list[FoundForm]:
    """Return the forms of a page in their order."""
    reader = _Reader()
    reader.feed(html)
    return [
        replace(form, fields=tuple(fields))
        for form, fields in zip(reader.forms, reader.fields, strict=True)
    ]


@dataclass
class Forms:
    """Every form that pages lead to, one for each view it goes to and each set of fields."""

    found: dict[tuple[str, frozenset[str]], FoundForm] = field(default_factory=dict)

    def add(self, app: Flask, path: str, html: str) -> None:
        """Keep the forms of a page that are not known yet."""
        adapter = app.url_map.bind("localhost")
        for form in read_forms(html):
            action = form.action or path
            try:
                endpoint, _named = adapter.match(action.partition("?")[0], method=form.method)
            except HTTPException:
                continue
            names = frozenset(re.sub(r"\d+", "N", one.name) for one in form.fields)
            self.found.setdefault(
                (endpoint, names), replace(form, action=action, endpoint=endpoint)
            )


def every_form(app: Flask, client: Client) -> list[FoundForm]:
    """Return the forms of all pages that the client is led to."""
    forms = Forms()
    for path, answer in walk(app, client.http, most=1):
        if answer.mimetype == "text/html":
            forms.add(app, path, answer.get_data(as_text=True))
    return sorted(forms.found.values(), key=lambda one: (one.endpoint, one.action))


def endpoints(forms: Iterable[FoundForm]) -> set[str]:
    """Return the views that the forms go to."""
    return {form.endpoint for form in forms}


def as_upload(form: FoundForm, typed: dict[str, Any]) -> dict[str, Any]:
    """Return what is typed with each file as a client sends one: its bytes and its name."""
    files = {one.name for one in form.fields if one.type == "file"}
    return {
        name: (value.encode() if isinstance(value, str) else value, "list.csv")
        if name in files
        else value
        for name, value in typed.items()
    }
