"""Which words a column of kinds takes, changed by several migrations in whatever order."""

from __future__ import annotations

import re
from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

from depot.migrations.file_tables import rewrite_table


def allow_word(table: str, column: str, word: str) -> None:
    """Let the column hold this word as well."""
    _change(table, column, lambda words: [*words, word])


def forbid_word(table: str, column: str, word: str) -> None:
    """Let no row hold this word any more; none does."""
    _change(table, column, lambda words: [known for known in words if known != word])


def _change(table: str, column: str, made: Callable[[list[str]], list[str]]) -> None:
    name = f"ck_{table}_{column}"
    checks = sa.inspect(op.get_bind()).get_check_constraints(table)
    before = next(one["sqltext"] for one in checks if one["name"] == name)
    words = made(re.findall(r"'(\w+)'", before))
    after = f"{column} IN ({', '.join(repr(word) for word in words)})"
    if op.get_bind().dialect.name == "sqlite":
        rewrite_table(table, (before, after))
    else:
        op.drop_constraint(op.f(name), table, type_="check")
        op.create_check_constraint(op.f(name), table, after)
