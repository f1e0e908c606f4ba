"""Put the depot into every key of its tables on a server, so that an engine can spread depots."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.migrations.depot_keys import narrow_keys, widen_keys

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_LOOSE = "uq_item_loose"


def upgrade() -> None:
    _key_loose_items("category_id", "depot_id")
    widen_keys()


def downgrade() -> None:
    narrow_keys()
    _key_loose_items("category_id")


def _key_loose_items(*columns: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        return
    op.drop_index(_LOOSE, "item")
    op.create_index(_LOOSE, "item", columns, unique=True, postgresql_where=sa.text("is_loose"))
