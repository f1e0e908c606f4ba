"""Which words a column takes, changed by several migrations, whichever of them came before."""

from __future__ import annotations

import re
from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

from depot.migrations.append_only import drop_append_only, make_append_only
from depot.migrations.file_tables import rewrite_table


def allow_words(table: str, column: str, *words: str) -> None:
    """Let `column`, whose check bears its name, take these words as well."""
    _change(table, column, lambda known: [*known, *(one for one in words if one not in known)])


def forget_word(table: str, column: str, word: str) -> None:
    """Delete the rows of an append-only table that hold this word, and let there be none of it."""
    drop_append_only(table)
    rows = sa.text(f"DELETE FROM {table} WHERE {column} = :word")  # noqa: S608 - our own names
    op.execute(rows.bindparams(word=word))
    _change(table, column, lambda known: [one for one in known if one != word])
    make_append_only(table)


def _change(table: str, column: str, made: Callable[[list[str]], list[str]]) -> None:
    name = f"ck_{table}_{column}"
    checks = sa.inspect(op.get_bind()).get_check_constraints(table)
    before = next(one["sqltext"] for one in checks if one["name"] == name)
    known = re.findall(r"'(\w+)'", before)
    wanted = made(known)
    if wanted == known:
        return
    after = f"{column} IN ({', '.join(map(repr, wanted))})"
    if op.get_bind().dialect.name == "sqlite":
        rewrite_table(table, (f"CHECK ({before})", f"CHECK ({after})"))
    else:
        op.drop_constraint(op.f(name), table, type_="check")
        op.create_check_constraint(op.f(name), table, after)
