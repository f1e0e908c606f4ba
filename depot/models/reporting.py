"""What reports are made with beside the ledger, and those that were filed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from depot.db.columns import STRICT, Base, Day, Flag, Instant, Int


class MealFactor(Base):
    """How much food counts as a meal, as somebody has published it; one is the depot's choice.

    A filed report keeps the factor it was made with, so that a factor may be edited.
    """

    __tablename__ = "meal_factor"
    __table_args__ = (
        UniqueConstraint("depot_id", "id"),
        CheckConstraint("grams_per_meal BETWEEN 1 AND 100000", name="grams"),
        Index(
            "uq_meal_factor_chosen",
            "depot_id",
            unique=True,
            sqlite_where=text("is_chosen = 1"),
        ),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    grams_per_meal: Mapped[int] = mapped_column(Int)
    #: The words for it: 1.2 pounds (544 g) a meal.
    stated: Mapped[str] = mapped_column(Text)
    #: Who says so, and as of when.
    source: Mapped[str] = mapped_column(Text)
    version: Mapped[str] = mapped_column(Text, default="")
    is_chosen: Mapped[bool] = mapped_column(Flag, default=False)


class FiledReport(Base):
    """A report frozen as it was sent. Triggers refuse every UPDATE and DELETE.

    `figures` and `facts` are canonical JSON; `seal` is over all of it and the seal of the depot's
    report before (`depot.reports.sums.filing`).
    """

    __tablename__ = "filed_report"
    __table_args__ = (
        UniqueConstraint("depot_id", "number"),
        UniqueConstraint("depot_id", "kind", "first_on", "last_on", "version"),
        CheckConstraint("number > 0 AND version > 0", name="numbered"),
        CheckConstraint("kind IN ('week', 'month', 'quarter', 'year', 'range')", name="kind"),
        CheckConstraint("first_on <= last_on", name="days"),
        CheckConstraint("length(seal) = 64 AND length(ledger_seal) = 64", name="seals"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    number: Mapped[int] = mapped_column(Int)
    kind: Mapped[str] = mapped_column(Text)
    period: Mapped[str] = mapped_column(Text)
    first_on: Mapped[date] = mapped_column(Day)
    last_on: Mapped[date] = mapped_column(Day)
    #: The how many-th of its period.
    version: Mapped[int] = mapped_column(Int)
    filed_at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    token_id: Mapped[int | None] = mapped_column(Int, ForeignKey("api_token.id"))
    #: The end of the ledger when the figures were read.
    ledger_seq: Mapped[int] = mapped_column(Int)
    ledger_seal: Mapped[str] = mapped_column(Text)
    figures: Mapped[str] = mapped_column(Text)
    facts: Mapped[str] = mapped_column(Text)
    seal: Mapped[str] = mapped_column(Text)


class ReportForm(Base):
    """A form for a funder as a coordinator has edited it; `key` is the name in its address.

    The forms every depot begins with are no rows until somebody edits one: then its row has the
    same key and takes its place.
    """

    __tablename__ = "report_form"
    __table_args__ = (
        UniqueConstraint("depot_id", "key"),
        CheckConstraint("length(key) BETWEEN 1 AND 60", name="key"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    key: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    #: The form as JSON (`depot.reports.forms.forms`).
    definition: Mapped[str] = mapped_column(Text)
    archived: Mapped[bool] = mapped_column(Flag, default=False)
