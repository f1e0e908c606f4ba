"""Recipes, what was made by them, and what was taken apart again. All but a recipe's name is kept
as it was written: triggers refuse every UPDATE and DELETE."""

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

from depot.base.units import MAX_MOVE
from depot.db.columns import STRICT, Base, Flag, Instant, Int


class Recipe(Base):
    """What is made again and again, by name. What goes in and comes out is in its versions."""

    __tablename__ = "recipe"
    __table_args__ = (
        UniqueConstraint("depot_id", "name_key"),
        UniqueConstraint("depot_id", "id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    name: Mapped[str] = mapped_column(Text)
    name_key: Mapped[str] = mapped_column(Text)
    archived: Mapped[bool] = mapped_column(Flag, default=False)


class RecipeVersion(Base):
    """A recipe as it was from one edit to the next; the one with the highest number counts."""

    __tablename__ = "recipe_version"
    __table_args__ = (
        UniqueConstraint("recipe_id", "version"),
        UniqueConstraint("depot_id", "id"),
        ForeignKeyConstraint(["depot_id", "recipe_id"], ["recipe.depot_id", "recipe.id"]),
        CheckConstraint("version > 0", name="version"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int)
    recipe_id: Mapped[int] = mapped_column(Int)
    version: Mapped[int] = mapped_column(Int)
    made_at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))


class RecipeLine(Base):
    """So much of an item goes in, or comes out, when it is made once."""

    __tablename__ = "recipe_line"
    __table_args__ = (
        UniqueConstraint("version_id", "line"),
        ForeignKeyConstraint(
            ["depot_id", "version_id"], ["recipe_version.depot_id", "recipe_version.id"]
        ),
        ForeignKeyConstraint(["depot_id", "item_id"], ["item.depot_id", "item.id"]),
        CheckConstraint(f"quantity > 0 AND quantity <= {MAX_MOVE}", name="quantity"),
        CheckConstraint("keeps_days IS NULL OR (is_output AND keeps_days >= 0)", name="keeps_days"),
        Index(None, "item_id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int)
    version_id: Mapped[int] = mapped_column(Int)
    line: Mapped[int] = mapped_column(Int)
    is_output: Mapped[bool] = mapped_column(Flag)
    item_id: Mapped[int] = mapped_column(Int)
    quantity: Mapped[int] = mapped_column(Int)
    #: Use by so many days after it was made; None: the recipe says no date.
    keeps_days: Mapped[int | None] = mapped_column(Int)


class RecipeUse(Base):
    """An entry made a version of a recipe, so many times."""

    __tablename__ = "recipe_use"
    __table_args__ = (
        ForeignKeyConstraint(["depot_id", "entry_id"], ["stock_entry.depot_id", "stock_entry.id"]),
        ForeignKeyConstraint(
            ["depot_id", "version_id"], ["recipe_version.depot_id", "recipe_version.id"]
        ),
        CheckConstraint("times > 0", name="times"),
        Index(None, "version_id"),
        STRICT,
    )

    entry_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    depot_id: Mapped[int] = mapped_column(Int)
    version_id: Mapped[int] = mapped_column(Int)
    times: Mapped[int] = mapped_column(Int)


class TakenApart(Base):
    """An entry took apart what another one had made."""

    __tablename__ = "taken_apart"
    __table_args__ = (
        ForeignKeyConstraint(["depot_id", "entry_id"], ["stock_entry.depot_id", "stock_entry.id"]),
        ForeignKeyConstraint(
            ["depot_id", "production_id"], ["stock_entry.depot_id", "stock_entry.id"]
        ),
        Index(None, "production_id"),
        STRICT,
    )

    entry_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    depot_id: Mapped[int] = mapped_column(Int)
    production_id: Mapped[int] = mapped_column(Int)
