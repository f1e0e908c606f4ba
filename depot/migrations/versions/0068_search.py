"""Keep what search finds by name, for FTS5 and PostgreSQL's text search, noted by triggers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

import sqlalchemy as sa
from alembic import op

from depot.base.kinds import check_of
from depot.db.columns import Flag, Int
from depot.db.search.keeping import NOTE_ALL, renew_stale
from depot.migrations.depot_keys import widen_keys

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None

_KINDS: Final = ("item", "location", "partner", "event", "entry", "crate")
#: Table, kind of thing, the column of its id, the columns that change it, which rows it is about.
_WATCHED: Final = (
    ("item", "item", "id", "name, archived", ""),
    ("item_name", "item", "item_id", "name, item_id", ""),
    ("location", "location", "id", "name, archived, kind", "{}.kind <> 'crate'"),
    ("partner", "partner", "id", "name, archived", ""),
    ("distribution_event", "event", "id", "name, place, called_off_at", ""),
    ("stock_entry", "entry", "id", "", "{}.note <> ''"),
    ("crate_tag", "crate", "crate_id", "tag", ""),
)


def upgrade() -> None:
    op.create_table(
        "search_entry",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("row_id", Int, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("aside", Flag(), nullable=False),
        sa.Column("keys", sa.Text(), nullable=False),
        sa.CheckConstraint(check_of("kind", _KINDS), name=op.f("ck_search_entry_kind")),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_search_entry_depot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entry")),
        sa.UniqueConstraint(
            "depot_id", "kind", "row_id", name=op.f("uq_search_entry_depot_id_kind_row_id")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "search_stale",
        sa.Column("depot_id", Int, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("row_id", Int, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_search_stale_depot_id")),
        sa.PrimaryKeyConstraint("depot_id", "kind", "row_id", name=op.f("pk_search_stale")),
        sqlite_strict=True,
    )
    if op.get_bind().dialect.name == "sqlite":
        _index_in_file()
        _watch_in_file()
    else:
        _index_on_server()
        _watch_on_server()
    for statement in NOTE_ALL:
        op.execute(statement)
    renew_stale(op.get_bind())
    widen_keys()


def _index_in_file() -> None:
    op.execute(
        "CREATE VIRTUAL TABLE search_words USING fts5(keys, content = 'search_entry',"
        " content_rowid = 'id', tokenize = 'ascii', detail = none, columnsize = 0)"
    )
    forget = (
        "INSERT INTO search_words(search_words, rowid, keys) VALUES ('delete', OLD.id, OLD.keys);"
    )
    keep = "INSERT INTO search_words(rowid, keys) VALUES (NEW.id, NEW.keys);"
    for when, done in (
        ("insert", keep),
        ("delete", forget),
        ("update", f"{forget} {keep}"),
    ):
        op.execute(
            f"CREATE TRIGGER search_words_{when} AFTER {when.upper()} ON search_entry"
            f" BEGIN {done} END"
        )


def _index_on_server() -> None:
    op.execute(
        "CREATE INDEX ix_search_entry_keys ON search_entry"
        " USING gin (array_to_tsvector(string_to_array(keys, ' ')))"
    )


class _Trigger(NamedTuple):
    """One of the triggers of a table: what it is called, when it runs, what it notes."""

    name: str
    table: str
    after: str
    row: str
    which: str
    kind: str
    key: str


def _triggers() -> Iterator[_Trigger]:
    for table, kind, key, changing, which in _WATCHED:
        yield _Trigger(
            f"{table}_search_made", table, "INSERT", "NEW", which.format("NEW"), kind, key
        )
        if not changing:  # an entry is never rewritten
            continue
        differs = " OR ".join(f"OLD.{one} {_differs()} NEW.{one}" for one in changing.split(", "))
        changed = " AND ".join([f"({differs})", *([which.format("NEW")] if which else [])])
        after = f"UPDATE OF {changing}"
        yield _Trigger(f"{table}_search_changed", table, after, "NEW", changed, kind, key)
        yield _Trigger(
            f"{table}_search_gone", table, "DELETE", "OLD", which.format("OLD"), kind, key
        )


def _differs() -> str:
    return "IS NOT" if op.get_bind().dialect.name == "sqlite" else "IS DISTINCT FROM"


def _watch_in_file() -> None:
    for one in _triggers():
        condition = f" WHEN {one.which}" if one.which else ""
        op.execute(
            f"CREATE TRIGGER {one.name} AFTER {one.after} ON {one.table}{condition} BEGIN"  # noqa: S608 - ours
            " INSERT INTO search_stale (depot_id, kind, row_id)"
            f" SELECT {one.row}.depot_id, '{one.kind}', {one.row}.{one.key}"
            f" WHERE NOT EXISTS (SELECT 1 FROM search_stale WHERE depot_id = {one.row}.depot_id"
            f" AND kind = '{one.kind}' AND row_id = {one.row}.{one.key}); END"
        )


def _watch_on_server() -> None:
    op.execute(
        "CREATE FUNCTION note_for_search() RETURNS trigger LANGUAGE plpgsql AS $$"
        " DECLARE one jsonb;"
        " BEGIN IF TG_OP = 'DELETE' THEN one := to_jsonb(OLD); ELSE one := to_jsonb(NEW); END IF;"
        " INSERT INTO search_stale (depot_id, kind, row_id)"
        " VALUES ((one ->> 'depot_id')::bigint, TG_ARGV[0], (one ->> TG_ARGV[1])::bigint)"
        " ON CONFLICT DO NOTHING; RETURN NULL; END $$"
    )
    for one in _triggers():
        condition = f" WHEN ({one.which})" if one.which else ""
        op.execute(
            f"CREATE TRIGGER {one.name} AFTER {one.after} ON {one.table} FOR EACH ROW"
            f"{condition} EXECUTE FUNCTION note_for_search('{one.kind}', '{one.key}')"
        )


def downgrade() -> None:
    on_server = op.get_bind().dialect.name == "postgresql"
    for one in _triggers():
        op.execute(f"DROP TRIGGER {one.name}" + (f" ON {one.table}" if on_server else ""))
    if on_server:
        op.execute("DROP FUNCTION note_for_search()")
    else:
        op.execute("DROP TABLE search_words")
    op.drop_table("search_stale")
    op.drop_table("search_entry")
