"""Where people are signed in, how they get in again, and what happened at the doors."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from depot.base.kinds import ACCESS_KINDS, AccessKind, check_of
from depot.db.columns import STRICT, Base, Instant, Int


class PersonSession(Base):
    """A device on which somebody signed in. Its cookie counts until this row ends."""

    __tablename__ = "person_session"
    __table_args__ = (
        UniqueConstraint("key_hash"),
        Index(None, "person_id", "ended_at"),
        CheckConstraint("seen_at >= created_at", name="seen"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    person_id: Mapped[int] = mapped_column(Int, ForeignKey("person.id"))
    key_hash: Mapped[str] = mapped_column(Text)
    #: What the browser says of itself, as far as a person would recognise it.
    browser: Mapped[str] = mapped_column(Text)
    system: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Instant)
    #: When it was last used, to the hour.
    seen_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    #: When it is over by itself: a helper's, tonight. None: when it lies unused.
    ends_at: Mapped[datetime | None] = mapped_column(Instant)
    #: The depot's own device on which a name was tapped; None: a device in somebody's own hand.
    device_id: Mapped[int | None] = mapped_column(Int, ForeignKey("depot_device.id"))


class SecondFactor(Base):
    """A person's second step at sign-in: codes of an app, made from `salt` and the secret key."""

    __tablename__ = "second_factor"
    __table_args__ = (STRICT,)

    person_id: Mapped[int] = mapped_column(
        Int, ForeignKey("person.id"), primary_key=True, autoincrement=False
    )
    salt: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Instant)
    #: When the first code was typed; it is asked for from then on.
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    #: The half minute of the last code that counted: none counts twice.
    last_step: Mapped[int] = mapped_column(Int, default=0)


class RecoveryCode(Base):
    """A code on paper that stands in for the app, once."""

    __tablename__ = "recovery_code"
    __table_args__ = (STRICT,)

    person_id: Mapped[int] = mapped_column(
        Int, ForeignKey("person.id"), primary_key=True, autoincrement=False
    )
    code_hash: Mapped[str] = mapped_column(Text, primary_key=True)
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class RecoveryLink(Base):
    """A link by which somebody sets a new password, once."""

    __tablename__ = "recovery_link"
    __table_args__ = (UniqueConstraint("token_hash"), Index(None, "person_id"), STRICT)

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    person_id: Mapped[int] = mapped_column(Int, ForeignKey("person.id"))
    #: In whose depot it was asked for, or which one the person works in first.
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    token_hash: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    #: When it was used, or ended by another one that was.
    ended_at: Mapped[datetime | None] = mapped_column(Instant)


class FailedTry(Base):
    """How often somebody was wrong at a door, and from when on they may try again.

    Rows of one door and one caller; `caller_hash` cannot be turned back into a name or an address.
    """

    __tablename__ = "failed_try"
    __table_args__ = (
        CheckConstraint("failures >= 0", name="failures"),
        Index(None, "last_at"),
        STRICT,
    )

    door: Mapped[str] = mapped_column(Text, primary_key=True)
    caller_hash: Mapped[str] = mapped_column(Text, primary_key=True)
    failures: Mapped[int] = mapped_column(Int)
    last_at: Mapped[datetime] = mapped_column(Instant)
    wait_until: Mapped[datetime] = mapped_column(Instant)


class AccessEvent(Base):
    """A line of the access journal: who came in, who did not, and what changed about who may."""

    __tablename__ = "access_event"
    __table_args__ = (
        CheckConstraint(check_of("kind", ACCESS_KINDS), name="kind"),
        CheckConstraint("times >= 1", name="times"),
        Index(None, "depot_id", "recorded_at"),
        Index(None, "recorded_at"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    kind: Mapped[AccessKind] = mapped_column(Text)
    #: Who did it, by the name of then; somebody with an account also by number.
    actor: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    #: Whom or what it is about, if it is not the actor.
    subject: Mapped[str] = mapped_column(Text, default="")
    #: Who that is, if it is somebody who works here: their name goes with them.
    subject_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    #: How often, for what is counted together: failures of one person within an hour.
    times: Mapped[int] = mapped_column(Int, default=1)
    recorded_at: Mapped[datetime] = mapped_column(Instant)


class DevicePin(Base):
    """The few digits by which somebody shows on a depot's own device that it is them."""

    __tablename__ = "device_pin"
    __table_args__ = (STRICT,)

    depot_id: Mapped[int] = mapped_column(
        Int, ForeignKey("depot.id"), primary_key=True, autoincrement=False
    )
    person_id: Mapped[int] = mapped_column(
        Int, ForeignKey("person.id"), primary_key=True, autoincrement=False
    )
    pin_hash: Mapped[str] = mapped_column(Text)
    set_at: Mapped[datetime] = mapped_column(Instant)


class Passkey(Base):
    """A key that a phone or laptop keeps for somebody and signs in with; here its public half."""

    __tablename__ = "passkey"
    __table_args__ = (
        UniqueConstraint("credential_id"),
        CheckConstraint("sign_count >= 0", name="sign_count"),
        Index(None, "person_id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    person_id: Mapped[int] = mapped_column(Int, ForeignKey("person.id"))
    #: What the key calls itself, and the public half with its kind; both base64url.
    credential_id: Mapped[str] = mapped_column(Text)
    credential: Mapped[str] = mapped_column(Text)
    #: How often the key says it signed; one that counts backwards is a copy.
    sign_count: Mapped[int] = mapped_column(Int)
    name: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)
