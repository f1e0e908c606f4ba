"""What the client for programs says of an API: its types, its methods, the same each time."""

from __future__ import annotations

import ast
import json
from typing import Any

import pytest

from depot.programs.client.described import operations_of
from depot.programs.client.kinds import Kinds, kinds_of
from depot.programs.client.written import python_client
from tests.guards.sources import ROOT
from tests.made_client import depot_client

REAL: Any = json.loads((ROOT / "docs" / "openapi.json").read_text("utf-8"))


def described(answer: dict[str, Any], *, query: Any = (), body: Any = None) -> dict[str, Any]:
    """Return the description of an API with one address, `/shelf`."""
    good = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Told"}}}}
    said: dict[str, Any] = {
        "operationId": "post_shelf" if body else "get_shelf",
        "summary": "Look.",
        "parameters": list(query),
        "responses": {"200": good},
    }
    schemas = {"Told": {"type": "object", "properties": answer}}
    if body:
        ref = {"schema": {"$ref": "#/components/schemas/Said"}}
        said["requestBody"] = {"content": {"application/json": ref}}
        schemas["Said"] = {"type": "object"} | body
    paths = {"/shelf": {"post" if body else "get": said}}
    return {"info": {"version": "v1"}, "paths": paths, "components": {"schemas": schemas}}


def part(text: str, head: str) -> str:
    """Return a class or a method of a client without what it says of itself."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name == head:
            node.body = node.body[1:]
            return ast.unparse(node)
    raise AssertionError(f"{head} is not in it")


@pytest.mark.parametrize(
    ("schema", "kind"),
    [
        ({"type": "string"}, "str"),
        ({"type": ["integer", "null"]}, "int | None"),
        ({"type": ["integer", "string", "null"]}, "int | str | None"),
        ({"type": "array", "items": {"type": "number"}}, "list[float]"),
        ({"type": "object", "additionalProperties": {"type": "string"}}, "dict[str, str]"),
        ({"type": "object", "additionalProperties": {}}, "dict[str, Any]"),
        ({"default": None}, "Any"),
        ({"$ref": "#/components/schemas/Line"}, "Line"),
        ({"anyOf": [{"type": "null"}, {"$ref": "#/components/schemas/Line"}]}, "Line | None"),
        ({"enum": ["a", "b", None], "type": ["string", "null"]}, 'Literal["a", "b"] | None'),
        ({"type": "string", "format": "date-time"}, "datetime.datetime | str"),
        ({"type": ["string", "null"], "format": "date"}, "datetime.date | str | None"),
    ],
)
def test_a_type_says_what_a_schema_takes(schema: dict[str, Any], kind: str) -> None:
    assert Kinds({}).kind(schema, is_sent=True) == kind


def test_times_are_texts_in_answers() -> None:
    assert Kinds({}).kind({"type": "string", "format": "date-time"}, is_sent=False) == "str"


def test_a_long_choice_of_words_has_a_name_of_its_own() -> None:
    words = [f"a long word {number}" for number in range(5)]
    other = [*words, "and another"]
    plain = described({"kind": {"enum": words}, "kinds": {"type": "array"}})
    assert kinds_of(plain, operations_of(plain)).names == {tuple(words): "Kind"}
    twice = described({"kind": {"enum": words}}, query=[parameter("kind", {"enum": other})])
    assert kinds_of(twice, operations_of(twice)).names == {
        tuple(words): "ToldKind",
        tuple(other): "GetShelfKind",
    }


def parameter(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"in": "query", "name": name, "schema": schema}


def test_a_body_asks_for_what_is_needed_and_not_for_the_number_of_the_command() -> None:
    text = {"type": "string"}
    fields = {"command_id": text, "name": text, "note": text}
    body = {"properties": fields, "required": ["command_id", "name"]}
    made = python_client(described({"id": {"type": "integer"}}, body=body))
    assert part(made, "Said") == "class Said(TypedDict):\n    name: str\n    note: NotRequired[str]"
    assert part(made, "post_shelf").splitlines() == [
        "def post_shelf(self, body: Said, *, command_id: UUID | str | None=None) -> Told:",
        "    answer: Told = self._write('POST', '/shelf', body, command_id)",
        "    return answer",
    ]


def test_what_is_a_word_of_python_has_a_line_below_it_or_stands_beside_its_class() -> None:
    query = [parameter("from", {"type": "string"})]
    made = python_client(
        described({"from": {"type": "string"}, "to": {"type": "string"}}, query=query)
    )
    assert '_ToldWords = TypedDict("_ToldWords", {"from": str})' in made
    assert part(made, "Told") == "class Told(_ToldWords):\n    to: str"
    assert "from_: str | None = None" in made
    assert '"from": from_,' in made


def test_what_is_there_only_at_times_need_not_be_there() -> None:
    rare = {"type": "string", "description": "Only if nothing was booked."}
    made = python_client(described({"note": rare, "id": {"type": "integer"}}))
    assert part(made, "Told") == "class Told(TypedDict):\n    id: int\n    note: NotRequired[str]"
    assert "#: Only if nothing was booked.\n    note" in made


def test_a_list_in_pages_has_a_method_for_all_of_it_and_a_feed_one_that_goes_on() -> None:
    rows = {"type": "array", "items": {"$ref": "#/components/schemas/Told"}}
    after = [parameter("after", {"type": "integer"})]
    pages = python_client(described({"rows": rows, "next": {"type": "integer"}}, query=after))
    assert "def all_shelf(self, *, after: int | None = None) -> Iterator[Told]:" in pages
    feed = {"rows": rows, "next": {"type": "integer"}, "more": {"type": "boolean"}}
    assert "def follow_shelf(self, *, after: int = 0) -> Feed[Told]:" in python_client(
        described(feed, query=after)
    )
    assert "def all_shelf" not in python_client(described({"rows": rows}, query=after))


def test_a_name_of_an_operation_is_needed() -> None:
    nameless = described({})
    del nameless["paths"]["/shelf"]["get"]["operationId"]
    with pytest.raises(KeyError, match="operationId"):
        python_client(nameless)


def test_words_of_a_description_cannot_leave_their_docstring() -> None:
    told = described({})
    told["paths"]["/shelf"]["get"]["summary"] = 'Look. """\nimport os  # \\'
    method = next(
        node
        for node in ast.walk(ast.parse(python_client(told)))
        if isinstance(node, ast.FunctionDef) and node.name == "get_shelf"
    )
    assert "import os # \\" in (ast.get_docstring(method) or "")
    assert len(method.body) == 3


def test_the_same_description_makes_the_same_client() -> None:
    turned = json.loads(json.dumps(REAL, sort_keys=True), object_pairs_hook=_turned)
    assert python_client(turned) == python_client(REAL)


def _turned(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return dict(reversed(pairs))


def test_every_operation_of_the_api_has_a_method_that_says_where_it_asks() -> None:
    found = operations_of(REAL)
    assert len(found) > 150
    for one in found:
        method = getattr(depot_client.Depot, one.name)
        assert method.__doc__.rstrip().endswith(f"{one.method} {one.path}")


def test_every_write_has_a_command_id_but_the_one_that_sends_many() -> None:
    without = {
        one.name for one in operations_of(REAL) if one.method != "GET" and not one.is_command
    }
    assert without == {"post_sync"}
