"""Only `transaction()` in depot/db/transaction.py ends a transaction."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.guards.sources import PACKAGES, ROOT, python_files, relative_name

ALLOWED = ROOT / "depot" / "db" / "transaction.py"
ENDINGS = {"commit", "rollback"}


def endings(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and name of each call in `source` that ends a transaction, aliased or not."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in ENDINGS:
            yield node.lineno, node.attr


def test_only_the_transaction_commits_or_rolls_back() -> None:
    found = [
        f"{relative_name(path)}:{line} .{name}"
        for path in python_files(*PACKAGES)
        if path != ALLOWED
        for line, name in endings(path.read_text())
    ]
    assert not found, "end a transaction only by leaving `with transaction()`"


def test_the_guard_sees_calls_and_aliases() -> None:
    assert list(endings("db.session.commit()")) == [(1, "commit")]
    assert list(endings("stop = session.rollback\nstop()")) == [(1, "rollback")]
    assert list(endings(ALLOWED.read_text()))
