"""Functions and files stay short enough to be read in one go."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.guards.sources import PACKAGES, ROOT, python_files, relative_name

FUNCTION_LINES = 50
FILE_LINES = 400
#: A migration is a list of statements that is never edited again; splitting it helps nobody.
MIGRATIONS = ROOT / "depot" / "migrations" / "versions"


def long_functions(source: str) -> Iterator[tuple[str, int]]:
    """Yield name and length of each function in `source` that is too long, without decorators."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                yield node.name, length


def measured() -> Iterator[Path]:
    """Yield the files that the limits are for."""
    for path in python_files(*PACKAGES, "tests"):
        if MIGRATIONS not in path.parents:
            yield path


def test_no_function_is_too_long() -> None:
    found = [
        f"{relative_name(path)} {name}: {length} lines"
        for path in measured()
        for name, length in long_functions(path.read_text())
    ]
    assert not found, f"a function has at most {FUNCTION_LINES} lines"


def test_no_file_is_too_long() -> None:
    lengths = [(relative_name(path), len(path.read_text().splitlines())) for path in measured()]
    found = [f"{name}: {length} lines" for name, length in lengths if length > FILE_LINES]
    assert not found, f"a file has at most {FILE_LINES} lines"


def test_the_guard_counts_the_lines_of_a_function() -> None:
    body = "    pass\n" * FUNCTION_LINES
    assert list(long_functions(f"@decorated\ndef shelf():\n{body}")) == [("shelf", 51)]
    assert not list(long_functions(f"def shelf():\n{body[:-9]}"))
