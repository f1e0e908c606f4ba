"""Keep who wants the first steps on Today no more."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Instant, Int
from depot.migrations.depot_keys import widen_keys

revision = "0069"
down_revision = "0068"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "put_away_steps",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("person_id", Int, nullable=True),
        sa.Column("put_away_at", Instant(), nullable=False),
        sa.CheckConstraint(
            "name IN ('first_week', 'first_minutes')", name=op.f("ck_put_away_steps_name")
        ),
        sa.CheckConstraint(
            "(name = 'first_week') = (person_id IS NULL)", name=op.f("ck_put_away_steps_whose")
        ),
        sa.ForeignKeyConstraint(
            ["depot_id"], ["depot.id"], name=op.f("fk_put_away_steps_depot_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_put_away_steps_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_put_away_steps")),
        sa.UniqueConstraint(
            "depot_id",
            "name",
            "person_id",
            name=op.f("uq_put_away_steps_depot_id_name_person_id"),
        ),
        sqlite_strict=True,
    )
    widen_keys()


def downgrade() -> None:
    op.drop_table("put_away_steps")
