"""What a depot says about its needs, which ways it shows them, and the lists it has shown."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from depot.db.columns import STRICT, Base, Day, Flag, Instant, Int


class NeedsSetting(Base):
    """Where a depot shows what it needs; without a row, nowhere."""

    __tablename__ = "needs_setting"
    __table_args__ = (
        CheckConstraint(
            "latitude_microdegrees BETWEEN -90000000 AND 90000000",
            name="latitude",
        ),
        CheckConstraint(
            "longitude_microdegrees BETWEEN -180000000 AND 180000000",
            name="longitude",
        ),
        CheckConstraint(
            "(latitude_microdegrees IS NULL) = (longitude_microdegrees IS NULL)", name="both"
        ),
        STRICT,
    )

    depot_id: Mapped[int] = mapped_column(
        Int, ForeignKey("depot.id"), primary_key=True, autoincrement=False
    )
    at_door: Mapped[bool] = mapped_column(Flag, default=False)
    on_poster: Mapped[bool] = mapped_column(Flag, default=False)
    on_page: Mapped[bool] = mapped_column(Flag, default=False)
    as_json: Mapped[bool] = mapped_column(Flag, default=False)
    as_feed: Mapped[bool] = mapped_column(Flag, default=False)
    #: Where and when to bring things, as everybody reads it.
    words: Mapped[str] = mapped_column(Text, default="")
    #: Where that is, for maps: millionths of a degree, north and east positive.
    latitude_microdegrees: Mapped[int | None] = mapped_column(Int)
    longitude_microdegrees: Mapped[int | None] = mapped_column(Int)


class NeedRule(Base):
    """What a coordinator knows better than the figures, of one category or of one item."""

    __tablename__ = "need_rule"
    __table_args__ = (
        UniqueConstraint("depot_id", "category_id"),
        UniqueConstraint("depot_id", "item_id"),
        ForeignKeyConstraint(["depot_id", "category_id"], ["category.depot_id", "category.id"]),
        ForeignKeyConstraint(["depot_id", "item_id"], ["item.depot_id", "item.id"]),
        CheckConstraint("(category_id IS NULL) <> (item_id IS NULL)", name="one_subject"),
        CheckConstraint("share_permille BETWEEN 1 AND 1000", name="share"),
        CheckConstraint("minimum_quantity > 0", name="minimum"),
        CheckConstraint("said IN ('', 'short', 'enough', 'too_much')", name="said"),
        CheckConstraint("(said = '') = (said_until IS NULL)", name="said_until"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    category_id: Mapped[int | None] = mapped_column(Int)
    item_id: Mapped[int | None] = mapped_column(Int)
    #: The share of the stock it should have, in thousandths; None: as it is handed out.
    share_permille: Mapped[int | None] = mapped_column(Int)
    #: Below this it is short: in the item's base unit, for a category in grams.
    minimum_quantity: Mapped[int | None] = mapped_column(Int)
    #: What is said whatever the figures are, to the end of `said_until`; empty: nothing.
    said: Mapped[str] = mapped_column(Text, default="")
    said_until: Mapped[date | None] = mapped_column(Day)
    #: A few words beside the name, as everybody reads them.
    note: Mapped[str] = mapped_column(Text, default="")
    is_left_out: Mapped[bool] = mapped_column(Flag, default=False)
    changed_by_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    changed_at: Mapped[datetime] = mapped_column(Instant)


class NeedsList(Base):
    """What a depot told everybody it needs, from one moment to the next row's; the last counts."""

    __tablename__ = "needs_list"
    __table_args__ = (Index(None, "depot_id", "id"), STRICT)

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    changed_at: Mapped[datetime] = mapped_column(Instant)
    #: JSON: {"short": [{"name", "note"}], "too_much": [...]}.
    content: Mapped[str] = mapped_column(Text)
