"""Keep printers, own label sheets, replaced labels and what an item contains."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depot.db.columns import Flag, Instant, Int
from depot.migrations.append_only import make_append_only

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

#: A crate's code, once bound, stays bound: (name, when, on, condition, sentence).
_TAKEN_BY_LABEL = (
    "EXISTS (SELECT 1 FROM crate_label WHERE depot_id = NEW.depot_id AND code = NEW.code)"
)
_TAKEN_BY_CRATE = (
    "EXISTS (SELECT 1 FROM crate WHERE depot_id = NEW.depot_id AND code = NEW.code"
    " AND location_id <> NEW.crate_id)"
)
_CODE_FORGOTTEN = (
    "NEW.code <> OLD.code AND NOT EXISTS (SELECT 1 FROM crate_label WHERE depot_id = OLD.depot_id"
    " AND code = OLD.code AND crate_id = OLD.location_id)"
)
GUARDS = (
    ("crate_code_free", "BEFORE INSERT", "crate", _TAKEN_BY_LABEL, "this code was a crate's"),
    (
        "crate_code_still_free",
        "BEFORE UPDATE",
        "crate",
        f"NEW.code <> OLD.code AND {_TAKEN_BY_LABEL}",
        "this code was a crate's",
    ),
    (
        "crate_code_kept",
        "BEFORE UPDATE",
        "crate",
        _CODE_FORGOTTEN,
        "a bound code must be kept in crate_label",
    ),
    (
        "crate_stays_bound",
        "BEFORE UPDATE",
        "crate",
        "NEW.state = 'blank' AND OLD.state <> 'blank'",
        "a bound code is never blank again",
    ),
    (
        "crate_bound_stays",
        "BEFORE DELETE",
        "crate",
        "OLD.state <> 'blank'",
        "a bound code is never free again",
    ),
    (
        "crate_label_code_free",
        "BEFORE INSERT",
        "crate_label",
        _TAKEN_BY_CRATE,
        "this code is another crate's",
    ),
)


def upgrade() -> None:
    op.add_column("item", sa.Column("allergens", sa.Text(), nullable=False, server_default=""))
    _make_crate_label()
    _make_label_sheet()
    _make_printer()
    make_append_only("crate_label")
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        _guard_postgresql()


def _make_crate_label() -> None:
    op.create_table(
        "crate_label",
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("crate_id", Int, nullable=False),
        sa.Column("replaced_at", Instant(), nullable=False),
        sa.Column("person_id", Int, nullable=True),
        sa.ForeignKeyConstraint(
            ["crate_id"], ["crate.location_id"], name=op.f("fk_crate_label_crate_id")
        ),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_crate_label_depot_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_crate_label_person_id")
        ),
        sa.PrimaryKeyConstraint("depot_id", "code", name=op.f("pk_crate_label")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_crate_label_crate_id"), "crate_label", ["crate_id"])


def _make_label_sheet() -> None:
    lengths = (
        "page_width_micrometres",
        "page_height_micrometres",
        "label_width_micrometres",
        "label_height_micrometres",
        "left_micrometres",
        "top_micrometres",
        "pitch_x_micrometres",
        "pitch_y_micrometres",
    )
    op.create_table(
        "label_sheet",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        *(sa.Column(name, Int, nullable=False) for name in lengths),
        sa.Column("across", Int, nullable=False),
        sa.Column("down", Int, nullable=False),
        sa.Column("archived", Flag(), nullable=False),
        sa.CheckConstraint(
            "page_width_micrometres > 0 AND page_height_micrometres > 0"
            " AND label_width_micrometres > 0 AND label_height_micrometres > 0",
            name=op.f("ck_label_sheet_sizes"),
        ),
        sa.CheckConstraint(
            "left_micrometres >= 0 AND top_micrometres >= 0", name=op.f("ck_label_sheet_margins")
        ),
        sa.CheckConstraint(
            "across BETWEEN 1 AND 100 AND down BETWEEN 1 AND 100", name=op.f("ck_label_sheet_grid")
        ),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_label_sheet_depot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_label_sheet")),
        sa.UniqueConstraint("depot_id", "name_key", name=op.f("uq_label_sheet_depot_id_name_key")),
        sqlite_strict=True,
    )


def _make_printer() -> None:
    op.create_table(
        "printer",
        sa.Column("id", Int, nullable=False),
        sa.Column("depot_id", Int, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("offset_x_tenths", Int, nullable=False),
        sa.Column("offset_y_tenths", Int, nullable=False),
        sa.Column("label_width_tenths", Int, nullable=True),
        sa.Column("label_height_tenths", Int, nullable=True),
        sa.Column("dpi", Int, nullable=True),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("is_native", Flag(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("port", Int, nullable=True),
        sa.Column("archived", Flag(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('sheet', 'pdf_roll', 'zebra', 'brother')", name=op.f("ck_printer_kind")
        ),
        sa.CheckConstraint(
            "offset_x_tenths BETWEEN -200 AND 200 AND offset_y_tenths BETWEEN -200 AND 200",
            name=op.f("ck_printer_offset"),
        ),
        sa.CheckConstraint(
            "kind = 'sheet' OR (label_width_tenths > 0 AND label_height_tenths > 0)",
            name=op.f("ck_printer_label_size"),
        ),
        sa.CheckConstraint(
            "(host = '') = (address = '') AND (host = '') = (port IS NULL)",
            name=op.f("ck_printer_whole_address"),
        ),
        sa.CheckConstraint(
            "host = '' OR (kind IN ('zebra', 'brother') AND port BETWEEN 9100 AND 9109)",
            name=op.f("ck_printer_port"),
        ),
        sa.ForeignKeyConstraint(["depot_id"], ["depot.id"], name=op.f("fk_printer_depot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_printer")),
        sa.UniqueConstraint("depot_id", "name_key", name=op.f("uq_printer_depot_id_name_key")),
        sqlite_strict=True,
    )


def _guard_sqlite() -> None:
    for name, when, table, condition, sentence in GUARDS:
        op.execute(
            f"CREATE TRIGGER {name} {when} ON {table} WHEN {condition} "
            f"BEGIN SELECT RAISE(ABORT, '{sentence.replace(chr(39), chr(39) * 2)}'); END"
        )


def _guard_postgresql() -> None:
    for name, when, table, condition, sentence in GUARDS:
        kept = "OLD" if "DELETE" in when else "NEW"
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {condition} THEN RAISE EXCEPTION '{sentence.replace(chr(39), chr(39) * 2)}' "
            "USING ERRCODE = 'integrity_constraint_violation'; END IF; "
            f"RETURN {kept}; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {name} {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
        )


def downgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for name, _when, table, _condition, _sentence in GUARDS:
        op.execute(f"DROP TRIGGER {name}" + ("" if sqlite else f" ON {table}"))
        if not sqlite:
            op.execute(f"DROP FUNCTION {name}()")
    op.drop_table("printer")
    op.drop_table("label_sheet")
    op.drop_table("crate_label")
    op.drop_column("item", "allergens")
