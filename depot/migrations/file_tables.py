"""Changing what a table in a SQLite file demands, where other tables refer to it.

SQLite changes a NOT NULL or a CHECK only in the text of the schema, and names this way itself for
what changes no row on the disk (sqlite.org, "ALTER TABLE", section 7). A table made anew would
first have to be dropped, with everything that refers to it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


def rewrite_table(table: str, *changes: tuple[str, str]) -> None:
    """Replace parts of the statement that makes `table`, each of which stands in it once.

    Raises ValueError for a part that does not. Only for what holds for every row there is; where a
    UNIQUE changes, the caller writes its index anew by REINDEX.
    """
    connection = op.get_bind()
    asked = sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name")
    made: str = connection.execute(asked, {"name": table}).scalar_one()
    for before, after in changes:
        if made.count(before) != 1:
            raise ValueError(f"{before!r} does not stand once in the table {table}")
        made = made.replace(before, after)
    version = connection.execute(sa.text("PRAGMA schema_version")).scalar_one()
    op.execute("PRAGMA writable_schema=ON")
    write = sa.text("UPDATE sqlite_master SET sql = :sql WHERE type = 'table' AND name = :name")
    connection.execute(write, {"sql": made, "name": table})
    op.execute(f"PRAGMA schema_version={version + 1}")  # so that all connections read it anew
    op.execute("PRAGMA writable_schema=RESET")
