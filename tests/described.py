"""The API's description beside what the application answers: statuses, bounds, choices.

Every answer that any test gets of the API is compared with its operation's list of statuses, and
with the fields that the client for programs says are always there (`watch_answers`); the rest is
for the walk of tests/web/frame/test_described_answers.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from flask import Flask, Response, request

from blueprints.frame.edge.bodies import REFUSED
from tests.always_there import Promised

#: A bug and a report that does not add up stand in no list; what the server could not take in is
#: told to requests too that should have sent nothing.
_DEFAULT: Final = {HTTPStatus.INTERNAL_SERVER_ERROR}
#: An answer that is what was asked for.
_DONE: Final = {HTTPStatus.OK, HTTPStatus.CREATED}
_CONVERTER: Final = re.compile(r"<(?:[^:<>]+:)?([^<>]+)>")
Document = dict[str, Any]
Where = tuple[str, ...]


@dataclass(frozen=True)
class Operation:
    """One method at one address."""

    method: str
    path: str
    said: Document
    document: Document

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def statuses(self) -> set[str]:
        """The statuses that it names, the one for all others aside."""
        return set(self.said["responses"]) - {"default"}

    @property
    def body(self) -> Document | None:
        """The schema of what is sent to it."""
        content = self.said.get("requestBody", {}).get("content", {})
        return content["application/json"]["schema"] if content else None

    @property
    def asked(self) -> list[Document]:
        """The parameters that stand behind the question mark."""
        return [one for one in self.said.get("parameters", ()) if one.get("in") == "query"]

    def resolved(self, schema: Document) -> Document:
        """Return a schema itself, where it is named by reference or may be null as well."""
        for one in schema.get("anyOf", ()):
            if "$ref" in one:
                return self.resolved(one)
        if "$ref" not in schema:
            return schema
        found: Document = self.document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        return found


def described(app: Flask) -> Document:
    """Return the description that the application gives of its API."""
    document: Document = app.extensions["flask-smorest"]["apis"][""]["ext_obj"].spec.to_dict()
    return document


def operations(document: Document) -> Iterator[Operation]:
    """Yield all operations of a description."""
    for path, methods in document["paths"].items():
        for method, said in methods.items():
            if method != "parameters":
                yield Operation(method.upper(), path, said, document)


def described_path(rule: str) -> str:
    """Return a rule of the application as the description writes it."""
    return _CONVERTER.sub(r"{\1}", rule)


def watch_answers(app: Flask) -> list[str]:
    """Return a list into which every answer goes that the description does not name."""
    wrong: list[str] = []

    @app.after_request
    def _compare(response: Response) -> Response:
        if request.path.startswith("/api/") and request.url_rule is not None:
            method = "GET" if request.method == "HEAD" else request.method
            rule = described_path(request.url_rule.rule)
            said = _statuses_of(app).get((method, rule))
            is_let_pass = response.status_code in _DEFAULT or REFUSED in request.environ
            if said is not None and not is_let_pass and str(response.status_code) not in said:
                wrong.append(f"{method} {rule} answered {response.status_code}")
            if response.status_code in _DONE and response.is_json:
                lacking = _promised_by(app).missing(method, rule, response.get_json())
                wrong.extend(f"{method} {rule} answered without {field}" for field in lacking)
        return response

    return wrong


_promised: list[Promised] = []
_statuses: dict[tuple[str, str], set[str]] = {}


def _promised_by(app: Flask) -> Promised:
    """Return what the client for programs says of answers."""
    if not _promised:
        _promised.append(Promised(described(app)))
    return _promised[0]


def _statuses_of(app: Flask) -> dict[tuple[str, str], set[str]]:
    """Return what is named of each operation; all applications of a process describe the same."""
    if not _statuses:
        _statuses.update(
            {(one.method, one.path): one.statuses for one in operations(described(app))}
        )
    return _statuses


#: Makes of a leaf's schema a value that is to be refused or taken, or None: it has no such value.
Choose = Callable[[Document], Any]


def too_small(leaf: Document) -> Any:
    """Return a value below what is said, or a word that is none of those to choose from."""
    if "enum" in leaf:
        return "no such word"
    if "minimum" in leaf:
        return leaf["minimum"] - 1
    return "" if leaf.get("minLength") else None


def too_large(leaf: Document) -> Any:
    """Return a value above what is said."""
    if "maxLength" in leaf:
        return "x" * (leaf["maxLength"] + 1)
    return leaf["maximum"] + 1 if "maximum" in leaf else None


def smallest(leaf: Document) -> Any:
    """Return the least value that is said to be taken."""
    if "enum" in leaf:
        return leaf["enum"][0]
    if "minimum" in leaf:
        return leaf["minimum"]
    return "x" if leaf.get("minLength") else None


def largest(leaf: Document) -> Any:
    """Return the greatest value that is said to be taken."""
    if "enum" in leaf:
        return [word for word in leaf["enum"] if word is not None][-1]
    if "maximum" in leaf:
        return leaf["maximum"]
    return "x" * leaf["maxLength"] if "maxLength" in leaf else None


def body_of(operation: Operation, schema: Document, choose: Choose) -> tuple[Document, list[Where]]:
    """Return a body in which each field is as chosen, and where in it those fields are."""
    body: Document = {}
    places: list[Where] = []
    for name, field in operation.resolved(schema).get("properties", {}).items():
        leaf = operation.resolved(field)
        many = leaf.get("type") == "array"
        inner = operation.resolved(leaf.get("items", {})) if many else leaf
        if "properties" in inner:
            made, within = body_of(operation, inner, choose)
            body[name] = [made] if many else made
            places += [(name, *(("0",) if many else ()), *where) for where in within]
        elif not many and (value := choose(leaf)) is not None:
            body[name] = value
            places.append((name,))
    return body, places


def stands_at(errors: Any, where: Where) -> bool:
    """Say whether an answer's errors name that place."""
    for name in where:
        if not isinstance(errors, dict) or name not in errors:
            return False
        errors = errors[name]
    return bool(errors)
