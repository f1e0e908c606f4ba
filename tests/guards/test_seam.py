"""The seam between the core and the edge has types: answers are dataclasses, views say what."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.guards.sources import ROOT


def untyped(source: str) -> Iterator[str]:
    """Yield what in the source of an edge module passes the seam without a type."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith("outcome.body"):
            yield ast.unparse(node)
        if isinstance(node, ast.FunctionDef) and is_view(node) and says_any(node):
            yield f"{node.name}() -> {ast.unparse(node.returns)}" if node.returns else node.name


def is_view(node: ast.FunctionDef) -> bool:
    """Say whether a route leads to the function, or it is what a view reads with."""
    return node.name in ("reader", "coordinator") or any(
        ".route" in text or text.split("(")[0].endswith((".get", ".post"))
        for text in map(ast.unparse, node.decorator_list)
    )


def says_any(node: ast.FunctionDef) -> bool:
    """Say whether the function's answer is Any, or a tuple with one."""
    return node.returns is not None and "Any" in {
        name.id for name in ast.walk(node.returns) if isinstance(name, ast.Name)
    }


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
        "@bp.get('/')\ndef index() -> Any: ...",
        "@bp.post('/')\n@bp.arguments(Schema)\ndef create(command) -> Any: ...",
        "def reader() -> tuple[Any, Actor]: ...",
    ],
)
def test_the_guard_speaks_up(wrong: str) -> None:
    assert list(untyped(wrong))


def test_the_guard_lets_typed_ones_pass() -> None:
    assert not list(untyped("@bp.get('/')\ndef index() -> ResponseReturnValue: ..."))
