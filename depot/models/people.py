"""People who work in depots: accounts, roles, invitations, links to join by, API tokens."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from depot.base.actors import ROLE_WORDS
from depot.base.kinds import check_of
from depot.base.names import LEFT
from depot.db.columns import STRICT, Base, Flag, Instant, Int

ROLE = "role IN ('volunteer', 'coordinator')"
MEMBER_ROLE = check_of("role", ROLE_WORDS)


class Person(Base):
    __tablename__ = "person"
    __table_args__ = (
        UniqueConstraint("login"),
        CheckConstraint("(login IS NULL) = (password_hash IS NULL)", name="sign_in"),
        CheckConstraint(f"(left_at IS NOT NULL) = (name = '{LEFT}')", name="left"),
        CheckConstraint("left_at IS NULL OR login IS NULL", name="left_no_sign_in"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    #: What is typed to sign in, case-folded: an e-mail address or any name. None: no more than a
    #: name on a phone.
    login: Mapped[str | None] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    password_hash: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Instant)
    #: What they chose to read; empty: as their browser asks.
    language: Mapped[str] = mapped_column(Text, default="", server_default="")
    #: When they took their name and all that lets them in along; what they did stays.
    left_at: Mapped[datetime | None] = mapped_column(Instant)


class Membership(Base):
    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint(MEMBER_ROLE, name="role"),
        CheckConstraint("ended_at IS NULL OR NOT reads_names", name="reads_names"),
        STRICT,
    )

    person_id: Mapped[int] = mapped_column(
        Int, ForeignKey("person.id"), primary_key=True, autoincrement=False
    )
    depot_id: Mapped[int] = mapped_column(
        Int, ForeignKey("depot.id"), primary_key=True, autoincrement=False
    )
    role: Mapped[str] = mapped_column(Text)
    #: Whether they may read who signed in at hand-outs: no role brings it.
    reads_names: Mapped[bool] = mapped_column(Flag, default=False)
    created_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)


class Invitation(Base):
    __tablename__ = "invitation"
    __table_args__ = (
        UniqueConstraint("token_hash"),
        CheckConstraint(ROLE, name="role"),
        Index(None, "depot_id"),
        Index("uq_invitation_first_of", "first_of", unique=True),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    name: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    #: The depot whose first coordinator it makes, while it is open: at most one for each depot.
    first_of: Mapped[int | None] = mapped_column(Int)
    token_hash: Mapped[str] = mapped_column(Text)
    created_by_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
    #: The second person, where one had to agree.
    agreed_by_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))


class JoinLink(Base):
    """A link on the wall: who opens it and types a name helps until tonight."""

    __tablename__ = "join_link"
    __table_args__ = (
        UniqueConstraint("secret_hash"),
        CheckConstraint("uses_max > 0", name="uses_max"),
        CheckConstraint("uses BETWEEN 0 AND uses_max", name="uses"),
        Index(None, "depot_id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    #: The command that made it: with the program's secret key its secret is made from it again.
    command_id: Mapped[str] = mapped_column(Text)
    secret_hash: Mapped[str] = mapped_column(Text)
    uses_max: Mapped[int] = mapped_column(Int)
    uses: Mapped[int] = mapped_column(Int, default=0)
    created_by_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)


class ApiToken(Base):
    __tablename__ = "api_token"
    __table_args__ = (
        UniqueConstraint("token_hash"),
        CheckConstraint(ROLE, name="role"),
        Index(None, "depot_id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    name: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    token_hash: Mapped[str] = mapped_column(Text)
    created_by_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
