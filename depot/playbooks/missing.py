"""What of a playbook a depot has not by name."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from depot.base.names import name_key
from depot.models import (
    Category,
    HandbookPage,
    Item,
    Location,
    Parcel,
    Recipe,
    RoutineVersion,
)
from depot.playbooks.playbook import Playbook, PlaybookCategory


class _Named(Protocol):
    @property
    def name(self) -> str: ...


Part = TypeVar("Part", bound=_Named)


def missing(session: Session, depot_id: int, playbook: Playbook) -> Playbook:
    """Return the playbook without what the depot has: what taking it would make.

    A category that only an item names is made too. What is put away counts as known.
    """

    def known(column: InstrumentedAttribute[str], depot: InstrumentedAttribute[int]) -> set[str]:
        return set(session.scalars(select(column).where(depot == depot_id)))

    categories = known(Category.name_key, Category.depot_id)
    items = _new(playbook.items, known(Item.name_key, Item.depot_id))
    said = {name_key(one.name) for one in playbook.categories}
    named = {
        name_key(item.category): PlaybookCategory(name=item.category)
        for item in items
        if name_key(item.category) not in said
    }
    pages = known(HandbookPage.key, HandbookPage.depot_id)
    routines = {name_key(one) for one in known(RoutineVersion.name, RoutineVersion.depot_id)}
    return replace(
        playbook,
        categories=_new((*playbook.categories, *named.values()), categories),
        places=_new(playbook.places, known(Location.name_key, Location.depot_id)),
        items=items,
        parcels=_new(playbook.parcels, known(Parcel.name_key, Parcel.depot_id)),
        recipes=_new(playbook.recipes, known(Recipe.name_key, Recipe.depot_id)),
        routines=_new(playbook.routines, routines),
        pages=tuple(page for page in (playbook.guide, *playbook.pages) if page.key not in pages),
    )


def _new(parts: tuple[Part, ...], known: set[str]) -> tuple[Part, ...]:
    found: dict[str, Part] = {}
    for part in parts:
        key = name_key(part.name)
        if key not in known:
            found.setdefault(key, part)
    return tuple(found.values())
