"""Decisions by consent: what is proposed, in which words, what each says to it, what came of it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from depot.base.kinds import (
    PROPOSAL_OUTCOMES,
    RESPONSE_KINDS,
    ProposalOutcome,
    ResponseKind,
    check_of,
)
from depot.db.columns import STRICT, Base, Day, Instant, Int


class Proposal(Base):
    """Something that is to be decided, or was; what it says stands in its wordings."""

    __tablename__ = "proposal"
    __table_args__ = (
        UniqueConstraint("depot_id", "id"),
        ForeignKeyConstraint(["depot_id", "replaces_id"], ["proposal.depot_id", "proposal.id"]),
        CheckConstraint("version > 0", name="version"),
        CheckConstraint(check_of("outcome", PROPOSAL_OUTCOMES), name="outcome"),
        CheckConstraint("(outcome IS NULL) = (settled_at IS NULL)", name="settled"),
        CheckConstraint("in_room_count > 0", name="in_room_count"),
        Index(None, "depot_id", "settled_at"),
        Index(None, "depot_id", "review_on"),
        Index(None, "depot_id", "replaces_id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    #: Of the present wording.
    version: Mapped[int] = mapped_column(Int)
    #: When it stood where everybody can read it: who was here by then counts.
    raised_at: Mapped[datetime] = mapped_column(Instant)
    raised_by_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    raised_token_id: Mapped[int | None] = mapped_column(Int, ForeignKey("api_token.id"))
    #: The last day to answer; None: it is for the room.
    answer_by: Mapped[date | None] = mapped_column(Day)
    #: Whom it is about: she speaks, and does not count.
    about_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    #: What it would replace, where it is agreed to.
    replaces_id: Mapped[int | None] = mapped_column(Int)
    outcome: Mapped[ProposalOutcome | None] = mapped_column(Text)
    #: A few words on what came of it.
    outcome_text: Mapped[str] = mapped_column(Text)
    settled_at: Mapped[datetime | None] = mapped_column(Instant)
    settled_by_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    settled_token_id: Mapped[int | None] = mapped_column(Int, ForeignKey("api_token.id"))
    #: How many were in the room, where it was settled there.
    in_room_count: Mapped[int | None] = mapped_column(Int)
    #: When what was agreed is looked at again.
    review_on: Mapped[date | None] = mapped_column(Day)


class ProposalWording(Base):
    """What a proposal said, from a moment on; only added to."""

    __tablename__ = "proposal_wording"
    __table_args__ = (
        UniqueConstraint("depot_id", "proposal_id", "version"),
        ForeignKeyConstraint(["depot_id", "proposal_id"], ["proposal.depot_id", "proposal.id"]),
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("title <> '' AND text <> ''", name="text"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    proposal_id: Mapped[int] = mapped_column(Int)
    version: Mapped[int] = mapped_column(Int)
    title: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    worded_at: Mapped[datetime] = mapped_column(Instant)
    worded_by_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    worded_token_id: Mapped[int | None] = mapped_column(Int, ForeignKey("api_token.id"))


class SpokenName(Base):
    """A name spoken in the room, of somebody without an account; it fades, the answer stays."""

    __tablename__ = "spoken_name"
    __table_args__ = (
        UniqueConstraint("depot_id", "id"),
        UniqueConstraint("depot_id", "proposal_id", "name_key"),
        ForeignKeyConstraint(["depot_id", "proposal_id"], ["proposal.depot_id", "proposal.id"]),
        CheckConstraint("(name IS NULL) = (name_key IS NULL)", name="name"),
        Index(None, "depot_id", "spoken_at"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    proposal_id: Mapped[int] = mapped_column(Int)
    #: None: it was thirteen months ago.
    name: Mapped[str | None] = mapped_column(Text)
    name_key: Mapped[str | None] = mapped_column(Text)
    spoken_at: Mapped[datetime] = mapped_column(Instant)


class ProposalResponse(Base):
    """What somebody says to a wording; only added to, the last one counts."""

    __tablename__ = "proposal_response"
    __table_args__ = (
        ForeignKeyConstraint(
            ["depot_id", "proposal_id", "version"],
            [
                "proposal_wording.depot_id",
                "proposal_wording.proposal_id",
                "proposal_wording.version",
            ],
        ),
        ForeignKeyConstraint(
            ["depot_id", "spoken_name_id"], ["spoken_name.depot_id", "spoken_name.id"]
        ),
        CheckConstraint(check_of("kind", RESPONSE_KINDS), name="kind"),
        CheckConstraint("kind = 'consent' OR text <> ''", name="reason"),
        CheckConstraint("(person_id IS NULL) <> (spoken_name_id IS NULL)", name="who"),
        Index(None, "depot_id", "proposal_id", "id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    proposal_id: Mapped[int] = mapped_column(Int)
    version: Mapped[int] = mapped_column(Int)
    person_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    spoken_name_id: Mapped[int | None] = mapped_column(Int)
    kind: Mapped[ResponseKind] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    said_at: Mapped[datetime] = mapped_column(Instant)
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    recorded_by_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    recorded_token_id: Mapped[int | None] = mapped_column(Int, ForeignKey("api_token.id"))


class ProposalReview(Base):
    """Something agreed was looked at again, and stays as it is; only added to."""

    __tablename__ = "proposal_review"
    __table_args__ = (
        ForeignKeyConstraint(["depot_id", "proposal_id"], ["proposal.depot_id", "proposal.id"]),
        Index(None, "depot_id", "proposal_id", "id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    proposal_id: Mapped[int] = mapped_column(Int)
    text: Mapped[str] = mapped_column(Text)
    review_on: Mapped[date | None] = mapped_column(Day)
    looked_at: Mapped[datetime] = mapped_column(Instant)
    looked_by_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    looked_token_id: Mapped[int | None] = mapped_column(Int, ForeignKey("api_token.id"))
