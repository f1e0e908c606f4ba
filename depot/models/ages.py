"""People by the age bands that a depot chose: sets of bands, and how many of each were counted.

Both are only added to: triggers refuse every UPDATE and DELETE. The newest set counts from now on.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from depot.db.columns import STRICT, Base, Day, Int


class AgeBand(Base):
    """From an age on, up to and with another; one set of a depot is its bands without a gap."""

    __tablename__ = "age_band"
    __table_args__ = (
        UniqueConstraint("depot_id", "id"),
        UniqueConstraint("depot_id", "version", "from_age"),
        CheckConstraint("from_age BETWEEN 0 AND 120", name="from_age"),
        CheckConstraint("to_age IS NULL OR to_age >= from_age", name="to_age"),
        CheckConstraint("version > 0", name="version"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    #: The set it is of; the highest of a depot counts.
    version: Mapped[int] = mapped_column(Int)
    from_age: Mapped[int] = mapped_column(Int)
    #: None: and over.
    to_age: Mapped[int | None] = mapped_column(Int)


class BandCount(Base):
    """So many people of a band were counted by an entry; its adults, children and seniors too."""

    __tablename__ = "band_count"
    __table_args__ = (
        ForeignKeyConstraint(["depot_id", "entry_id"], ["stock_entry.depot_id", "stock_entry.id"]),
        ForeignKeyConstraint(["depot_id", "band_id"], ["age_band.depot_id", "age_band.id"]),
        CheckConstraint("people >= 0", name="people"),
        Index(None, "depot_id", "occurred_on"),
        STRICT,
    )

    entry_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    band_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    depot_id: Mapped[int] = mapped_column(Int)
    occurred_on: Mapped[date] = mapped_column(Day)
    people: Mapped[int] = mapped_column(Int)
