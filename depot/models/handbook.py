"""Pages of the handbook that a depot wrote itself; only added to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from depot.db.columns import STRICT, Base, Flag, Instant, Int


class HandbookPage(Base):
    """A page as somebody saved it; the highest version of its key is the page.

    A key that the program brings along (`depot.playbooks.starting.handbook`) stands for that page.
    """

    __tablename__ = "handbook_page"
    __table_args__ = (
        UniqueConstraint("depot_id", "key", "version"),
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("key <> '' AND title <> ''", name="named"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    key: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(Int)
    title: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    #: No longer in use.
    archived: Mapped[bool] = mapped_column(Flag)
    saved_at: Mapped[datetime] = mapped_column(Instant)
    saved_by_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
