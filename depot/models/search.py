"""What search finds by name, and what of it is to be read anew before a transaction is stored."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from depot.base.kinds import check_of
from depot.db.columns import STRICT, Base, Flag, Int
from depot.db.search.keys import KINDS


class SearchEntry(Base):
    """A thing with its name, and the keys that it is found by (`depot/db/search/keys.py`)."""

    __tablename__ = "search_entry"
    __table_args__ = (
        UniqueConstraint("depot_id", "kind", "row_id"),
        CheckConstraint(check_of("kind", KINDS), name="kind"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    kind: Mapped[str] = mapped_column(Text)
    row_id: Mapped[int] = mapped_column(Int)
    name: Mapped[str] = mapped_column(Text)
    #: Put away, called off: it comes after the others.
    aside: Mapped[bool] = mapped_column(Flag)
    #: With a blank between; FTS5 and PostgreSQL's text search have an index on them.
    keys: Mapped[str] = mapped_column(Text)


class SearchStale(Base):
    """What has changed in this transaction; nothing of it is left at its end."""

    __tablename__ = "search_stale"
    __table_args__ = (STRICT,)

    depot_id: Mapped[int] = mapped_column(
        Int, ForeignKey("depot.id"), primary_key=True, autoincrement=False
    )
    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    row_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
