"""Keep what one shift writes down for the next, and the secrets by which calendars are read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Day, Flag, Instant, Int
from depot.migrations.append_only import make_append_only
from depot.migrations.depot_keys import widen_keys, within_depot

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None


#: What a calendar shows of an activity.
_SHOWN = "name, text, starts_at, ends_at, due_on, starts_on, ends_on, location_id, called_off_at"


def upgrade() -> None:
    _make_notes()
    _make_feeds()
    _make_wishes()
    _count_revisions()
    widen_keys()


def _make_notes() -> None:
    op.create_table(
        "note",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("written_at", Instant(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("person_id", Int, nullable=True),
        sa.Column("token_id", Int, nullable=True),
        sa.Column("shown_until", Day(), nullable=True),
        sa.Column("taken_down_at", Instant(), nullable=True),
        sa.Column("taken_down_by_id", Int, nullable=True),
        sa.Column("faded_at", Instant(), nullable=True),
        sa.CheckConstraint("kind IN ('handover', 'notice')", name=op.f("ck_note_kind")),
        sa.CheckConstraint(
            "(kind = 'notice') = (shown_until IS NOT NULL)", name=op.f("ck_note_shown_until")
        ),
        sa.CheckConstraint(
            "taken_down_at IS NULL OR faded_at IS NOT NULL", name=op.f("ck_note_taken_down")
        ),
        sa.CheckConstraint(
            "taken_down_by_id IS NULL OR taken_down_at IS NOT NULL", name=op.f("ck_note_by")
        ),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_note_depot_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_note_person_id")),
        sa.ForeignKeyConstraint(["token_id"], ["api_token.id"], name=op.f("fk_note_token_id")),
        sa.ForeignKeyConstraint(
            ["taken_down_by_id"], ["person.id"], name=op.f("fk_note_taken_down_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
        sa.UniqueConstraint("depot_id", "id", name=op.f("uq_note_depot_id_id")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_note_depot_id_kind_recorded_at"), "note", ["depot_id", "kind", "recorded_at"]
    )
    unfaded = sa.text("faded_at IS NULL")
    op.create_index(
        "ix_note_fading",
        "note",
        ["recorded_at"],
        sqlite_where=unfaded,
        postgresql_where=unfaded,
    )
    op.create_table(
        "note_line",
        sa.Column("note_id", Int, autoincrement=False, nullable=False),
        sa.Column("line", Int, autoincrement=False, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.CheckConstraint("length(text) BETWEEN 1 AND 500", name=op.f("ck_note_line_text")),
        sa.CheckConstraint("line > 0", name=op.f("ck_note_line_line")),
        within_depot("note_line", "note_id", "note"),
        sa.PrimaryKeyConstraint("note_id", "line", name=op.f("pk_note_line")),
        sqlite_strict=True,
    )
    op.create_table(
        "acknowledgement",
        sa.Column("note_id", Int, autoincrement=False, nullable=False),
        sa.Column("person_id", Int, autoincrement=False, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        within_depot("acknowledgement", "note_id", "note"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_acknowledgement_person_id")
        ),
        sa.PrimaryKeyConstraint("note_id", "person_id", name=op.f("pk_acknowledgement")),
        sqlite_strict=True,
    )
    make_append_only("acknowledgement")


def _make_feeds() -> None:
    op.create_table(
        "calendar_feed",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("person_id", Int, nullable=True),
        sa.Column("command_id", sa.Text(), nullable=False),
        sa.Column("secret_hash", sa.Text(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("created_by_id", Int, nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_calendar_feed_depot_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_calendar_feed_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_calendar_feed_created_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_calendar_feed_secret_hash")),
        sqlite_strict=True,
    )
    for name, columns, whose in (
        ("uq_calendar_feed_person", ["depot_id", "person_id"], "person_id IS NOT NULL"),
        ("uq_calendar_feed_depot", ["depot_id"], "person_id IS NULL"),
    ):
        counts = sa.text(f"ended_at IS NULL AND {whose}")
        op.create_index(
            name,
            "calendar_feed",
            columns,
            unique=True,
            sqlite_where=counts,
            postgresql_where=counts,
        )


def _make_wishes() -> None:
    op.create_table(
        "reminder_wish",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("person_id", Int, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("before_shifts", Flag(), nullable=False),
        sa.Column("each_week", Flag(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("confirmed_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.CheckConstraint("before_shifts OR each_week", name=op.f("ck_reminder_wish_wanted")),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_reminder_wish_depot_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_reminder_wish_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_wish")),
        sqlite_strict=True,
    )
    counts = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_reminder_wish_person",
        "reminder_wish",
        ["depot_id", "person_id"],
        unique=True,
        sqlite_where=counts,
        postgresql_where=counts,
    )


def _count_revisions() -> None:
    """Have the database count how often what a calendar shows was changed, whoever changes it."""
    op.add_column("activity", sa.Column("revision", Int, server_default="0", nullable=False))
    if op.get_bind().dialect.name == "sqlite":
        counted = "UPDATE activity SET revision = OLD.revision + 1 WHERE id = OLD.id"
        op.execute(
            f"CREATE TRIGGER activity_revised AFTER UPDATE OF {_SHOWN} ON activity "
            f"BEGIN {counted}; END"
        )
        return
    op.execute(
        "CREATE FUNCTION count_revision() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN NEW.revision := OLD.revision + 1; RETURN NEW; END $$"
    )
    op.execute(
        f"CREATE TRIGGER activity_revised BEFORE UPDATE OF {_SHOWN} ON activity "
        "FOR EACH ROW EXECUTE FUNCTION count_revision()"
    )


def downgrade() -> None:
    op.execute(
        "DROP TRIGGER activity_revised"
        + ("" if op.get_bind().dialect.name == "sqlite" else " ON activity")
    )
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION count_revision()")
    op.drop_column("activity", "revision")
    op.drop_table("reminder_wish")
    op.drop_table("calendar_feed")
    op.drop_table("acknowledgement")
    op.drop_table("note_line")
    op.drop_table("note")
