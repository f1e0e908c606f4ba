"""Agencies: partners that ask for goods, what they say of themselves, and what they asked for."""

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

from depot.base.kinds import check_of
from depot.db.columns import STRICT, Base, Day, Flag, Instant, Int

#: What a request is; that it was handed over says its entry.
REQUEST_STATES = ("asked", "withdrawn", "declined", "approved")


class AgencyLink(Base):
    """A link to the pages of one agency. Its secret itself is nowhere, only its hash.

    It is asked before anybody knows which depot it is about, so it points at no depot's table.
    """

    __tablename__ = "agency_link"
    __table_args__ = (
        UniqueConstraint("token_hash"),
        Index(None, "depot_id", "partner_id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    partner_id: Mapped[int] = mapped_column(Int)
    token_hash: Mapped[str] = mapped_column(Text)
    #: What its pages are written in; empty: as the browser asks.
    language: Mapped[str] = mapped_column(Text, default="")
    created_by_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)


class AgencyStatement(Base):
    """What an agency said of itself on a day: how many people it serves, what it needs."""

    __tablename__ = "agency_statement"
    __table_args__ = (
        UniqueConstraint("depot_id", "id"),
        ForeignKeyConstraint(["depot_id", "partner_id"], ["partner.depot_id", "partner.id"]),
        CheckConstraint("people BETWEEN 0 AND 1000000", name="people"),
        CheckConstraint("per IN ('week', 'month')", name="per"),
        CheckConstraint("length(needs) <= 1000", name="needs"),
        Index(None, "depot_id", "partner_id", "id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int)
    partner_id: Mapped[int] = mapped_column(Int)
    people: Mapped[int] = mapped_column(Int)
    per: Mapped[str] = mapped_column(Text)
    #: In its own words.
    needs: Mapped[str] = mapped_column(Text)
    said_on: Mapped[date] = mapped_column(Day)
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    #: Whether the agency itself said it; else somebody here wrote it down.
    by_agency: Mapped[bool] = mapped_column(Flag)
    person_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))


class GoodsRequest(Base):
    """What an agency asks for by a day, and what became of it."""

    __tablename__ = "goods_request"
    __table_args__ = (
        UniqueConstraint("depot_id", "id"),
        # the hand-out that it became: what goes out at that one goes to this agency
        UniqueConstraint("depot_id", "event_id"),
        ForeignKeyConstraint(["depot_id", "partner_id"], ["partner.depot_id", "partner.id"]),
        ForeignKeyConstraint(
            ["depot_id", "event_id"], ["distribution_event.depot_id", "distribution_event.id"]
        ),
        ForeignKeyConstraint(["depot_id", "entry_id"], ["stock_entry.depot_id", "stock_entry.id"]),
        CheckConstraint(check_of("state", REQUEST_STATES), name="state"),
        CheckConstraint("(state = 'approved') <= (event_id IS NOT NULL)", name="event"),
        CheckConstraint("(state IN ('asked', 'withdrawn')) <= (event_id IS NULL)", name="no_event"),
        CheckConstraint("entry_id IS NULL OR state = 'approved'", name="entry"),
        CheckConstraint("(signed_how = '') = (signed_by = '')", name="signed"),
        CheckConstraint("signed_how IN ('', 'drawn', 'code')", name="signed_how"),
        Index(None, "depot_id", "state", "needed_on"),
        Index(None, "depot_id", "partner_id", "id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    partner_id: Mapped[int] = mapped_column(Int)
    state: Mapped[str] = mapped_column(Text)
    needed_on: Mapped[date] = mapped_column(Day)
    #: Whether it is brought to the agency; else the agency fetches it.
    is_delivered: Mapped[bool] = mapped_column(Flag)
    note: Mapped[str] = mapped_column(Text)
    by_agency: Mapped[bool] = mapped_column(Flag)
    person_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    changed_at: Mapped[datetime] = mapped_column(Instant)
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    answered_by_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    #: What the agency is told with the answer.
    answer: Mapped[str] = mapped_column(Text)
    event_id: Mapped[int | None] = mapped_column(Int)
    #: The last entry by which it was handed over; undone, it is to be handed over again.
    entry_id: Mapped[int | None] = mapped_column(Int)
    signed_by: Mapped[str] = mapped_column(Text)
    signed_how: Mapped[str] = mapped_column(Text)


class GoodsRequestLine(Base):
    """So much of an item that was asked for, promised, and taken in the end; in base units."""

    __tablename__ = "goods_request_line"
    __table_args__ = (
        ForeignKeyConstraint(
            ["depot_id", "request_id"], ["goods_request.depot_id", "goods_request.id"]
        ),
        ForeignKeyConstraint(["depot_id", "item_id"], ["item.depot_id", "item.id"]),
        CheckConstraint("asked >= 0", name="asked"),
        CheckConstraint("approved BETWEEN 0 AND asked", name="approved"),
        CheckConstraint("taken >= 0", name="taken"),
        CheckConstraint("asked > 0 OR taken IS NOT NULL", name="reason"),
        Index(None, "depot_id", "request_id"),
        Index(None, "depot_id", "item_id"),
        STRICT,
    )

    request_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    item_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    depot_id: Mapped[int] = mapped_column(Int)
    asked: Mapped[int] = mapped_column(Int)
    approved: Mapped[int | None] = mapped_column(Int)
    taken: Mapped[int | None] = mapped_column(Int)


class HandOverSignature(Base):
    """A signature as it was drawn on the screen: the picture of one hand-over. Never rewritten."""

    __tablename__ = "hand_over_signature"
    __table_args__ = (
        ForeignKeyConstraint(["depot_id", "entry_id"], ["stock_entry.depot_id", "stock_entry.id"]),
        CheckConstraint("length(png) BETWEEN 1 AND 90000", name="png"),
        STRICT,
    )

    entry_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    #: Base64, so that it leaves with a whole export.
    png: Mapped[str] = mapped_column(Text)
