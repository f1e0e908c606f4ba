"""Kinds of parcels, in versions, and for which households an event's plan was multiplied out. All
but a parcel's name is kept as it was written: triggers refuse every UPDATE and DELETE."""

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

from depot.base.kinds import PARCEL_PERS, PARCEL_ROLES, ParcelPer, ParcelRole, check_of
from depot.base.units import BASE_UNITS, MAX_MOVE
from depot.db.columns import STRICT, Base, Flag, Instant, Int


class Parcel(Base):
    """A kind of parcel, by name. What is in it is in its versions."""

    __tablename__ = "parcel"
    __table_args__ = (
        UniqueConstraint("depot_id", "name_key"),
        UniqueConstraint("depot_id", "id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    name: Mapped[str] = mapped_column(Text)
    name_key: Mapped[str] = mapped_column(Text)
    archived: Mapped[bool] = mapped_column(Flag, default=False)


class ParcelVersion(Base):
    """A parcel as it was from one edit to the next; the one with the highest number counts."""

    __tablename__ = "parcel_version"
    __table_args__ = (
        UniqueConstraint("parcel_id", "version"),
        UniqueConstraint("depot_id", "id"),
        ForeignKeyConstraint(["depot_id", "parcel_id"], ["parcel.depot_id", "parcel.id"]),
        CheckConstraint("version > 0", name="version"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int)
    parcel_id: Mapped[int] = mapped_column(Int)
    version: Mapped[int] = mapped_column(Int)
    #: The names of its sizes, one a line; empty where it goes by people.
    sizes: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))


class ParcelLine(Base):
    """Something that is in the parcel: one of its items, or anything of a category."""

    __tablename__ = "parcel_line"
    __table_args__ = (
        UniqueConstraint("version_id", "line"),
        UniqueConstraint("depot_id", "id"),
        ForeignKeyConstraint(
            ["depot_id", "version_id"], ["parcel_version.depot_id", "parcel_version.id"]
        ),
        ForeignKeyConstraint(["depot_id", "category_id"], ["category.depot_id", "category.id"]),
        CheckConstraint(check_of("unit", BASE_UNITS), name="unit"),
        Index(None, "category_id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int)
    version_id: Mapped[int] = mapped_column(Int)
    line: Mapped[int] = mapped_column(Int)
    unit: Mapped[str] = mapped_column(Text)
    #: None: one of the items of the line.
    category_id: Mapped[int | None] = mapped_column(Int)


class ParcelAmount(Base):
    """How much of a line goes to each household, adult or child, or to a household of a size."""

    __tablename__ = "parcel_amount"
    __table_args__ = (
        ForeignKeyConstraint(["depot_id", "line_id"], ["parcel_line.depot_id", "parcel_line.id"]),
        CheckConstraint(check_of("per", PARCEL_PERS), name="per"),
        CheckConstraint("(per = 'size') = (size > 0) AND size >= 0", name="size"),
        CheckConstraint(f"quantity > 0 AND quantity <= {MAX_MOVE}", name="quantity"),
        STRICT,
    )

    line_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    per: Mapped[ParcelPer] = mapped_column(Text, primary_key=True)
    #: Which of the version's sizes, from 1; else 0.
    size: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    depot_id: Mapped[int] = mapped_column(Int)
    quantity: Mapped[int] = mapped_column(Int)


class ParcelItem(Base):
    """An item of a line: what it is of, what may stand in, or what a diet has instead."""

    __tablename__ = "parcel_item"
    __table_args__ = (
        ForeignKeyConstraint(["depot_id", "line_id"], ["parcel_line.depot_id", "parcel_line.id"]),
        ForeignKeyConstraint(["depot_id", "item_id"], ["item.depot_id", "item.id"]),
        CheckConstraint(check_of("role", PARCEL_ROLES), name="role"),
        CheckConstraint("(role = 'diet') = (diet <> '')", name="diet"),
        CheckConstraint("item_id IS NOT NULL OR role = 'diet'", name="item"),
        Index(None, "item_id"),
        STRICT,
    )

    line_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    depot_id: Mapped[int] = mapped_column(Int)
    role: Mapped[ParcelRole] = mapped_column(Text)
    diet: Mapped[str] = mapped_column(Text, default="")
    #: None: those who eat so get nothing of the line.
    item_id: Mapped[int | None] = mapped_column(Int)


class EventParcel(Base):
    """So many households alike, for whom an event's plan was multiplied out by a version."""

    __tablename__ = "event_parcel"
    __table_args__ = (
        ForeignKeyConstraint(
            ["depot_id", "event_id"], ["distribution_event.depot_id", "distribution_event.id"]
        ),
        ForeignKeyConstraint(
            ["depot_id", "version_id"], ["parcel_version.depot_id", "parcel_version.id"]
        ),
        CheckConstraint("households > 0", name="households"),
        CheckConstraint("adults >= 0 AND children >= 0 AND size >= 0", name="people"),
        Index(None, "version_id"),
        STRICT,
    )

    event_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    line: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    depot_id: Mapped[int] = mapped_column(Int)
    version_id: Mapped[int] = mapped_column(Int)
    adults: Mapped[int] = mapped_column(Int, default=0)
    children: Mapped[int] = mapped_column(Int, default=0)
    size: Mapped[int] = mapped_column(Int, default=0)
    diet: Mapped[str] = mapped_column(Text, default="")
    households: Mapped[int] = mapped_column(Int)
