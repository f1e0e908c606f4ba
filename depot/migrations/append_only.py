"""The triggers of tables that are only added to, and of rows that end once: they stay as they are.

On a server they call `refuse_rewrite`, a function that 0004 makes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from alembic import op


def make_append_only(table: str) -> None:
    """Have the database refuse to update, delete or truncate the table."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()"
    )
    op.execute(
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()"
    )


def let_be_forgotten(table: str, personal: Mapping[str, str]) -> None:
    """Let what of an append-only table names somebody become the words for it, and nothing else.

    `personal` are its columns, each with the only text that it may become.
    """
    on_server = op.get_bind().dialect.name != "sqlite"
    differs = "IS DISTINCT FROM" if on_server else "IS NOT"
    changed = [
        f"(NEW.{one} {differs} OLD.{one}{_but(personal, one)})"
        for one in (column["name"] for column in sa.inspect(op.get_bind()).get_columns(table))
    ]
    if not on_server:
        op.execute(f"DROP TRIGGER {table}_no_update")
        op.execute(
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
            f"WHEN {' OR '.join(changed)} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
        return
    op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()"
    )
    op.execute(
        f"CREATE TRIGGER {table}_names_append_only BEFORE UPDATE ON {table} FOR EACH ROW "
        f"WHEN ({' OR '.join(changed)}) EXECUTE FUNCTION refuse_rewrite()"
    )


def _but(personal: Mapping[str, str], column: str) -> str:
    return f" AND NEW.{column} <> '{personal[column]}'" if column in personal else ""


def let_nothing_be_forgotten(table: str) -> None:
    """Make a table of `let_be_forgotten` append-only as a whole."""
    drop_append_only(table)
    if op.get_bind().dialect.name != "sqlite":
        op.execute(f"DROP TRIGGER {table}_names_append_only ON {table}")
    make_append_only(table)


def drop_append_only(table: str) -> None:
    """Let the table be rewritten, until it is made append-only again."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER {table}_no_{verb}")
        return
    for trigger in ("append_only", "no_truncate"):
        op.execute(f"DROP TRIGGER {table}_{trigger} ON {table}")


def make_ended_once(table: str, ending: Sequence[str], done: str) -> None:
    """Have the database keep each row as it was made, but for its end, which is written once.

    `ending` are the columns of the end, its moment first; `done` is the word for it (lifted,
    closed), which stands in the trigger's name and in what the database says.
    """
    found = sa.inspect(op.get_bind()).get_columns(table)
    fixed = [column["name"] for column in found if column["name"] not in ending]
    if op.get_bind().dialect.name == "sqlite":
        _end_once_in_file(table, fixed, ending[0], done)
    else:
        _end_once_on_server(table, fixed, ending[0])


def _end_once_in_file(table: str, fixed: Sequence[str], ended_at: str, done: str) -> None:
    op.execute(
        f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'a {table} is kept'); END"
    )
    op.execute(
        f"CREATE TRIGGER {table}_as_made BEFORE UPDATE OF {', '.join(fixed)} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'a {table} is {done}, not rewritten'); END"
    )
    op.execute(
        f"CREATE TRIGGER {table}_{done}_once BEFORE UPDATE ON {table} "
        f"WHEN OLD.{ended_at} IS NOT NULL "
        f"BEGIN SELECT RAISE(ABORT, 'a {table} is {done} once'); END"
    )


def _end_once_on_server(table: str, fixed: Sequence[str], ended_at: str) -> None:
    op.execute(
        f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()"
    )
    same = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in fixed)
    op.execute(
        f"CREATE TRIGGER {table}_as_made BEFORE UPDATE ON {table} FOR EACH ROW "
        f"WHEN (OLD.{ended_at} IS NOT NULL OR {same}) EXECUTE FUNCTION refuse_rewrite()"
    )
    op.execute(
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()"
    )
