"""Links that show one report to somebody without an account."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from depot.db.columns import STRICT, Base, Instant, Int


class ReportShare(Base):
    """A link to the report of one period. The link's secret itself is nowhere, only its hash."""

    __tablename__ = "report_share"
    __table_args__ = (
        UniqueConstraint("token_hash"),
        CheckConstraint("expires_at > created_at", name="expires"),
        Index(None, "depot_id", "id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    token_hash: Mapped[str] = mapped_column(Text)
    #: What the period is called: 2026-W47, 2026-11, 2026.
    period: Mapped[str] = mapped_column(Text)
    #: Who it is for, in the words of who made it.
    note: Mapped[str] = mapped_column(Text, default="")
    created_by_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
