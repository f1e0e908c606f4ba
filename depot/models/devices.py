"""Devices of a depot's own, and what was done on them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from depot.db.columns import STRICT, Base, Instant, Int


class DepotDevice(Base):
    """A device of the depot's own: a tablet at the door, on which people tap who they are.

    Its cookie bears a key; the link that sets it up counts once. Both are kept as digests.
    """

    __tablename__ = "depot_device"
    __table_args__ = (
        UniqueConstraint("setup_hash"),
        UniqueConstraint("key_hash"),
        CheckConstraint("length(name) > 0", name="name"),
        CheckConstraint("idle_minutes BETWEEN 1 AND 240", name="idle_minutes"),
        CheckConstraint("(key_hash IS NULL) = (set_up_at IS NULL)", name="set_up"),
        Index(None, "depot_id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    name: Mapped[str] = mapped_column(Text)
    #: After so long it asks again who is doing this.
    idle_minutes: Mapped[int] = mapped_column(Int)
    #: The command that made it: with the program's secret key its link is made from it again.
    command_id: Mapped[str] = mapped_column(Text)
    setup_hash: Mapped[str] = mapped_column(Text)
    setup_ends_at: Mapped[datetime] = mapped_column(Instant)
    key_hash: Mapped[str | None] = mapped_column(Text)
    set_up_at: Mapped[datetime | None] = mapped_column(Instant)
    #: When somebody last tapped their name on it.
    seen_at: Mapped[datetime | None] = mapped_column(Instant)
    created_by_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)


class DeviceCommand(Base):
    """A command that was done on a device of the depot's own, and on which; append-only."""

    __tablename__ = "device_command"
    __table_args__ = (STRICT,)

    depot_id: Mapped[int] = mapped_column(
        Int, ForeignKey("depot.id"), primary_key=True, autoincrement=False
    )
    command_id: Mapped[str] = mapped_column(Text, primary_key=True)
    device_id: Mapped[int] = mapped_column(Int, ForeignKey("depot_device.id"))
