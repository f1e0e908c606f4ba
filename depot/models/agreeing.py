"""What one person asked for and another one had to agree to, and what was answered."""

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

from depot.base.kinds import ACT_ANSWERS, ACT_KINDS, ActAnswer, ActKind, check_of
from depot.db.columns import STRICT, Base, Instant, Int


class AskedAct(Base):
    """A command that waits for a second person; it is never changed."""

    __tablename__ = "asked_act"
    __table_args__ = (
        UniqueConstraint("depot_id", "command_id"),
        # so that an answer can name both, and the database see that they are two
        UniqueConstraint("depot_id", "id", "asked_by_id"),
        CheckConstraint(check_of("kind", ACT_KINDS), name="kind"),
        CheckConstraint("until_at > asked_at", name="until_at"),
        Index(None, "depot_id", "until_at"),
        Index(None, "depot_id", "id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    #: That of the command itself: agreed to, it is done under this id, once.
    command_id: Mapped[str] = mapped_column(Text)
    kind: Mapped[ActKind] = mapped_column(Text)
    command: Mapped[str] = mapped_column(Text)
    body_hash: Mapped[str] = mapped_column(Text)
    #: JSON of what it is about, with its figures, as it was then; of people their numbers.
    told: Mapped[str] = mapped_column(Text)
    #: Who asked; of a program, whoever made its token.
    asked_by_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    token_id: Mapped[int | None] = mapped_column(Int, ForeignKey("api_token.id"))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    #: When it ends by itself.
    until_at: Mapped[datetime] = mapped_column(Instant)


class AskedInput(Base):
    """JSON of a command that waits. It goes when its days are over, with what is private in it."""

    __tablename__ = "asked_input"
    __table_args__ = (STRICT,)

    asked_id: Mapped[int] = mapped_column(
        Int, ForeignKey("asked_act.id"), primary_key=True, autoincrement=False
    )
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    input: Mapped[str] = mapped_column(Text)
    #: Why it is asked for, for the open book.
    why: Mapped[str] = mapped_column(Text, default="", server_default="")


class AskedAnswer(Base):
    """How something that was asked for ended: by one answer, of another person or by who asked."""

    __tablename__ = "asked_answer"
    __table_args__ = (
        ForeignKeyConstraint(
            ["depot_id", "asked_id", "asked_by_id"],
            ["asked_act.depot_id", "asked_act.id", "asked_act.asked_by_id"],
        ),
        CheckConstraint(check_of("answer", ACT_ANSWERS), name="answer"),
        # never the same person: only who asked takes it back, and only another one agrees
        CheckConstraint("(answer = 'withdrawn') = (by_id = asked_by_id)", name="another"),
        CheckConstraint("answer <> 'declined' OR why <> ''", name="why"),
        Index(None, "depot_id", "asked_id"),
        STRICT,
    )

    asked_id: Mapped[int] = mapped_column(
        Int, ForeignKey("asked_act.id"), primary_key=True, autoincrement=False
    )
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    asked_by_id: Mapped[int | None] = mapped_column(Int)
    answer: Mapped[ActAnswer] = mapped_column(Text)
    why: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(Int, ForeignKey("person.id"))
    answered_at: Mapped[datetime] = mapped_column(Instant)
