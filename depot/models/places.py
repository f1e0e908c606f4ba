"""Where stock is: locations in the depot and outside it, and crates, which are locations too."""

from __future__ import annotations

from datetime import datetime
from typing import Final

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

from depot.base.kinds import (
    CRATE_STATES,
    LOCATION_KINDS,
    OUTSIDE_KINDS,
    CrateState,
    LocationKind,
    check_of,
)
from depot.db.columns import STRICT, Base, Flag, Instant, Int

#: The second half of a code, as an index has it.
CODE_HALF: Final = "substr(code, 6)"
BOX_DIGITS: Final = "123456789"
_OTHER_LETTERS = "box_number_key"
for _digit in BOX_DIGITS:
    _OTHER_LETTERS = f"replace({_OTHER_LETTERS}, '{_digit}', '')"
#: A box number from its first digit that is no zero, 17 of BOX 017: both databases take from a
#: text's beginning what is of the letters given, which are all of its own but these digits.
BOX_NUMBER: Final = f"ltrim(box_number_key, {_OTHER_LETTERS})"


class Location(Base):
    __tablename__ = "location"
    __table_args__ = (
        UniqueConstraint("depot_id", "name_key"),
        UniqueConstraint("depot_id", "id"),
        ForeignKeyConstraint(["depot_id", "parent_id"], ["location.depot_id", "location.id"]),
        CheckConstraint(check_of("kind", LOCATION_KINDS), name="kind"),
        CheckConstraint("parent_id IS NULL OR parent_id <> id", name="not_in_itself"),
        Index(None, "depot_id", "parent_id"),
        # few beside the crates, whose numbers would hide them
        Index("ix_location_default", "depot_id", sqlite_where=text("is_default = 1")),
        Index("ix_location_places", "depot_id", "kind", sqlite_where=text("kind <> 'crate'")),
        Index(
            "uq_location_outside",
            "depot_id",
            "kind",
            unique=True,
            sqlite_where=text(check_of("kind", OUTSIDE_KINDS)),
        ),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    kind: Mapped[LocationKind] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    name_key: Mapped[str] = mapped_column(Text)
    #: For a crate: where it stands now, which is its last placement. None: place not known.
    parent_id: Mapped[int | None] = mapped_column(Int)
    note: Mapped[str] = mapped_column(Text, default="")
    #: Which of the places beside it comes when goods are fetched; None: after those, by name.
    walk_position: Mapped[int | None] = mapped_column(Int)
    #: Offered first where goods arrive (one a depot).
    is_default: Mapped[bool] = mapped_column(Flag, default=False)
    archived: Mapped[bool] = mapped_column(Flag, default=False)


class Crate(Base):
    __tablename__ = "crate"
    __table_args__ = (
        UniqueConstraint("depot_id", "code"),
        Index(
            "uq_crate_box_number",
            "depot_id",
            "box_number_key",
            unique=True,
            sqlite_where=text("box_number_key <> ''"),
        ),
        ForeignKeyConstraint(["depot_id", "location_id"], ["location.depot_id", "location.id"]),
        CheckConstraint(check_of("state", CRATE_STATES), name="state"),
        Index(
            "ix_crate_split_from_id",
            "split_from_id",
            sqlite_where=text("split_from_id IS NOT NULL"),
        ),
        Index(None, "depot_id", "created_at"),
        Index("ix_crate_half", "depot_id", text(CODE_HALF)),
        Index(
            "ix_crate_number",
            "depot_id",
            text(BOX_NUMBER),
            sqlite_where=text("box_number_key <> ''"),
        ),
        STRICT,
    )

    location_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    #: As printed, 7K3M-9QX2; the last letter is a check letter.
    code: Mapped[str] = mapped_column(Text)
    #: The number an older system painted on it, as people write it.
    box_number: Mapped[str] = mapped_column(Text, default="")
    box_number_key: Mapped[str] = mapped_column(Text, default="")
    box_type: Mapped[str] = mapped_column(Text, default="")
    #: blank: label printed, never filled; in_use: bound, filled or empty; retired for good.
    state: Mapped[CrateState] = mapped_column(Text, default="blank")
    created_at: Mapped[datetime] = mapped_column(Instant)
    retired_at: Mapped[datetime | None] = mapped_column(Instant)
    #: The crate whose goods were put into this one when it was made.
    split_from_id: Mapped[int | None] = mapped_column(Int, ForeignKey("crate.location_id"))


class CrateTag(Base):
    """A free word on a crate, by which crates are found together: "for Saturday"."""

    __tablename__ = "crate_tag"
    __table_args__ = (
        Index(None, "depot_id", "tag_key"),
        Index(None, "depot_id", "crate_id"),
        ForeignKeyConstraint(["depot_id", "crate_id"], ["location.depot_id", "location.id"]),
        CheckConstraint("length(tag) BETWEEN 1 AND 40", name="tag"),
        STRICT,
    )

    crate_id: Mapped[int] = mapped_column(
        Int, ForeignKey("crate.location_id"), primary_key=True, autoincrement=False
    )
    #: The word as it is compared: whatever its case.
    tag_key: Mapped[str] = mapped_column(Text, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    tag: Mapped[str] = mapped_column(Text)


class CrateLabel(Base):
    """A code that a crate had before its label was replaced. It opens that crate for good."""

    __tablename__ = "crate_label"
    __table_args__ = (Index(None, "crate_id"), STRICT)

    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"), primary_key=True)
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    crate_id: Mapped[int] = mapped_column(Int, ForeignKey("crate.location_id"))
    replaced_at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
