"""What the database user that serves may do on a server: all that serving needs, and no more.

Tables belong to another user, who makes and migrates them. Who serves adds to the book and reads
it; changing or deleting what is append-only is refused by the server before a trigger is asked.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, inspect, text

from depot.base.errors import (
    DatabaseUserKeepsRights,
    DatabaseUserTooStrong,
    DatabaseUserUnknown,
)

#: What of a table that only grows says a name or an address: it goes with whose it is.
_PERSONAL: Final = {"recall_notice": "name, address"}
#: Tables that Alembic alone writes.
_READ_ONLY: Final = frozenset({"alembic_version"})
_APPEND_ONLY: Final = text(
    "SELECT DISTINCT event_object_table FROM information_schema.triggers"
    " WHERE trigger_name LIKE '%\\_append\\_only' AND event_object_schema = current_schema()"
)
_KNOWN: Final = text("SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = :user")
_OWNED: Final = text(
    "SELECT 1 FROM pg_tables WHERE schemaname = current_schema()"
    " AND pg_has_role(:user, tableowner, 'MEMBER') LIMIT 1"
)
_MAY_CHANGE: Final = text(
    "SELECT has_table_privilege(:user, quote_ident(:table), 'UPDATE, DELETE, TRUNCATE, TRIGGER')"
)


def grant_serving(connection: Connection, user: str) -> tuple[str, ...]:
    """Give the user what serving needs, take away what it does not, and name what only grows.

    Run it as the owner of the tables, in a transaction, after each migration. Raises
    DatabaseUserUnknown, DatabaseUserTooStrong for an owner and whoever may make users, and
    DatabaseUserKeepsRights where rights come from elsewhere.
    """
    _need_weak(connection, user)
    append_only = {str(name) for name in connection.scalars(_APPEND_ONLY)}
    quote = connection.dialect.identifier_preparer.quote
    whom, schema = quote(user), quote(str(connection.scalar(text("SELECT current_schema()"))))
    for statement in (
        f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {whom}",
        f"REVOKE CREATE ON SCHEMA {schema} FROM {whom}",
        f"GRANT USAGE ON SCHEMA {schema} TO {whom}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {whom}",
    ):
        connection.execute(text(statement))
    for table in inspect(connection).get_table_names():
        rights = _rights(table, append_only)
        connection.execute(text(f"GRANT {rights} ON {quote(table)} TO {whom}"))
        if table in _PERSONAL:
            columns = f"UPDATE ({_PERSONAL[table]})"
            connection.execute(text(f"GRANT {columns} ON {quote(table)} TO {whom}"))
    kept = [table for table in sorted(append_only) if _may_change(connection, user, table)]
    if kept:
        raise DatabaseUserKeepsRights(user=user, tables=", ".join(kept))
    return tuple(sorted(append_only))


def _may_change(connection: Connection, user: str, table: str) -> bool:
    return bool(connection.scalar(_MAY_CHANGE, {"user": user, "table": table}))


def _rights(table: str, append_only: set[str]) -> str:
    if table in _READ_ONLY:
        return "SELECT"
    return "SELECT, INSERT" if table in append_only else "SELECT, INSERT, UPDATE, DELETE"


def _need_weak(connection: Connection, user: str) -> None:
    may_make_users = connection.scalar(_KNOWN, {"user": user})
    if may_make_users is None:
        raise DatabaseUserUnknown(user=user)
    if may_make_users or connection.scalar(_OWNED, {"user": user}):
        raise DatabaseUserTooStrong(user=user)
