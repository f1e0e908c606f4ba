"""What is kept: categories, items, lots, and the partners goods come from."""

from __future__ import annotations

from datetime import date

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

from depot.base.dates import LIFE_UNITS, LifeUnit, ShelfLife
from depot.base.kinds import (
    DATE_KINDS,
    DATE_PRECISIONS,
    SOURCE_KINDS,
    DateKind,
    DatePrecision,
    OriginKind,
    SourceKind,
    check_of,
)
from depot.db.columns import STRICT, Base, Day, Flag, Int


class Category(Base):
    __tablename__ = "category"
    __table_args__ = (
        UniqueConstraint("depot_id", "name_key"),
        UniqueConstraint("depot_id", "id"),
        CheckConstraint("shelf_life_amount >= 0", name="extension"),
        CheckConstraint(check_of("shelf_life_unit", LIFE_UNITS), name="shelf_life_unit"),
        CheckConstraint("average_unit_milligrams > 0", name="average"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    name: Mapped[str] = mapped_column(Text)
    name_key: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int] = mapped_column(Int, default=100)
    #: How long after a best-before date its goods may be given out.
    shelf_life_amount: Mapped[int] = mapped_column(Int, default=0)
    shelf_life_unit: Mapped[LifeUnit] = mapped_column(Text, default="day")
    #: Who says so, and in which edition: "WRAP, April 2020".
    shelf_life_source: Mapped[str] = mapped_column(Text, default="")
    #: Weight assumed for a piece whose item has no weight; its share is marked "estimated".
    average_unit_milligrams: Mapped[int | None] = mapped_column(Int)
    #: Handed out, it counts in the meals of a report; soap and water do not.
    is_food: Mapped[bool] = mapped_column(Flag, default=True)
    archived: Mapped[bool] = mapped_column(Flag, default=False)


class Item(Base):
    __tablename__ = "item"
    __table_args__ = (
        UniqueConstraint("depot_id", "name_key"),
        UniqueConstraint("depot_id", "id"),
        ForeignKeyConstraint(["depot_id", "category_id"], ["category.depot_id", "category.id"]),
        CheckConstraint("base_unit IN ('piece', 'gram', 'millilitre')", name="base_unit"),
        CheckConstraint("unit_weight_milligrams > 0", name="unit_weight"),
        CheckConstraint("shelf_life_amount >= 0", name="shelf_life_amount"),
        CheckConstraint(
            check_of("shelf_life_unit", LIFE_UNITS)
            + " AND (shelf_life_unit IS NULL) = (shelf_life_amount IS NULL)",
            name="shelf_life_unit",
        ),
        CheckConstraint("NOT is_loose OR base_unit = 'gram'", name="loose_in_grams"),
        # one item of loose goods a category: what "12 kg bread" is booked on
        Index(
            "uq_item_loose",
            "category_id",
            unique=True,
            sqlite_where=text("is_loose = 1"),
        ),
        Index(None, "depot_id", "category_id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    category_id: Mapped[int] = mapped_column(Int)
    name: Mapped[str] = mapped_column(Text)
    name_key: Mapped[str] = mapped_column(Text)
    base_unit: Mapped[str] = mapped_column(Text)
    unit_weight_milligrams: Mapped[int | None] = mapped_column(Int)
    note: Mapped[str] = mapped_column(Text, default="")
    #: Codes of depot.base.allergens, in their order, with blanks between.
    allergens: Mapped[str] = mapped_column(Text, default="")
    #: Somebody looked for all fourteen: what is not named is not in it.
    allergens_known: Mapped[bool] = mapped_column(Flag, default=False)
    #: Whom it suits, one a line: codes of depot.base.allergens, then the depot's own words.
    diets: Mapped[str] = mapped_column(Text, default="")
    #: How long after best before it may be given out; None: as its category.
    shelf_life_amount: Mapped[int | None] = mapped_column(Int)
    shelf_life_unit: Mapped[LifeUnit | None] = mapped_column(Text)
    shelf_life_source: Mapped[str] = mapped_column(Text, default="")
    is_loose: Mapped[bool] = mapped_column(Flag, default=False)
    archived: Mapped[bool] = mapped_column(Flag, default=False)


def after_best_before(item: Item, category: Category) -> str:
    """Return how long after best before an item may be given out: its own, else its category's."""
    if item.shelf_life_unit is not None and item.shelf_life_amount is not None:
        return ShelfLife(item.shelf_life_amount, item.shelf_life_unit).text
    return ShelfLife(category.shelf_life_amount, category.shelf_life_unit).text


class ItemName(Base):
    """What an item is called in one more language; its own name is in the depot's."""

    __tablename__ = "item_name"
    __table_args__ = (
        UniqueConstraint("depot_id", "item_id", "language"),
        # one item for a name; in another language the same item may be called the same
        UniqueConstraint("depot_id", "name_key", "language"),
        ForeignKeyConstraint(["depot_id", "item_id"], ["item.depot_id", "item.id"]),
        CheckConstraint("language <> '' AND name_key <> ''", name="named"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int)
    item_id: Mapped[int] = mapped_column(Int)
    #: A catalogue's name: en, pt_BR.
    language: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    name_key: Mapped[str] = mapped_column(Text)


class Partner(Base):
    __tablename__ = "partner"
    __table_args__ = (
        UniqueConstraint("depot_id", "name_key"),
        UniqueConstraint("depot_id", "id"),
        CheckConstraint(check_of("source_kind", SOURCE_KINDS), name="source_kind"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    name: Mapped[str] = mapped_column(Text)
    name_key: Mapped[str] = mapped_column(Text)
    #: The source kind offered first for this partner.
    source_kind: Mapped[SourceKind] = mapped_column(Text, default="donation")
    #: Where receipts and statements go; empty if nobody said.
    mail_address: Mapped[str] = mapped_column(Text, default="")
    #: Where it is rung up; empty if nobody said.
    phone: Mapped[str] = mapped_column(Text, default="", server_default="")
    #: What its receipts, statements and mails are written in; empty: as the depot.
    language: Mapped[str] = mapped_column(Text, default="", server_default="")
    #: Whether it asks for goods by a link of its own.
    is_agency: Mapped[bool] = mapped_column(Flag, default=False)
    note: Mapped[str] = mapped_column(Text, default="")
    archived: Mapped[bool] = mapped_column(Flag, default=False)


class Lot(Base):
    """Same item, origin, date and code. Empty text, not NULL, so that UNIQUE means one."""

    __tablename__ = "lot"
    __table_args__ = (
        UniqueConstraint(
            "item_id",
            "origin_kind",
            "partner_id",
            "produced_by_seq",
            "lot_code",
            "date_kind",
            "date_text",
            "gtin",
            name="uq_lot_identity",
        ),
        UniqueConstraint("depot_id", "id"),
        Index(None, "depot_id", "item_id", "date_text"),
        # what an entry made; most lots were made by none
        Index(
            "ix_lot_produced",
            "depot_id",
            "produced_by_seq",
            sqlite_where=text("produced_by_seq > 0"),
        ),
        Index("ix_lot_gtin", "depot_id", "gtin", sqlite_where=text("gtin <> ''")),
        ForeignKeyConstraint(["depot_id", "item_id"], ["item.depot_id", "item.id"]),
        CheckConstraint(check_of("date_kind", DATE_KINDS), name="date_kind"),
        CheckConstraint("(date_kind = 'none') = (date_on IS NULL)", name="date_or_none"),
        CheckConstraint(check_of("date_precision", DATE_PRECISIONS), name="date_precision"),
        CheckConstraint("date_kind <> 'use_by' OR date_precision = 'day'", name="use_by_day"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    item_id: Mapped[int] = mapped_column(Int)
    #: A source kind, 'production' or 'opening'.
    origin_kind: Mapped[OriginKind] = mapped_column(Text)
    #: Who it came from; 0 if nobody is named.
    partner_id: Mapped[int] = mapped_column(Int, default=0)
    #: The production entry that made it (genealogy); 0 if it was not produced here.
    produced_by_seq: Mapped[int] = mapped_column(Int, default=0)
    lot_code: Mapped[str] = mapped_column(Text, default="")
    #: The product's code that stood on it, in 14 digits; empty if nobody scanned or typed one.
    gtin: Mapped[str] = mapped_column(Text, default="", server_default="")
    date_kind: Mapped[DateKind] = mapped_column(Text, default="none")
    #: The date as written: 2027-05-21, 2027-05, 2027-Q2 or 2027; empty without one.
    date_text: Mapped[str] = mapped_column(Text, default="")
    date_precision: Mapped[DatePrecision] = mapped_column(Text, default="")
    #: The last day the written date covers.
    date_on: Mapped[date | None] = mapped_column(Day)
    first_received_on: Mapped[date] = mapped_column(Day)
