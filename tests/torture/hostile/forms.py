"""Every form, every address and every command of a phone, with what means harm in each field.

Whatever is sent: no answer breaks (5xx), none takes `MOST_SECONDS` of CPU, and what is refused
leaves nothing behind. After all of it `depot verify` finds nothing.
"""

from __future__ import annotations

import io
import json
import random
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, TypeAlias
from urllib.parse import quote
from uuid import uuid4

from flask import Flask
from hypothesis import strategies as st
from sqlalchemy.engine import make_url
from werkzeug.datastructures import MultiDict
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.clients import Client
from tests.ledger_check import Checker
from tests.torture.ground import Ground, made_in
from tests.torture.hostile.drawing import draw_many, files, json_like, words
from tests.torture.hostile.readers import READERS, TookTooLong, limited
from tests.torture.result import Result, tell
from tests.torture.stories import of_phones
from tests.web.depot_addresses import North, bearer
from tests.web.form_reader import FoundForm

#: Tables of what people made; what is refused adds to none of them.
_KEPT: Final = (
    *("command_log", "stock_entry", "stock_move", "stock_balance", "item", "partner", "location"),
    *("lot", "crate", "distribution_event", "count_sheet", "discrepancy", "membership"),
)
#: What every query string may have.
_ASKED: Final = ("q", "text", "week", "period", "day", "page", "before", "kind", "as_of", "limit")
#: Files as they lie on the disk.
SPARED_ADDRESSES: Final = frozenset({"static", "bundles.show"})
_UPLOADS: Final = [one for name in ("sheet", "photo") for one in READERS[name].seeds]


@dataclass
class Attacker:
    """Somebody signed in who sends what she likes, and looks what came of it."""

    app: Flask
    ground: Ground
    sent: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    wrong: dict[str, str] = field(default_factory=dict)
    _client: Client | None = None
    _csrf: str = ""
    _token: dict[str, str] = field(default_factory=dict)

    def attack(
        self, kind: str, method: str, path: str, *, shown: object = None, **options: Any
    ) -> None:
        """Send one request, and write down what was wrong with the answer."""
        self.sent += 1
        before = self._rows()
        try:
            with limited():
                answer = self._http().open(path, method=method, **options)
        except TookTooLong:
            self._note(kind, "takes too long", path, shown)
            return
        except Exception as error:
            self._note(kind, f"{type(error).__name__}", path, shown)
            return
        self._judge(kind, path, answer, shown, before)
        answer.close()

    def _judge(
        self, kind: str, path: str, answer: TestResponse, shown: object, before: list[int]
    ) -> None:
        self.statuses[answer.status_code] += 1
        if answer.status_code >= 500 or _is_broken(answer):
            self._note(kind, str(answer.status_code), path, shown)
        elif answer.status_code >= 400 and (after := self._rows()) != before:
            self._note(
                kind, f"refused ({answer.status_code}) and yet {before} > {after}", path, shown
            )
        elif answer.status_code == 401 and answer.is_json:
            self._token = {}  # it was ended: make another
        elif answer.status_code == 302 and "/sign-in" in answer.headers.get("Location", ""):
            self._client = None  # what was sent ended the session: begin another

    def _note(self, kind: str, what: str, path: str, shown: object) -> None:
        self.wrong.setdefault(f"{kind}: {what}", f"{path[:200]} {str(shown)[:1500]}")

    def form(self, found: FoundForm, typed: Mapping[str, Any]) -> None:
        """Send a form as typed."""
        data: MultiDict[str, Any] = MultiDict()
        for name, value in typed.items():
            is_file = isinstance(value, bytes)
            data.add(name, (io.BytesIO(value), "list.csv") if is_file else value)
        data.setdefault("command_id", str(uuid4()))
        self._http()
        data["csrf_token"] = self._csrf
        many = {"content_type": "multipart/form-data"} if found.is_multipart else {}
        self.attack(found.endpoint, "POST", found.action, shown=dict(typed), data=data, **many)

    def read(self, kind: str, asked: tuple[str, dict[str, str]]) -> None:
        """Ask for an address with a query."""
        self.attack(kind, "GET", asked[0], shown=asked, query_string=asked[1])

    def sync(self, kind: str, sent: Any) -> None:
        """Deliver one command as a phone of the depot does."""
        if isinstance(sent, dict):
            sent = sent | {"command_id": str(uuid4())}
        self.json(kind, "/api/v1/sync", {"device_id": "x", "commands": [sent]})

    def json(self, kind: str, path: str, body: Any) -> None:
        """Send JSON as a program of the depot does."""
        self.attack(
            kind,
            "POST",
            path,
            shown=body,
            data=json.dumps(body),
            content_type="application/json",
            headers=self._bearer(),
        )

    def _bearer(self) -> dict[str, str]:
        if not self._token:
            self._token = bearer(self.app, "ada")
        return self._token

    def _http(self) -> Any:
        if self._client is None:
            self._client = Client.signed_in(self.app, "ada")
            self._csrf = self._client.csrf()
        return self._client.http

    def _rows(self) -> list[int]:
        with closing(sqlite3.connect(make_url(self.ground.url).database or "")) as found:
            return [found.execute(f"SELECT count(*) FROM {one}").fetchone()[0] for one in _KEPT]


def _is_broken(answer: TestResponse) -> bool:
    """Say whether a batch's answer says of a command that it met a bug."""
    results = (answer.get_json(silent=True) or {}).get("results", []) if answer.is_json else []
    return any(one.get("code") == "internal" for one in results)


def typed_into(found: FoundForm) -> st.SearchStrategy[dict[str, Any]]:
    """Draw what is typed into a form: some fields as they should be, some not, some left out."""
    right = found.filled(_Calm(), "Plums")
    right.pop("csrf_token", None)
    right.pop("command_id", None)
    fields: dict[str, st.SearchStrategy[Any]] = {}
    for one in found.fields:
        if one.name in ("csrf_token", "command_id"):
            continue
        value = right.get(one.name, one.value)
        fields[one.name] = (
            files([seed for seed in _UPLOADS if isinstance(seed, bytes)])
            if one.type == "file"
            else st.one_of(st.just(value), st.just(value), words([value] if value else []))
        )
    return st.fixed_dictionaries({}, optional=fields)


class _Calm(random.Random):
    """Chooses nothing by chance."""

    def random(self) -> float:
        return 0.0

    def choice(self, seq: Any) -> Any:
        return seq[-1]


def phone_commands(ground: Ground) -> list[dict[str, Any]]:
    """Return a right command of each type that a phone sends."""
    batches = (json.loads(sent.body) for sent in of_phones(ground, random.Random(1)))
    return [command for batch in batches for command in batch["commands"]]


def addresses(app: Flask) -> list[Rule]:
    """Return every address that is read."""
    found = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    return [rule for rule in found if rule.endpoint not in SPARED_ADDRESSES]


class _Known(dict[str, Any]):
    """What addresses name; "x" for what only links of mails know."""

    def __missing__(self, name: str) -> str:
        return "x"


def asked_of(rule: Rule, ground: Ground) -> st.SearchStrategy[tuple[str, dict[str, str]]]:
    """Draw an address of the rule, right or not, and what is asked of it."""
    right = North(_Known(ground.north.ids)).address(rule)
    path = st.just(right)
    if rule.arguments:
        parts = right.split("/")
        last = words([parts[-1]]).map(lambda word: "/".join([*parts[:-1], quote(word, safe="")]))
        path = st.one_of(path, last)
    asked = st.dictionaries(st.sampled_from(_ASKED), words(["2026-W47", "rice", "1"]), max_size=3)
    return st.tuples(path, asked)


Kind: TypeAlias = tuple[str, st.SearchStrategy[Any], Callable[[Any], None]]


def what_is_sent(attacker: Attacker) -> Iterator[Kind]:
    """Yield each form and each command of a phone, with what is drawn for it."""
    for command in phone_commands(attacker.ground):
        name = f"sync {command['type']} {command.get('form', '')}".strip()
        yield name, json_like(command), partial(attacker.sync, name)
    for form in attacker.ground.forms:
        if form.method == "POST":
            yield form.endpoint, typed_into(form), partial(attacker.form, form)


def what_is_read(attacker: Attacker) -> Iterator[Kind]:
    """Yield each address, with what is asked of it."""
    for rule in addresses(attacker.app):
        asked = asked_of(rule, attacker.ground)
        yield rule.rule, asked, partial(attacker.read, f"GET {rule.rule}")


def attack(kinds: Sequence[Kind], each: int, *, always_the_same: bool = False) -> Iterator[str]:
    """Send so many of each kind; yield the name of each that is done."""
    for name, strategy, use in kinds:
        draw_many(strategy, each, use, always_the_same=always_the_same)
        yield name


def look_after(ground: Ground) -> list[str]:
    """Return what `depot verify` finds now."""
    return Checker().problems(ground.url)


def torture(count: int) -> Iterator[Result]:
    """Send so many hostile requests to the forms, addresses and commands of a depot."""
    with made_in() as ground:
        attacker = Attacker(ground.app(), ground)
        kinds = [*what_is_sent(attacker), *what_is_read(attacker)]
        for number, done in enumerate(attack(kinds, max(1, count // len(kinds))), 1):
            if number % 20 == 0:
                tell(f"{number}: {done}, {attacker.sent} sent, {len(attacker.wrong)} wrong")
        wrong = [f"{kind} ({how})" for kind, how in attacker.wrong.items()]
        wrong += look_after(ground)
    tell(f"answers: {dict(sorted(attacker.statuses.items()))}")
    whole = (
        f"{attacker.sent:,} requests of {len(kinds)} kinds: forms, a phone's commands, addresses"
    )
    seen = "no 5xx, nothing refused left anything behind, none took 10 s of CPU; verify is content"
    yield Result("hostile requests", whole, seen, wrong)
