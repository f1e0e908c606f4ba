"""What is deleted leaves nothing to be read in the database's file."""

from __future__ import annotations

from sqlalchemy.orm import Session


def overwrite_deleted(session: Session) -> None:
    """Have SQLite write zeros over what this connection deletes (sqlite.org, "secure_delete").

    A server's own cleaning (VACUUM) gives the place to other rows.
    """
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete = ON")
