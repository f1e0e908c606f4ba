"""What was asked for once (idempotency) and what waits for a coordinator (discrepancies)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from depot.base.kinds import DISCREPANCY_KINDS, DiscrepancyKind, check_of
from depot.db.columns import STRICT, Base, Instant, Int


class CommandLog(Base):
    """Every accepted command and its first answer; a second arrival gets the same answer."""

    __tablename__ = "command_log"
    __table_args__ = (STRICT,)

    depot_id: Mapped[int] = mapped_column(
        Int, ForeignKey("depot.id"), primary_key=True, autoincrement=False
    )
    command_id: Mapped[str] = mapped_column(Text, primary_key=True)
    #: SHA-256 over the command's kind and contents, to tell a repeat from a reuse.
    body_hash: Mapped[str] = mapped_column(Text)
    #: The first answer, as JSON.
    answer: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(Instant)


class Discrepancy(Base):
    """A fact that was accepted although the ledger disagreed."""

    __tablename__ = "discrepancy"
    __table_args__ = (
        CheckConstraint(
            check_of("kind", DISCREPANCY_KINDS),
            name="kind",
        ),
        CheckConstraint("(resolved_at IS NULL) = (resolution = '')", name="resolution"),
        ForeignKeyConstraint(["depot_id", "entry_id"], ["stock_entry.depot_id", "stock_entry.id"]),
        ForeignKeyConstraint(["depot_id", "item_id"], ["item.depot_id", "item.id"]),
        ForeignKeyConstraint(["depot_id", "location_id"], ["location.depot_id", "location.id"]),
        Index(None, "depot_id", "resolved_at"),
        Index(None, "depot_id", "item_id"),
        Index(
            "ix_discrepancy_open",
            "depot_id",
            "kind",
            "item_id",
            sqlite_where=text("resolved_at IS NULL"),
        ),
        Index(None, "entry_id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    kind: Mapped[DiscrepancyKind] = mapped_column(Text)
    entry_id: Mapped[int | None] = mapped_column(Int)
    item_id: Mapped[int | None] = mapped_column(Int)
    location_id: Mapped[int | None] = mapped_column(Int)
    #: What the book said and what was said on the floor, in the item's base unit.
    expected_quantity: Mapped[int | None] = mapped_column(Int)
    actual_quantity: Mapped[int | None] = mapped_column(Int)
    #: A code or a name, where that is what it is about.
    detail: Mapped[str] = mapped_column(Text, default="")
    opened_at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    resolved_at: Mapped[datetime | None] = mapped_column(Instant)
    resolved_by_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    resolution: Mapped[str] = mapped_column(Text, default="")
