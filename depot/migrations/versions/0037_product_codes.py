"""Keep on a lot which product's code it bore: two products of one item are two lots."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

from depot.migrations.depot_keys import widen_keys
from depot.migrations.file_tables import rewrite_table

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

_SAME: Final = (
    "item_id",
    "origin_kind",
    "partner_id",
    "produced_by_seq",
    "lot_code",
    "date_kind",
    "date_text",
)
#: What a hold must name one of: a product's code alone will do now.
_NAMED: Final = (
    "item_id IS NOT NULL OR lot_code <> '' OR date_from IS NOT NULL OR date_to IS NOT NULL"
    " OR partner_id IS NOT NULL OR entry_id IS NOT NULL OR crate_id IS NOT NULL"
)
_NAMED_NOW: Final = f"{_NAMED} OR gtin <> ''"


def upgrade() -> None:
    op.add_column("lot", sa.Column("gtin", sa.Text(), nullable=False, server_default=""))
    if op.get_bind().dialect.name == "sqlite":
        rewrite_table("lot", (_unique(_SAME), _unique((*_SAME, "gtin"))))
        rewrite_table("hold", (f"CHECK ({_NAMED})", f"CHECK ({_NAMED_NOW})"))
        op.execute("REINDEX lot")
    else:
        _change_on_server((*_SAME, "gtin"), _NAMED_NOW)
    with_code = sa.text("gtin <> ''")
    op.create_index(
        "ix_lot_gtin",
        "lot",
        ["depot_id", "gtin"],
        sqlite_where=with_code,
        postgresql_where=with_code,
    )


def downgrade() -> None:
    op.drop_index("ix_lot_gtin", "lot")
    # two lots must stay two: the code stands behind the lot's own
    op.execute("UPDATE lot SET lot_code = trim(lot_code || ' ' || gtin) WHERE gtin <> ''")
    if op.get_bind().dialect.name == "sqlite":
        rewrite_table("lot", (_unique((*_SAME, "gtin")), _unique(_SAME)))
        rewrite_table("hold", (f"CHECK ({_NAMED_NOW})", f"CHECK ({_NAMED})"))
        op.execute("REINDEX lot")
    else:
        _change_on_server(_SAME, _NAMED)
    op.drop_column("lot", "gtin")


def _unique(columns: tuple[str, ...]) -> str:
    return f"CONSTRAINT uq_lot_identity UNIQUE ({', '.join(columns)})"


def _change_on_server(columns: tuple[str, ...], named: str) -> None:
    op.drop_constraint(op.f("uq_lot_identity"), "lot")
    op.create_unique_constraint(op.f("uq_lot_identity"), "lot", list(columns))
    op.drop_constraint(op.f("ck_hold_names_something"), "hold", type_="check")
    op.create_check_constraint(op.f("ck_hold_names_something"), "hold", named)
    widen_keys()
