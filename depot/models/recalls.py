"""Recalls: goods that are called back, what was found of them, and who was told when."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from depot.base.kinds import (
    CONTACT_KINDS,
    FINDING_OUTCOMES,
    TOLD_WAYS,
    ContactKind,
    FindingOutcome,
    ToldWay,
    check_of,
)
from depot.db.columns import STRICT, Base, Instant, Int


class Recall(Base):
    """Goods that are called back. Its hold says which they are; it is closed once, and kept."""

    __tablename__ = "recall"
    __table_args__ = (
        UniqueConstraint("depot_id", "id"),
        UniqueConstraint("depot_id", "hold_id"),
        ForeignKeyConstraint(["depot_id", "hold_id"], ["hold.depot_id", "hold.id"]),
        CheckConstraint("name <> ''", name="name"),
        CheckConstraint("closed_at >= made_at", name="closed"),
        Index("ix_recall_open", "depot_id", "id", sqlite_where=text("closed_at IS NULL")),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    name: Mapped[str] = mapped_column(Text)
    hold_id: Mapped[int] = mapped_column(Int)
    made_at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    token_id: Mapped[int | None] = mapped_column(Int, ForeignKey("api_token.id"))
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_by_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    closed_program_id: Mapped[int | None] = mapped_column(Int, ForeignKey("api_token.id"))
    #: What came of it, as whoever closed it says.
    close_note: Mapped[str] = mapped_column(Text, default="")


class RecallFinding(Base):
    """So much of a lot was looked for at a place, and what came of it."""

    __tablename__ = "recall_finding"
    __table_args__ = (
        UniqueConstraint("depot_id", "id"),
        ForeignKeyConstraint(["depot_id", "recall_id"], ["recall.depot_id", "recall.id"]),
        ForeignKeyConstraint(["depot_id", "lot_id"], ["lot.depot_id", "lot.id"]),
        ForeignKeyConstraint(["depot_id", "location_id"], ["location.depot_id", "location.id"]),
        ForeignKeyConstraint(["depot_id", "entry_id"], ["stock_entry.depot_id", "stock_entry.id"]),
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint(check_of("outcome", FINDING_OUTCOMES), name="outcome"),
        Index(None, "recall_id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    recall_id: Mapped[int] = mapped_column(Int)
    lot_id: Mapped[int] = mapped_column(Int)
    location_id: Mapped[int] = mapped_column(Int)
    #: In the item's base unit.
    quantity: Mapped[int] = mapped_column(Int)
    outcome: Mapped[FindingOutcome] = mapped_column(Text)
    #: What it posted: a loss, or that it was not there; what is kept posts nothing.
    entry_id: Mapped[int | None] = mapped_column(Int)
    occurred_at: Mapped[datetime] = mapped_column(Instant)
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    token_id: Mapped[int | None] = mapped_column(Int, ForeignKey("api_token.id"))
    note: Mapped[str] = mapped_column(Text, default="")


class RecallNotice(Base):
    """Somebody was told of a recall: who, how, when, and in which language if in writing."""

    __tablename__ = "recall_notice"
    __table_args__ = (
        UniqueConstraint("depot_id", "id"),
        ForeignKeyConstraint(["depot_id", "recall_id"], ["recall.depot_id", "recall.id"]),
        CheckConstraint(check_of("kind", CONTACT_KINDS), name="kind"),
        CheckConstraint(check_of("way", TOLD_WAYS), name="way"),
        CheckConstraint("name <> ''", name="name"),
        Index(None, "recall_id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    recall_id: Mapped[int] = mapped_column(Int)
    kind: Mapped[ContactKind] = mapped_column(Text)
    #: The partner, event or person that it is; 0 for somebody of whom only the name is known.
    contact_id: Mapped[int] = mapped_column(Int, default=0)
    #: As it was then.
    name: Mapped[str] = mapped_column(Text)
    way: Mapped[ToldWay] = mapped_column(Text)
    #: Where a mail went, and in which language.
    address: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")
    told_at: Mapped[datetime] = mapped_column(Instant)
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    token_id: Mapped[int | None] = mapped_column(Int, ForeignKey("api_token.id"))
