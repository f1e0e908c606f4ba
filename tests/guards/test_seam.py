"""The seam between the core and the edge has types: answers are dataclasses, views say what."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.guards.sources import ROOT

#: What loads JSON, a form or a field, whose types the schema knows, and a cell of a file.
LOADS = {"_raw_load_json", "_deserialize", "_make", "load", "load_form", "_body", "_amount", "_of"}


def untyped(source: str) -> Iterator[str]:
    """Yield what in the source of an edge module passes the seam without a type."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith("outcome.body"):
            yield ast.unparse(node)
        if isinstance(node, ast.FunctionDef) and node.name not in LOADS and says_any(node):
            yield f"{node.name}() -> {ast.unparse(node.returns)}" if node.returns else node.name


def says_any(node: ast.FunctionDef) -> bool:
    """Say whether the function's answer is Any, or a tuple with one."""
    said = ast.unparse(node.returns) if node.returns else ""
    inside = said.removeprefix("tuple[").removesuffix("]") if said.startswith("tuple[") else said
    return "Any" in inside.split(", ")


def test_nothing_crosses_the_seam_without_a_type() -> None:
    found = {
        str(path.relative_to(ROOT)): list(untyped(path.read_text()))
        for path in (ROOT / "blueprints").rglob("*.py")
    }
    assert {path: what for path, what in found.items() if what} == {}


@pytest.mark.parametrize(
    "wrong",
    [
        "def done(outcome):\n    return outcome.body['code']",
        "def index() -> Any: ...",
        "@bp.arguments(Schema)\ndef create(command) -> Any: ...",
        "def reader() -> tuple[Any, Actor]: ...",
    ],
)
def test_the_guard_speaks_up(wrong: str) -> None:
    assert list(untyped(wrong))


def test_the_guard_lets_typed_ones_pass() -> None:
    assert not list(untyped("def index() -> ResponseReturnValue: ..."))
