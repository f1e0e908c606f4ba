"""Let people take their name along, out of the journal and of who was told of a recall too."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Day, Instant, Int
from depot.migrations.append_only import (
    let_be_forgotten,
    let_nothing_be_forgotten,
)
from depot.migrations.depot_keys import widen_keys, within_depot
from depot.migrations.file_tables import rewrite_table
from depot.migrations.words_of_checks import allow_words, forget_word

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

_CHECKS: Final = {
    "ck_person_left": "(left_at IS NOT NULL) = (name = 'somebody who left')",
    "ck_person_left_no_sign_in": "left_at IS NULL OR login IS NULL",
}
_PERSON_KEY: Final = "CONSTRAINT pk_person PRIMARY KEY (id)"
_EVENT_KEY: Final = "CONSTRAINT pk_access_event PRIMARY KEY (id)"
_SUBJECT: Final = "fk_access_event_subject_id"
_SUBJECT_KEY: Final = f"CONSTRAINT {_SUBJECT} FOREIGN KEY(subject_id) REFERENCES person (id)"
_DAYS: Final = "attendance_day"
_WILLING: Final = "duty_willing"
_PART: Final = "ck_assignment_person"
_PART_KEY: Final = "CONSTRAINT pk_assignment PRIMARY KEY (id)"
_OF_SOMEBODY: Final = "person_id IS NOT NULL OR activity_id IS NOT NULL"
#: What of a notice says who it was, and may be taken away: the number stays.
_NOTICE: Final = "recall_notice"
_PERSONAL: Final = {"name": "somebody who left", "address": ""}


def upgrade() -> None:
    # whoever was called so by chance
    op.execute("UPDATE person SET name = 'Somebody' WHERE name = 'somebody who left'")
    op.add_column("person", sa.Column("left_at", Instant(), nullable=True))
    op.add_column("access_event", sa.Column("subject_id", Int, nullable=True))
    if op.get_bind().dialect.name == "sqlite":
        made = "".join(f"CONSTRAINT {name} CHECK ({text}), \n\t" for name, text in _CHECKS.items())
        rewrite_table("person", (_PERSON_KEY, f"{made}{_PERSON_KEY}"))
        rewrite_table("access_event", (_EVENT_KEY, f"{_SUBJECT_KEY}, \n\t{_EVENT_KEY}"))
    else:
        for name, text in _CHECKS.items():
            op.create_check_constraint(op.f(name), "person", text)
        op.create_foreign_key(op.f(_SUBJECT), "access_event", "person", ["subject_id"], ["id"])
    allow_words("setting_change", "kind", "erasure")
    _let_attendance_be_a_number()
    let_be_forgotten(_NOTICE, _PERSONAL)
    _make_willing()
    _make_attendance_days()
    widen_keys()


def _make_attendance_days() -> None:
    op.create_table(
        _DAYS,
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("day", Day(), nullable=False),
        sa.Column("people", Int, nullable=False),
        sa.CheckConstraint("people > 0", name=op.f(f"ck_{_DAYS}_people")),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f(f"fk_{_DAYS}_depot_id")),
        sa.PrimaryKeyConstraint("depot_id", "day", name=op.f(f"pk_{_DAYS}")),
        sqlite_strict=True,
    )


def _make_willing() -> None:
    op.create_table(
        _WILLING,
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("routine_id", Int, nullable=False),
        sa.Column("person_id", Int, nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.CheckConstraint(
            "ended_at IS NULL OR ended_at >= since", name=op.f(f"ck_{_WILLING}_ended_at")
        ),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f(f"fk_{_WILLING}_depot_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f(f"fk_{_WILLING}_person_id")
        ),
        within_depot(_WILLING, "routine_id", "routine"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_WILLING}")),
        sa.UniqueConstraint("depot_id", "id", name=op.f(f"uq_{_WILLING}_depot_id_id")),
        sqlite_strict=True,
    )
    live = sa.text("ended_at IS NULL")
    op.create_index(
        op.f(f"uq_{_WILLING}_live"),
        _WILLING,
        ["depot_id", "routine_id", "person_id"],
        unique=True,
        sqlite_where=live,
        postgresql_where=live,
    )


def _let_attendance_be_a_number() -> None:
    """Let a part in something long ago be nobody's."""
    if op.get_bind().dialect.name == "sqlite":
        made = f"CONSTRAINT {_PART} CHECK ({_OF_SOMEBODY}), \n\t{_PART_KEY}"
        rewrite_table(
            "assignment",
            ("person_id INTEGER NOT NULL", "person_id INTEGER"),
            (_PART_KEY, made),
        )
    else:
        op.alter_column("assignment", "person_id", nullable=True)
        op.create_check_constraint(op.f(_PART), "assignment", _OF_SOMEBODY)


def downgrade() -> None:
    """Go back; who left keeps the words for a name, and what was erased is not there again."""
    op.drop_table(_DAYS)
    op.drop_table(_WILLING)
    let_nothing_be_forgotten(_NOTICE)
    if op.get_bind().dialect.name == "sqlite":
        made = "".join(f"CONSTRAINT {name} CHECK ({text}), \n\t" for name, text in _CHECKS.items())
        rewrite_table("person", (made, ""))
        rewrite_table("access_event", (f"{_SUBJECT_KEY}, \n\t", ""))
    else:
        for name in _CHECKS:
            op.drop_constraint(op.f(name), "person", type_="check")
        op.drop_constraint(op.f(_SUBJECT), "access_event", type_="foreignkey")
    _drop_attendance()
    forget_word("setting_change", "kind", "erasure")
    op.drop_column("access_event", "subject_id")
    op.drop_column("person", "left_at")


def _drop_attendance() -> None:
    """Leave out what is nobody's: it has no place without a person."""
    op.execute(
        "UPDATE assignment SET instead_of_id = NULL WHERE instead_of_id IN"
        " (SELECT id FROM assignment WHERE person_id IS NULL)"
    )
    op.execute("DELETE FROM assignment WHERE person_id IS NULL")
    if op.get_bind().dialect.name == "sqlite":
        rewrite_table(
            "assignment",
            (f"CONSTRAINT {_PART} CHECK ({_OF_SOMEBODY}), \n\t", ""),
            ("person_id INTEGER", "person_id INTEGER NOT NULL"),
        )
    else:
        op.drop_constraint(op.f(_PART), "assignment", type_="check")
        op.alter_column("assignment", "person_id", nullable=False)
