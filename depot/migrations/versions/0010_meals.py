"""Which categories count as food, and how much food counts as a meal."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Flag, Int

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

#: What depots founded so far began with that nobody eats, by the keys of their names.
NOT_FOOD = ("hygiene", "household")
#: Grams a meal, words, source, version; the first is chosen.
FACTORS = (
    (
        544,
        "1.2 pounds (544 g) a meal",
        "Feeding America, after the USDA’s What We Eat in America",
        "2011–12",
    ),
    (
        500,
        "500 g a meal",
        "European Food Banks Federation (FEBA)",
        "from its published tonnes and meals a day: 768,000 t, 4.2 million",
    ),
    (
        420,
        "420 g a meal",
        "FareShare, United Kingdom",
        "from its published tonnes and meals: 53,894 t, 130 million",
    ),
    (626, "626 g a meal", "UN-FAO, as tools that measure impact use it", ""),
)


def upgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    default = sa.true() if postgresql else sa.text("1")
    op.add_column("category", sa.Column("is_food", Flag(), nullable=False, server_default=default))
    if postgresql:
        op.alter_column("category", "is_food", server_default=None)
    category = sa.table("category", sa.column("name_key", sa.Text), sa.column("is_food", Flag))
    op.execute(sa.update(category).where(category.c.name_key.in_(NOT_FOOD)).values(is_food=False))
    table = op.create_table(
        "meal_factor",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("grams_per_meal", Int, nullable=False),
        sa.Column("stated", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("is_chosen", Flag(), nullable=False),
        sa.CheckConstraint(
            "grams_per_meal BETWEEN 1 AND 100000", name=op.f("ck_meal_factor_grams")
        ),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_meal_factor_depot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meal_factor")),
        sa.UniqueConstraint("depot_id", "id", name=op.f("uq_meal_factor_depot_id_id")),
        sqlite_strict=True,
    )
    op.create_index(
        "uq_meal_factor_chosen",
        "meal_factor",
        ["depot_id"],
        unique=True,
        sqlite_where=sa.text("is_chosen = 1"),
        postgresql_where=sa.text("is_chosen"),
    )
    _give_factors(table)


def _give_factors(table: sa.Table) -> None:
    depots = op.get_bind().scalars(sa.text("SELECT id FROM depot ORDER BY id")).all()
    rows = [
        {
            "depot_id": depot_id,
            "grams_per_meal": grams,
            "stated": stated,
            "source": source,
            "version": version,
            "is_chosen": number == 0,
        }
        for depot_id in depots
        for number, (grams, stated, source, version) in enumerate(FACTORS)
    ]
    if rows:
        op.bulk_insert(table, rows)


def downgrade() -> None:
    op.drop_table("meal_factor")
    op.drop_column("category", "is_food")
