"""Widening the list of words that a column takes, whichever migrations came before."""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

from depot.migrations.file_tables import rewrite_table


def allow_words(table: str, column: str, *words: str) -> None:
    """Let `column`, whose check bears its name, take these words as well.

    They are never forbidden again: rows that say them may be there, and are not made up anew.
    """
    name = f"ck_{table}_{column}"
    checks = sa.inspect(op.get_bind()).get_check_constraints(table)
    text = next(one["sqltext"] for one in checks if one["name"] == name)
    known = re.findall(r"'(\w+)'", text)
    wanted = [*known, *(word for word in words if word not in known)]
    if wanted == known:
        return
    check = f"{column} IN ({', '.join(map(repr, wanted))})"
    if op.get_bind().dialect.name == "sqlite":
        rewrite_table(table, (f"CHECK ({text})", f"CHECK ({check})"))
    else:
        op.drop_constraint(op.f(name), table, type_="check")
        op.create_check_constraint(op.f(name), table, check)
