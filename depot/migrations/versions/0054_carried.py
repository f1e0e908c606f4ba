"""Carry product codes and box numbers with transfers, tie them to offers; keep partners' phones."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Int
from depot.migrations.file_tables import rewrite_table

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None

_TEXTS: Final = (("transfer_line", "gtin"), ("transfer_crate", "box_number"), ("partner", "phone"))
_KEY: Final = "CONSTRAINT pk_transfer PRIMARY KEY (id)"
_NAME: Final = "fk_transfer_depot_id_offer_id"
_OFFER: Final = (
    f"CONSTRAINT {_NAME} FOREIGN KEY(depot_id, offer_id) REFERENCES offer (depot_id, id)"
)


def upgrade() -> None:
    on_server = op.get_bind().dialect.name == "postgresql"
    for table, column in _TEXTS:
        op.add_column(table, sa.Column(column, sa.Text(), nullable=False, server_default=""))
        if on_server:
            op.alter_column(table, column, server_default=None)
    op.add_column("transfer", sa.Column("offer_id", Int, nullable=True))
    if on_server:
        op.create_foreign_key(
            op.f(_NAME), "transfer", "offer", ["depot_id", "offer_id"], ["depot_id", "id"]
        )
    else:
        rewrite_table("transfer", (_KEY, f"{_OFFER}, \n\t{_KEY}"))


def downgrade() -> None:
    """Go back; what was carried along is known no more."""
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f(_NAME), "transfer")
    else:
        rewrite_table("transfer", (f"{_OFFER}, \n\t", ""))
    op.drop_column("transfer", "offer_id")
    for table, column in reversed(_TEXTS):
        op.drop_column(table, column)
