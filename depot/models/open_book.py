"""The open book: changes of rights, in a chain, and of what the depot is set to; only added to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from depot.base.actors import ROLE_WORDS
from depot.base.kinds import RIGHT_CAUSES, SETTING_KINDS, RightCause, SettingKind, check_of
from depot.db.columns import STRICT, Base, Flag, Instant, Int


class RoleChange(Base):
    """A change of what somebody may do in a depot; `membership` is a cache of the last ones.

    Names stand in `person` alone: somebody who leaves can take theirs along, and the seal holds.
    """

    __tablename__ = "role_change"
    __table_args__ = (
        UniqueConstraint("depot_id", "seq"),
        CheckConstraint(check_of("role_before", ROLE_WORDS), name="role_before"),
        CheckConstraint(check_of("role_after", ROLE_WORDS), name="role_after"),
        CheckConstraint("role_before IS NOT NULL OR role_after IS NOT NULL", name="role"),
        CheckConstraint("role_before IS NOT NULL OR NOT names_before", name="names_before"),
        CheckConstraint("role_after IS NOT NULL OR NOT names_after", name="names_after"),
        CheckConstraint(check_of("cause", RIGHT_CAUSES), name="cause"),
        CheckConstraint("seq > 0", name="seq"),
        Index(None, "depot_id", "person_id", "seq"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    seq: Mapped[int] = mapped_column(Int)
    person_id: Mapped[int] = mapped_column(Int, ForeignKey("person.id"))
    #: None: nothing.
    role_before: Mapped[str | None] = mapped_column(Text)
    role_after: Mapped[str | None] = mapped_column(Text)
    #: Whether they could, and can, read who signed in at hand-outs (`membership.reads_names`).
    names_before: Mapped[bool] = mapped_column(Flag, default=False)
    names_after: Mapped[bool] = mapped_column(Flag, default=False)
    #: When it is over by itself: a helper's, tonight.
    until_at: Mapped[datetime | None] = mapped_column(Instant)
    #: What brought it about.
    cause: Mapped[RightCause] = mapped_column(Text)
    why: Mapped[str] = mapped_column(Text)
    #: Who decided it; neither: whoever runs the program.
    by_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    token_id: Mapped[int | None] = mapped_column(Int, ForeignKey("api_token.id"))
    #: The proposal that was agreed to, by which it was decided.
    proposal_id: Mapped[int | None] = mapped_column(Int)
    #: The second person, where one had to agree.
    agreed_by_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    changed_at: Mapped[datetime] = mapped_column(Instant)
    seal: Mapped[str] = mapped_column(Text)


class SettingChange(Base):
    """A change of what the depot is set to, or everything of it taken along: before and after."""

    __tablename__ = "setting_change"
    __table_args__ = (
        CheckConstraint(check_of("kind", SETTING_KINDS), name="kind"),
        Index(None, "depot_id", "id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    kind: Mapped[SettingKind] = mapped_column(Text)
    #: What it is about: the category, the factor, the form, the token.
    subject: Mapped[str] = mapped_column(Text)
    #: JSON: of each field that changed, [name, before, after].
    fields: Mapped[str] = mapped_column(Text)
    #: In the words of who did it; empty where they said nothing of it.
    why: Mapped[str] = mapped_column(Text, default="", server_default="")
    #: Who did it; neither: whoever runs the program.
    by_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    token_id: Mapped[int | None] = mapped_column(Int, ForeignKey("api_token.id"))
    #: The second person, where one had to agree.
    agreed_by_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    changed_at: Mapped[datetime] = mapped_column(Instant)
