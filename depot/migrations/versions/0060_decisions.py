"""Keep proposals with what each says to them, and how people treat each other here."""

from __future__ import annotations

from typing import Any, Final

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Day, Instant, Int
from depot.migrations.append_only import make_append_only
from depot.migrations.depot_keys import widen_keys, within_depot
from depot.migrations.words_of_checks import allow_words, forget_word

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None

_OUTCOMES: Final = "('agreed', 'not_agreed', 'withdrawn')"
_RESPONSES: Final = "('consent', 'concern', 'objection')"
_TABLES: Final = (
    "proposal",
    "proposal_wording",
    "spoken_name",
    "proposal_response",
    "proposal_review",
    "conduct_wording",
    "conduct_seen",
    "confidant",
    "agenda_item",
    "meeting_minutes",
)


def upgrade() -> None:
    _make_proposal()
    _make_wording()
    _make_response()
    _make_review()
    _make_conduct()
    _make_agenda()
    for table in ("proposal_wording", "proposal_response", "proposal_review", "conduct_wording"):
        make_append_only(table)
    op.add_column("role_change", sa.Column("proposal_id", Int, nullable=True))
    allow_words("setting_change", "kind", "conduct")
    widen_keys()


def _base(table: str, *persons: str, tokens: tuple[str, ...] = ()) -> list[Any]:
    """Return the columns and keys that each of the tables has, with those of people."""
    columns: list[Any] = [
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f(f"fk_{table}_depot_id")),
    ]
    for target, names in (("person", persons), ("api_token", tokens)):
        for name in names:
            key = op.f(f"fk_{table}_{name}")
            columns.append(sa.Column(name, Int, nullable=True))
            columns.append(sa.ForeignKeyConstraint([name], [f"{target}.id"], name=key))
    return columns


def _make_proposal() -> None:
    people = ("raised_by_id", "settled_by_id", "about_id")
    op.create_table(
        "proposal",
        *_base("proposal", *people, tokens=("raised_token_id", "settled_token_id")),
        sa.Column("version", Int, nullable=False),
        sa.Column("raised_at", Instant(), nullable=False),
        sa.Column("answer_by", Day(), nullable=True),
        sa.Column("replaces_id", Int, nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("outcome_text", sa.Text(), nullable=False),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.Column("in_room_count", Int, nullable=True),
        sa.Column("review_on", Day(), nullable=True),
        within_depot("proposal", "replaces_id", "proposal"),
        sa.UniqueConstraint("depot_id", "id", name=op.f("uq_proposal_depot_id_id")),
        sa.CheckConstraint("version > 0", name=op.f("ck_proposal_version")),
        sa.CheckConstraint(f"outcome IN {_OUTCOMES}", name=op.f("ck_proposal_outcome")),
        sa.CheckConstraint(
            "(outcome IS NULL) = (settled_at IS NULL)", name=op.f("ck_proposal_settled")
        ),
        sa.CheckConstraint("in_room_count > 0", name=op.f("ck_proposal_in_room_count")),
        sqlite_strict=True,
    )
    for column in ("settled_at", "review_on", "replaces_id"):
        op.create_index(op.f(f"ix_proposal_depot_id_{column}"), "proposal", ["depot_id", column])


def _make_wording() -> None:
    op.create_table(
        "proposal_wording",
        *_base("proposal_wording", "worded_by_id", tokens=("worded_token_id",)),
        sa.Column("proposal_id", Int, nullable=False),
        sa.Column("version", Int, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("worded_at", Instant(), nullable=False),
        within_depot("proposal_wording", "proposal_id", "proposal"),
        sa.UniqueConstraint(
            "depot_id",
            "proposal_id",
            "version",
            name=op.f("uq_proposal_wording_depot_id_proposal_id_version"),
        ),
        sa.CheckConstraint("version > 0", name=op.f("ck_proposal_wording_version")),
        sa.CheckConstraint("title <> '' AND text <> ''", name=op.f("ck_proposal_wording_text")),
        sqlite_strict=True,
    )


def _make_response() -> None:
    op.create_table(
        "spoken_name",
        *_base("spoken_name"),
        sa.Column("proposal_id", Int, nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("name_key", sa.Text(), nullable=True),
        sa.Column("spoken_at", Instant(), nullable=False),
        within_depot("spoken_name", "proposal_id", "proposal"),
        sa.UniqueConstraint("depot_id", "id", name=op.f("uq_spoken_name_depot_id_id")),
        sa.UniqueConstraint(
            "depot_id",
            "proposal_id",
            "name_key",
            name=op.f("uq_spoken_name_depot_id_proposal_id_name_key"),
        ),
        sa.CheckConstraint("(name IS NULL) = (name_key IS NULL)", name=op.f("ck_spoken_name_name")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_spoken_name_depot_id_spoken_at"), "spoken_name", ["depot_id", "spoken_at"]
    )
    table = "proposal_response"
    op.create_table(
        table,
        *_base(table, "person_id", "recorded_by_id", tokens=("recorded_token_id",)),
        sa.Column("proposal_id", Int, nullable=False),
        sa.Column("version", Int, nullable=False),
        sa.Column("spoken_name_id", Int, nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("said_at", Instant(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        within_depot(table, "spoken_name_id", "spoken_name"),
        sa.ForeignKeyConstraint(
            ["depot_id", "proposal_id", "version"],
            [
                "proposal_wording.depot_id",
                "proposal_wording.proposal_id",
                "proposal_wording.version",
            ],
            name=op.f(f"fk_{table}_depot_id_proposal_id_version"),
        ),
        sa.CheckConstraint(f"kind IN {_RESPONSES}", name=op.f(f"ck_{table}_kind")),
        sa.CheckConstraint("kind = 'consent' OR text <> ''", name=op.f(f"ck_{table}_reason")),
        sa.CheckConstraint(
            "(person_id IS NULL) <> (spoken_name_id IS NULL)", name=op.f(f"ck_{table}_who")
        ),
        sqlite_strict=True,
    )
    op.create_index(
        op.f(f"ix_{table}_depot_id_proposal_id_id"), table, ["depot_id", "proposal_id", "id"]
    )


def _make_review() -> None:
    table = "proposal_review"
    op.create_table(
        table,
        *_base(table, "looked_by_id", tokens=("looked_token_id",)),
        sa.Column("proposal_id", Int, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("review_on", Day(), nullable=True),
        sa.Column("looked_at", Instant(), nullable=False),
        within_depot(table, "proposal_id", "proposal"),
        sqlite_strict=True,
    )
    op.create_index(
        op.f(f"ix_{table}_depot_id_proposal_id_id"), table, ["depot_id", "proposal_id", "id"]
    )


def _make_conduct() -> None:
    op.create_table(
        "conduct_wording",
        *_base("conduct_wording", "worded_by_id", tokens=("worded_token_id",)),
        sa.Column("version", Int, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("worded_at", Instant(), nullable=False),
        sa.UniqueConstraint(
            "depot_id", "version", name=op.f("uq_conduct_wording_depot_id_version")
        ),
        sa.CheckConstraint("version > 0", name=op.f("ck_conduct_wording_version")),
        sa.CheckConstraint("text <> ''", name=op.f("ck_conduct_wording_text")),
        sqlite_strict=True,
    )
    op.create_table(
        "conduct_seen",
        *_base("conduct_seen"),
        sa.Column("person_id", Int, nullable=False),
        sa.Column("version", Int, nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_conduct_seen_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["depot_id", "version"],
            ["conduct_wording.depot_id", "conduct_wording.version"],
            name=op.f("fk_conduct_seen_depot_id_version"),
        ),
        sa.UniqueConstraint(
            "depot_id",
            "person_id",
            "version",
            name=op.f("uq_conduct_seen_depot_id_person_id_version"),
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "confidant",
        *_base("confidant", "person_id"),
        sa.Column("place", Int, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("reach", sa.Text(), nullable=False),
        sa.UniqueConstraint("depot_id", "place", name=op.f("uq_confidant_depot_id_place")),
        sa.CheckConstraint("place BETWEEN 1 AND 3", name=op.f("ck_confidant_place")),
        sa.CheckConstraint("(person_id IS NULL) <> (name = '')", name=op.f("ck_confidant_who")),
        sqlite_strict=True,
    )


def _make_agenda() -> None:
    table = "agenda_item"
    op.create_table(
        table,
        *_base(table, "added_by_id", "minuted_by_id"),
        sa.Column("activity_id", Int, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("proposal_id", Int, nullable=True),
        sa.Column("minute", sa.Text(), nullable=False),
        sa.Column("added_at", Instant(), nullable=False),
        sa.Column("minuted_at", Instant(), nullable=True),
        sa.Column("taken_off_at", Instant(), nullable=True),
        within_depot(table, "activity_id", "activity"),
        sa.CheckConstraint("title <> ''", name=op.f(f"ck_{table}_title")),
        sa.CheckConstraint(
            "(minute = '') OR (minuted_at IS NOT NULL)", name=op.f(f"ck_{table}_minute")
        ),
        sqlite_strict=True,
    )
    op.create_index(
        op.f(f"ix_{table}_depot_id_activity_id_id"), table, ["depot_id", "activity_id", "id"]
    )
    table = "meeting_minutes"
    op.create_table(
        table,
        *_base(table, "written_by_id"),
        sa.Column("activity_id", Int, nullable=False),
        sa.Column("others", sa.Text(), nullable=False),
        sa.Column("in_room_count", Int, nullable=True),
        sa.Column("written_at", Instant(), nullable=False),
        within_depot(table, "activity_id", "activity"),
        sa.UniqueConstraint(
            "depot_id", "activity_id", name=op.f(f"uq_{table}_depot_id_activity_id")
        ),
        sa.CheckConstraint("in_room_count > 0", name=op.f(f"ck_{table}_in_room_count")),
        sqlite_strict=True,
    )


def downgrade() -> None:
    """Go back; what was decided is known no more, and rights given by it bear another seal."""
    forget_word("setting_change", "kind", "conduct")
    op.drop_column("role_change", "proposal_id")
    for table in reversed(_TABLES):
        op.drop_table(table)
