"""The API's description as a page and as a client, made here from the OpenAPI document."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from flask import Response, current_app, render_template
from flask.typing import ResponseReturnValue

from blueprints.frame.edge.packing import may_be_kept
from depot.programs.description import api_description


@dataclass(frozen=True, slots=True)
class FieldDoc:
    """One field of a body."""

    name: str
    kind: str
    required: bool


@dataclass(frozen=True, slots=True)
class OperationDoc:
    """One thing a program may ask for."""

    anchor: str
    name: str
    method: str
    path: str
    summary: str
    parameters: tuple[FieldDoc, ...]
    body: tuple[FieldDoc, ...]
    answer: tuple[FieldDoc, ...]


def show() -> ResponseReturnValue:
    """Show every operation with its fields."""
    return render_template(
        "api_docs/show.html", operations=operations(api_description(current_app.extensions))
    )


def client() -> ResponseReturnValue:
    """Send the client for Python: the same for everybody, kept and asked for again by its mark."""
    response = Response(_client_text(), mimetype="text/x-python")
    response.headers["Content-Disposition"] = "attachment; filename=depot_client.py"
    response.headers["Cache-Control"] = "no-cache"
    return may_be_kept(response)


@cache
def _client_text() -> str:
    """Return the client's text, made once: all applications of a process describe the same."""
    from depot.programs.client.written import python_client  # few ask for it

    return python_client(api_description(current_app.extensions))


def operations(document: dict[str, Any]) -> list[OperationDoc]:
    """Return the operations of an OpenAPI document, by path."""
    found = []
    for path, methods in sorted(document.get("paths", {}).items()):
        shared = methods.get("parameters", [])
        for method, spec in methods.items():
            if method != "parameters":
                found.append(_operation(document, path, method, spec, shared))
    return found


def _operation(
    document: dict[str, Any], path: str, method: str, spec: dict[str, Any], shared: list[Any]
) -> OperationDoc:
    given = [one for one in (*shared, *spec.get("parameters", [])) if "name" in one]
    answers = spec.get("responses", {})
    good: dict[str, Any] = next((answers[code] for code in ("200", "201") if code in answers), {})
    anchor = f"{method}-{path}".replace("/", "-").replace("{", "").replace("}", "")
    return OperationDoc(
        anchor,
        spec["operationId"],
        method.upper(),
        path,
        spec.get("summary", ""),
        tuple(
            FieldDoc(
                one["name"], _kind(document, one.get("schema", {})), one.get("required", False)
            )
            for one in given
        ),
        _fields(document, _json_schema(spec.get("requestBody", {}))),
        _fields(document, _json_schema(good)),
    )


def _json_schema(holder: dict[str, Any]) -> dict[str, Any]:
    schema: dict[str, Any] = holder.get("content", {}).get("application/json", {}).get("schema", {})
    return schema


def _resolved(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in schema:
        return schema
    found: dict[str, Any] = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return found


def _fields(document: dict[str, Any], schema: dict[str, Any]) -> tuple[FieldDoc, ...]:
    whole = _resolved(document, schema)
    needed = whole.get("required", [])
    return tuple(
        FieldDoc(name, _kind(document, field), name in needed)
        for name, field in whole.get("properties", {}).items()
    )


def _kind(document: dict[str, Any], schema: dict[str, Any]) -> str:
    """Say in a word what a field takes, lines and objects with their own fields."""
    if schema.get("type") == "array":
        return f"[{_kind(document, schema.get('items', {}))}]"
    whole = _resolved(document, schema)
    if "properties" in whole:
        inner = ", ".join(
            f"{name}: {_kind(document, field)}" for name, field in whole["properties"].items()
        )
        return f"{{{inner}}}"
    if "enum" in whole:
        return " | ".join(json.dumps(word) for word in whole["enum"])
    kind = whole.get("type", "any")
    words = kind if isinstance(kind, list) else [kind]
    shown = " | ".join(word for word in words)
    said = [whole["format"]] if "format" in whole else []
    ends = [
        f"{word} {whole[name]}" for name, word in _ENDS.items() if whole.get(name, _MANY) < _MANY
    ]
    return f"{shown} ({', '.join(said + ends)})" if said or ends else shown


#: What a column takes is no bound that says something to a reader.
_MANY: Final = 10**15
_ENDS: Final = {"minimum": ">=", "maximum": "<=", "maxLength": "letters <="}
