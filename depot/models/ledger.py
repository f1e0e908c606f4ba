"""The append-only ledger. Triggers refuse every UPDATE and DELETE on these four tables."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    Exists,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Text,
    UniqueConstraint,
    exists,
    false,
    text,
)
from sqlalchemy.orm import Mapped, aliased, mapped_column

from depot.base.kinds import ENTRY_KINDS, EntryKind, ReasonOfEntry, SourceOfEntry, check_of
from depot.base.units import MAX_MOVE
from depot.db.columns import STRICT, Base, Day, Flag, Instant, Int


class StockEntry(Base):
    __tablename__ = "stock_entry"
    __table_args__ = (
        UniqueConstraint("depot_id", "id"),
        UniqueConstraint("depot_id", "seq"),
        UniqueConstraint("depot_id", "command_id"),
        UniqueConstraint("reverses_id"),
        ForeignKeyConstraint(
            ["depot_id", "reverses_id"], ["stock_entry.depot_id", "stock_entry.id"]
        ),
        ForeignKeyConstraint(
            ["depot_id", "event_id"], ["distribution_event.depot_id", "distribution_event.id"]
        ),
        ForeignKeyConstraint(["depot_id", "partner_id"], ["partner.depot_id", "partner.id"]),
        CheckConstraint(check_of("kind", ENTRY_KINDS), name="kind"),
        CheckConstraint("seq > 0", name="seq"),
        CheckConstraint("(kind = 'reversal') = (reverses_id IS NOT NULL)", name="reverses"),
        CheckConstraint("length(seal) = 64", name="seal"),
        Index(None, "depot_id", "occurred_at"),
        Index(
            "ix_stock_entry_event",
            "depot_id",
            "event_id",
            sqlite_where=text("event_id IS NOT NULL"),
        ),
        Index(
            "ix_stock_entry_partner",
            "depot_id",
            "partner_id",
            "occurred_at",
            sqlite_where=text("partner_id IS NOT NULL"),
        ),
        # what is unique above holds nothing in most rows: by statistics it looks worthless
        Index("ix_stock_entry_undo", "reverses_id", sqlite_where=text("reverses_id IS NOT NULL")),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    seq: Mapped[int] = mapped_column(Int)
    kind: Mapped[EntryKind] = mapped_column(Text)
    #: When it happened on the floor, and the depot's calendar day of that instant.
    occurred_at: Mapped[datetime] = mapped_column(Instant)
    occurred_on: Mapped[date] = mapped_column(Day)
    #: When it was written here.
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    command_id: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    token_id: Mapped[int | None] = mapped_column(Int, ForeignKey("api_token.id"))
    source_kind: Mapped[SourceOfEntry] = mapped_column(Text, default="")
    partner_id: Mapped[int | None] = mapped_column(Int)
    event_id: Mapped[int | None] = mapped_column(Int)
    reason: Mapped[ReasonOfEntry] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")
    reverses_id: Mapped[int | None] = mapped_column(Int)
    seal: Mapped[str] = mapped_column(Text)


def is_undone() -> Exists:
    """Say whether the entry of a statement was undone, for statements that read of StockEntry."""
    undoing = aliased(StockEntry)
    return exists().where(undoing.reverses_id == StockEntry.id)


class StockMove(Base):
    __tablename__ = "stock_move"
    __table_args__ = (
        UniqueConstraint("entry_id", "line"),
        ForeignKeyConstraint(["depot_id", "entry_id"], ["stock_entry.depot_id", "stock_entry.id"]),
        ForeignKeyConstraint(["depot_id", "item_id"], ["item.depot_id", "item.id"]),
        ForeignKeyConstraint(["depot_id", "lot_id"], ["lot.depot_id", "lot.id"]),
        ForeignKeyConstraint(["depot_id", "source_id"], ["location.depot_id", "location.id"]),
        ForeignKeyConstraint(["depot_id", "target_id"], ["location.depot_id", "location.id"]),
        CheckConstraint(f"quantity > 0 AND quantity <= {MAX_MOVE}", name="quantity"),
        CheckConstraint("source_id <> target_id", name="two_legs"),
        CheckConstraint("weighed_grams > 0", name="weighed"),
        Index(None, "source_id", "entry_id"),
        Index(None, "target_id", "entry_id"),
        Index(None, "lot_id"),
        Index(None, "item_id", "entry_id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int)
    entry_id: Mapped[int] = mapped_column(Int)
    line: Mapped[int] = mapped_column(Int)
    item_id: Mapped[int] = mapped_column(Int)
    lot_id: Mapped[int] = mapped_column(Int)
    source_id: Mapped[int] = mapped_column(Int)
    target_id: Mapped[int] = mapped_column(Int)
    quantity: Mapped[int] = mapped_column(Int)
    #: What the scale said for this line, if someone weighed it; figures use the item's weight.
    weighed_grams: Mapped[int | None] = mapped_column(Int)
    #: No part of what happened: it brings the stock of now in line with an entry that came late.
    is_correction: Mapped[bool] = mapped_column(Flag, default=False, server_default=false())


class CratePlacement(Base):
    """A crate was put somewhere: on a shelf, on a pallet, in another crate."""

    __tablename__ = "crate_placement"
    __table_args__ = (
        ForeignKeyConstraint(["depot_id", "entry_id"], ["stock_entry.depot_id", "stock_entry.id"]),
        ForeignKeyConstraint(["depot_id", "crate_id"], ["location.depot_id", "location.id"]),
        ForeignKeyConstraint(["depot_id", "from_id"], ["location.depot_id", "location.id"]),
        ForeignKeyConstraint(["depot_id", "to_id"], ["location.depot_id", "location.id"]),
        UniqueConstraint("entry_id", "crate_id"),
        CheckConstraint("to_id IS NULL OR to_id <> crate_id", name="not_in_itself"),
        Index(None, "crate_id", "id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int)
    entry_id: Mapped[int] = mapped_column(Int)
    crate_id: Mapped[int] = mapped_column(Int)
    from_id: Mapped[int | None] = mapped_column(Int)
    to_id: Mapped[int | None] = mapped_column(Int)


class PeopleCount(Base):
    """People helped, as numbers alone; negative in the reversal of a mistaken count."""

    __tablename__ = "people_count"
    __table_args__ = (
        ForeignKeyConstraint(["depot_id", "entry_id"], ["stock_entry.depot_id", "stock_entry.id"]),
        ForeignKeyConstraint(
            ["depot_id", "event_id"], ["distribution_event.depot_id", "distribution_event.id"]
        ),
        Index(None, "depot_id", "occurred_on"),
        Index(None, "event_id"),
        STRICT,
    )

    entry_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    depot_id: Mapped[int] = mapped_column(Int)
    event_id: Mapped[int] = mapped_column(Int)
    occurred_on: Mapped[date] = mapped_column(Day)
    households: Mapped[int] = mapped_column(Int)
    #: None: not asked, which is not zero.
    adults: Mapped[int | None] = mapped_column(Int)
    children: Mapped[int | None] = mapped_column(Int)
    seniors: Mapped[int | None] = mapped_column(Int)
    new_households: Mapped[int | None] = mapped_column(Int)


class CountedStock(Base):
    """So many were there of an item or of one lot of it, at one place and time: a fact of a count.

    Without a lot it is all of the item that lies there in lots which the same count does not name.
    What was more than the book is of the spare lot. A count that found what the book had posts no
    entry and is a fact all the same; `seq` is where in the book it was made.
    """

    __tablename__ = "counted_stock"
    __table_args__ = (
        CheckConstraint("counted_quantity >= 0", name="counted"),
        ForeignKeyConstraint(["depot_id", "entry_id"], ["stock_entry.depot_id", "stock_entry.id"]),
        ForeignKeyConstraint(["depot_id", "location_id"], ["location.depot_id", "location.id"]),
        ForeignKeyConstraint(["depot_id", "item_id"], ["item.depot_id", "item.id"]),
        ForeignKeyConstraint(["depot_id", "lot_id"], ["lot.depot_id", "lot.id"]),
        ForeignKeyConstraint(["depot_id", "spare_lot_id"], ["lot.depot_id", "lot.id"]),
        Index(None, "depot_id", "occurred_at"),
        Index(None, "item_id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int)
    entry_id: Mapped[int | None] = mapped_column(Int)
    command_id: Mapped[str] = mapped_column(Text)
    seq: Mapped[int] = mapped_column(Int)
    occurred_at: Mapped[datetime] = mapped_column(Instant)
    location_id: Mapped[int] = mapped_column(Int)
    item_id: Mapped[int] = mapped_column(Int)
    lot_id: Mapped[int | None] = mapped_column(Int)
    counted_quantity: Mapped[int] = mapped_column(Int)
    spare_lot_id: Mapped[int | None] = mapped_column(Int)
