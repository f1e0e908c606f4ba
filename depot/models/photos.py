"""Photos by which items are known, in the database: whatever takes that along takes them too."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    LargeBinary,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from depot.db.columns import STRICT, Base, Instant, Int


class ItemPhoto(Base):
    """An item's photo, as two JPEGs that were drawn here; one that is replaced goes."""

    __tablename__ = "item_photo"
    __table_args__ = (
        UniqueConstraint("depot_id", "item_id"),
        ForeignKeyConstraint(["depot_id", "item_id"], ["item.depot_id", "item.id"]),
        CheckConstraint("length(digest) = 64", name="digest"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int)
    item_id: Mapped[int] = mapped_column(Int)
    #: The SHA-256 of both, one after the other: the photo's name in addresses.
    digest: Mapped[str] = mapped_column(Text)
    added_at: Mapped[datetime] = mapped_column(Instant)
    added_by_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    # last: a row's start is read without them
    thumb: Mapped[bytes] = mapped_column(LargeBinary)
    picture: Mapped[bytes] = mapped_column(LargeBinary)
