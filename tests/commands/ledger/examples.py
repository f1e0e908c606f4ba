"""How many examples the property tests of the ledger run: whole histories are dear."""

from __future__ import annotations

from hypothesis import settings

from tests.current import db

#: The rules are the same on PostgreSQL, where only statements and their order of rows differ.
_ON_POSTGRES = 5


def some_examples(part: int) -> settings:
    """Run one of so many of the examples that the profile asks for, fewer on PostgreSQL."""
    if db.engine.dialect.name == "postgresql":
        part *= _ON_POSTGRES
    asked = settings.default.max_examples if settings.default else 100
    return settings(max_examples=max(asked // part, 1))
