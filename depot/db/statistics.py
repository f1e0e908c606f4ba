"""What a database knows of its tables: it chooses by it how to find rows."""

from __future__ import annotations

from typing import Final

from depot.db.database import current_session
from depot.db.transaction import transaction

#: SQLite looks at so many rows of an index, which takes some hundredths of a second at any size.
#: What it finds of few rows is dropped again: they may be many tomorrow, and it would go on to read
#: them all. Without, it takes a table for large.
SQLITE: Final = (
    "PRAGMA analysis_limit = 1000",
    "ANALYZE",
    "DELETE FROM sqlite_stat1 WHERE CAST(stat AS INTEGER) < 1000",
)


def renew_statistics() -> None:
    """Let the database look anew at what its tables hold, after many rows were written."""
    is_sqlite = current_session().get_bind().dialect.name == "sqlite"
    with transaction() as session:
        for statement in SQLITE if is_sqlite else ("ANALYZE",):
            session.connection().exec_driver_sql(statement)


def renew_on_sqlite() -> None:
    """Do so on SQLite: PostgreSQL does it by itself while time passes."""
    if current_session().get_bind().dialect.name == "sqlite":
        renew_statistics()
