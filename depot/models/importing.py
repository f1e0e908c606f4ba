"""What each import of a spreadsheet made and filled in, so that it can be undone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from depot.db.columns import STRICT, Base, Instant, Int


class SheetImport(Base):
    """One import."""

    __tablename__ = "sheet_import"
    __table_args__ = (
        UniqueConstraint("depot_id", "id"),
        ForeignKeyConstraint(["depot_id", "entry_id"], ["stock_entry.depot_id", "stock_entry.id"]),
        Index(None, "depot_id", "imported_at"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    #: items, locations, crates or stock.
    kind: Mapped[str] = mapped_column(Text)
    imported_at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    #: The opening entry that it posted, if it brought stock.
    entry_id: Mapped[int | None] = mapped_column(Int)
    undone_at: Mapped[datetime | None] = mapped_column(Instant)


class ImportedRow(Base):
    """A row that an import made, or one in which it filled something in."""

    __tablename__ = "imported_row"
    __table_args__ = (
        ForeignKeyConstraint(
            ["depot_id", "import_id"], ["sheet_import.depot_id", "sheet_import.id"]
        ),
        CheckConstraint("kind IN ('item', 'category', 'location', 'item_code')", name="kind"),
        STRICT,
    )

    import_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    row_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    depot_id: Mapped[int] = mapped_column(Int)
    #: JSON of the columns before and after, for a row that was there; empty for one that was made.
    before: Mapped[str] = mapped_column(Text, default="")
    after: Mapped[str] = mapped_column(Text, default="")
