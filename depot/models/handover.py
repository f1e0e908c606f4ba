"""What one shift writes down for the next: notes, their lines, and who has seen them."""

from __future__ import annotations

from datetime import date, datetime

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

from depot.base.kinds import NOTE_KINDS, NoteKind, check_of
from depot.db.columns import STRICT, Base, Day, Instant, Int


class Note(Base):
    """A handover to the next shift, or a notice that hangs until a day.

    Its words are in `note_line`, and go when it fades or is taken down; that it was there stays.
    """

    __tablename__ = "note"
    __table_args__ = (
        UniqueConstraint("depot_id", "id"),
        CheckConstraint(check_of("kind", NOTE_KINDS), name="kind"),
        CheckConstraint("(kind = 'notice') = (shown_until IS NOT NULL)", name="shown_until"),
        CheckConstraint("taken_down_at IS NULL OR faded_at IS NOT NULL", name="taken_down"),
        CheckConstraint("taken_down_by_id IS NULL OR taken_down_at IS NOT NULL", name="by"),
        Index(None, "depot_id", "kind", "recorded_at"),
        Index("ix_note_fading", "recorded_at", sqlite_where=text("faded_at IS NULL")),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    kind: Mapped[NoteKind] = mapped_column(Text)
    #: When it was written, perhaps on a phone without a signal, and when it came here.
    written_at: Mapped[datetime] = mapped_column(Instant)
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    token_id: Mapped[int | None] = mapped_column(Int, ForeignKey("api_token.id"))
    #: A notice's last day.
    shown_until: Mapped[date | None] = mapped_column(Day)
    taken_down_at: Mapped[datetime | None] = mapped_column(Instant)
    taken_down_by_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    #: Since when its words are gone.
    faded_at: Mapped[datetime | None] = mapped_column(Instant)


class NoteLine(Base):
    """One line of a note."""

    __tablename__ = "note_line"
    __table_args__ = (
        ForeignKeyConstraint(["depot_id", "note_id"], ["note.depot_id", "note.id"]),
        CheckConstraint("length(text) BETWEEN 1 AND 500", name="text"),
        CheckConstraint("line > 0", name="line"),
        STRICT,
    )

    note_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    line: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    depot_id: Mapped[int] = mapped_column(Int)
    text: Mapped[str] = mapped_column(Text)


class Acknowledgement(Base):
    """Somebody has seen a note, and when. Append-only; once is enough."""

    __tablename__ = "acknowledgement"
    __table_args__ = (
        ForeignKeyConstraint(["depot_id", "note_id"], ["note.depot_id", "note.id"]),
        STRICT,
    )

    note_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(
        Int, ForeignKey("person.id"), primary_key=True, autoincrement=False
    )
    depot_id: Mapped[int] = mapped_column(Int)
    seen_at: Mapped[datetime] = mapped_column(Instant)
