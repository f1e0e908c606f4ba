"""Let crates be found by the beginning of a code's half, a box number or the number in it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

#: What ranges are asked of: by the letters' numbers, as SQLite compares, not by a language.
RANGED = ("code", "box_number_key")
_DIGITLESS = "box_number_key"
for _digit in "123456789":
    _DIGITLESS = f"replace({_DIGITLESS}, '{_digit}', '')"
#: A box number from its first digit that is no zero: 17 of BOX 017.
NUMBER = f"ltrim(box_number_key, {_DIGITLESS})"


def upgrade() -> None:
    _compare_by("C")
    op.create_index("ix_crate_half", "crate", ["depot_id", sa.text("substr(code, 6)")])
    has_number = sa.text("box_number_key <> ''")
    op.create_index(
        "ix_crate_number",
        "crate",
        ["depot_id", sa.text(NUMBER)],
        sqlite_where=has_number,
        postgresql_where=has_number,
    )


def downgrade() -> None:
    op.drop_index("ix_crate_number", "crate")
    op.drop_index("ix_crate_half", "crate")
    _compare_by("default")


def _compare_by(collation: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        for column in RANGED:
            op.execute(f'ALTER TABLE crate ALTER COLUMN {column} TYPE text COLLATE "{collation}"')
