"""What a description of an API says of its operations, as far as a client needs it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

Document = Mapping[str, Any]
Schema = Mapping[str, Any]
COMMAND_ID: Final = "command_id"
#: The parameter that says where in a list to go on, and the one that chooses the form of an answer.
AFTER: Final = "after"
FORMAT: Final = "format"
_JSON: Final = "application/json"


@dataclass(frozen=True, slots=True)
class Parameter:
    """What stands in an address or behind its question mark."""

    name: str
    schema: Schema
    description: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One method at one address; `body` and `answer` are names of schemas, None without one.

    `rows` is the field of the answer that holds the rows of a list which is given in pages, else
    None; `is_feed` says that there is always a place from which to go on.
    """

    name: str
    method: str
    path: str
    summary: str
    description: str
    in_path: tuple[Parameter, ...]
    in_query: tuple[Parameter, ...]
    body: str | None
    answer: str | None
    is_command: bool
    may_take_two: bool
    has_forms: bool
    rows: str | None
    is_feed: bool

    @property
    def queried(self) -> tuple[Parameter, ...]:
        """What may be asked behind the question mark; the form of the answer is no part of it."""
        return tuple(one for one in self.in_query if not (self.has_forms and one.name == FORMAT))


def schemas_of(document: Document) -> Mapping[str, Schema]:
    """Return the schemas that the description names."""
    found: Mapping[str, Schema] = document["components"]["schemas"]
    return found


def ref_of(schema: Schema) -> str | None:
    """Return the name of the schema that is meant; None where it stands there itself."""
    return str(schema["$ref"]).rpartition("/")[2] if "$ref" in schema else None


def all_refs(part: Any) -> Iterator[str]:
    """Yield the names of the schemas that a part of the description names."""
    if isinstance(part, Mapping):
        named = ref_of(part)
        if named is not None and "/schemas/" in part["$ref"]:
            yield named
        for inner in part.values():
            yield from all_refs(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from all_refs(inner)


def operations_of(document: Document) -> list[Operation]:
    """Return all operations, by address; KeyError where one has no name."""
    return [
        _operation(document, path, method, said, methods.get("parameters", ()))
        for path, methods in sorted(document["paths"].items())
        for method, said in sorted(methods.items())
        if method != "parameters"
    ]


def _operation(
    document: Document, path: str, method: str, said: Schema, shared: list[Schema]
) -> Operation:
    schemas = schemas_of(document)
    parameters = [*shared, *said.get("parameters", ())]
    in_query = _parameters(parameters, "query")
    body = _body_name(said.get("requestBody", {}))
    answers = said["responses"]
    good = answers.get("200", answers.get("201", {}))
    answer = _body_name(good)
    in_answer = schemas[answer]["properties"] if answer else {}
    return Operation(
        name=said["operationId"],
        method=method.upper(),
        path=path,
        summary=said.get("summary", ""),
        description=said.get("description", ""),
        in_path=_parameters(parameters, "path"),
        in_query=in_query,
        body=body,
        answer=answer,
        is_command=body is not None and COMMAND_ID in schemas[body]["properties"],
        may_take_two="202" in answers,
        has_forms=len(good.get("content", ())) > 1 and any(p.name == FORMAT for p in in_query),
        rows=_rows(in_query, in_answer),
        is_feed="more" in in_answer,
    )


def _parameters(said: list[Schema], where: str) -> tuple[Parameter, ...]:
    return tuple(
        Parameter(one["name"], one["schema"], one.get("description", ""))
        for one in said
        if one["in"] == where
    )


def _body_name(holder: Schema) -> str | None:
    schema = holder.get("content", {}).get(_JSON, {}).get("schema", {})
    return ref_of(schema)


def _rows(in_query: tuple[Parameter, ...], in_answer: Mapping[str, Schema]) -> str | None:
    """Return the one list of an answer that is given in pages."""
    if "next" not in in_answer or all(one.name != AFTER for one in in_query):
        return None
    lists = [name for name, schema in in_answer.items() if schema.get("type") == "array"]
    return lists[0] if len(lists) == 1 else None
