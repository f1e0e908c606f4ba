"""Kinds of parcels as people read them, and for which households plans were made by them."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.base.allergens import FoodFacts, contradictions, diet_key
from depot.items.queries.foods import item_foods
from depot.models import EventParcel, Parcel, ParcelVersion
from depot.production.multiplied import HouseholdsSaid, ParcelSaid
from depot.production.parcel_rows import Named, ParcelRow, is_newest_parcel, load_parcels


def listed_parcels(session: Session, depot_id: int) -> list[ParcelRow]:
    """Return all parcels by name in their newest versions, those no longer in use last."""
    rows = load_parcels(session, depot_id, is_newest_parcel())
    return sorted(rows, key=lambda row: (row.archived, row.name.casefold()))


def parcels_after(session: Session, depot_id: int, after: int, limit: int) -> list[ParcelRow]:
    """Return parcels in their newest versions, in the order of their ids, a page."""
    page = (
        select(Parcel.id)
        .where(Parcel.depot_id == depot_id, Parcel.id > after)
        .order_by(Parcel.id)
        .limit(limit)
    )
    return load_parcels(session, depot_id, is_newest_parcel(), Parcel.id.in_(page))


def find_parcel(session: Session, depot_id: int, parcel_id: int) -> ParcelRow | None:
    """Return a parcel in its newest version; None if the depot has none with that id."""
    found = load_parcels(session, depot_id, is_newest_parcel(), Parcel.id == parcel_id)
    return found[0] if found else None


def parcel_versions(session: Session, depot_id: int, parcel_id: int) -> list[ParcelRow]:
    """Return all versions of a parcel, the newest first."""
    return load_parcels(session, depot_id, Parcel.id == parcel_id)[::-1]


def parcels_of_event(session: Session, depot_id: int, event_id: int) -> tuple[ParcelSaid, ...]:
    """Return the parcels and households by which an event's plan was made last (one statement)."""
    rows = session.execute(
        select(EventParcel, ParcelVersion.parcel_id)
        .join(ParcelVersion, ParcelVersion.id == EventParcel.version_id)
        .where(EventParcel.depot_id == depot_id, EventParcel.event_id == event_id)
        .order_by(EventParcel.line)
    )
    found: defaultdict[int, list[HouseholdsSaid]] = defaultdict(list)
    for row, parcel_id in rows:
        found[parcel_id].append(
            HouseholdsSaid(
                count=row.households,
                adults=row.adults,
                children=row.children,
                size=row.size or None,
                diet=row.diet,
            )
        )
    return tuple(
        ParcelSaid(parcel=parcel_id, households=tuple(some)) for parcel_id, some in found.items()
    )


def last_event_of(session: Session, depot_id: int, parcel_id: int) -> int | None:
    """Return the event whose plan was made by a parcel last; None if there is none."""
    return session.scalar(
        select(EventParcel.event_id)
        .join(ParcelVersion, ParcelVersion.id == EventParcel.version_id)
        .where(EventParcel.depot_id == depot_id, ParcelVersion.depot_id == depot_id)
        .where(ParcelVersion.parcel_id == parcel_id)
        .order_by(EventParcel.event_id.desc())
        .limit(1)
    )


def parcel_foods(session: Session, depot_id: int, row: ParcelRow) -> dict[int, FoodFacts]:
    """Return the facts of all items that a parcel may have in it."""
    items = {one.id for line in row.lines for one in (*line.items, *line.swaps)}
    items |= {one.id for line in row.lines for _diet, one in line.instead if one is not None}
    return item_foods(session, depot_id, items) if items else {}


def unsuitable(row: ParcelRow, diet: str, foods: dict[int, FoodFacts]) -> tuple[Named, ...]:
    """Return the items in a variant of which nobody said that they suit the diet.

    Unknown is never suitable. What is no food is not looked at.
    """
    found: dict[int, Named] = {}
    for line in row.lines:
        instead = {diet_key(known): item for known, item in line.instead}
        named: tuple[Named | None, ...] = (*line.items, *line.swaps)
        if diet_key(diet) in instead:
            named = (instead[diet_key(diet)],)
        for one in named:
            if one is not None and not _suits(foods.get(one.id), diet):
                found[one.id] = one
    return tuple(found.values())


def _suits(food: FoodFacts | None, diet: str) -> bool:
    if food is None or not food.is_food:
        return food is not None
    return food.suits_diet(diet) and not contradictions(food.allergens, (diet,))
