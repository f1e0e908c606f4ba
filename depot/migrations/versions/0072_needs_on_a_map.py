"""Keep where a depot stands, for maps that show what it needs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Int

revision = "0072"
down_revision = "0071"
branch_labels = None
depends_on = None

_TABLE = "needs_setting"
_BOUNDS = {"latitude_microdegrees": 90_000_000, "longitude_microdegrees": 180_000_000}
_BOTH = "(latitude_microdegrees IS NULL) = (longitude_microdegrees IS NULL)"


def upgrade() -> None:
    conditions = {
        f"ck_{_TABLE}_{column.partition('_')[0]}": f"{column} BETWEEN -{most} AND {most}"
        for column, most in _BOUNDS.items()
    } | {f"ck_{_TABLE}_both": _BOTH}
    if op.get_bind().dialect.name == "sqlite":
        # added as they are, since no table is made anew for a column with a condition
        latitude, longitude, both = conditions.items()
        for column, named in (
            ("latitude_microdegrees", (latitude,)),
            ("longitude_microdegrees", (longitude, both)),
        ):
            checks = "".join(f" CONSTRAINT {name} CHECK ({text})" for name, text in named)
            op.execute(f"ALTER TABLE {_TABLE} ADD COLUMN {column} INTEGER{checks}")
        return
    for column in _BOUNDS:
        op.add_column(_TABLE, sa.Column(column, Int, nullable=True))
    for name, text in conditions.items():
        op.create_check_constraint(op.f(name), _TABLE, text)


def downgrade() -> None:
    with op.batch_alter_table(_TABLE) as table:
        table.drop_constraint(op.f(f"ck_{_TABLE}_both"), type_="check")
        for column in _BOUNDS:
            table.drop_constraint(op.f(f"ck_{_TABLE}_{column.partition('_')[0]}"), type_="check")
            table.drop_column(column)
