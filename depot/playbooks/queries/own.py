"""What a depot could hand on as a playbook: how it works, no goods, no people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.base.actors import DepotView
from depot.base.kinds import PLACE_KINDS
from depot.base.units import GRAM, MILLIGRAMS_PER_GRAM
from depot.items.queries.category_facts import listed_categories
from depot.models import Category, Item, Location
from depot.models.item_names import naming_in
from depot.playbooks.playbook import (
    Playbook,
    PlaybookCategory,
    PlaybookInstead,
    PlaybookItem,
    PlaybookPage,
    PlaybookParcel,
    PlaybookParcelLine,
    PlaybookPlace,
    PlaybookRecipe,
    PlaybookRecipeLine,
    PlaybookRoutine,
)
from depot.playbooks.queries.handbook import PageFacts, own_pages
from depot.production.parcel_rows import Named, ParcelLineRow
from depot.production.queries.parcels import listed_parcels
from depot.production.queries.recipes import RecipeGoods, listed_recipes
from depot.rota.occurring import RoutineState, current
from depot.rota.rows import routine_versions

#: Places and items of a playbook: a way to begin, no copy of a warehouse.
MOST_PLACES: Final = 200
MOST_ITEMS: Final = 500


@naming_in("")
def own_playbook(session: Session, depot: DepotView) -> Playbook:
    """Return how the depot works now. Items are those that its parcels and recipes name.

    The guide is the page of its handbook that a playbook began, or a blank one of its name. Items
    have their own names, whoever reads: a playbook is kept, and taken elsewhere.
    """
    parcels = _parcels(session, depot.id)
    recipes = _recipes(session, depot.id)
    pages = [_page(page) for page in own_pages(session, depot.id) if not page.archived]
    guides = [page for page in pages if page.key.startswith("guide-")]
    guide = guides[0] if guides else _blank_guide(depot)
    return Playbook(
        key=depot.slug,
        name=depot.name,
        about="",
        guide=guide,
        categories=_categories(session, depot.id),
        places=_places(session, depot.id),
        items=_items(session, depot.id, _named_in(parcels, recipes)),
        parcels=parcels,
        recipes=recipes,
        routines=_routines(session, depot.id),
        pages=tuple(page for page in pages if page is not guide),
    )


def _blank_guide(depot: DepotView) -> PlaybookPage:
    return PlaybookPage(key=f"guide-{depot.slug}", title=depot.name, blocks=(depot.name,))


def _page(page: PageFacts) -> PlaybookPage:
    return PlaybookPage(key=page.key, title=page.title, blocks=page.blocks)


def _categories(session: Session, depot_id: int) -> tuple[PlaybookCategory, ...]:
    return tuple(
        PlaybookCategory(
            name=one.name,
            average_unit_grams=_grams(one.average_unit_milligrams),
            is_food=one.is_food,
        )
        for one in listed_categories(session, depot_id)
        if not one.archived
    )


def _places(session: Session, depot_id: int) -> tuple[PlaybookPlace, ...]:
    rows = session.execute(
        select(Location.id, Location.parent_id, Location.name, Location.note, Location.kind)
        .where(Location.depot_id == depot_id, Location.kind.in_(PLACE_KINDS), ~Location.archived)
        .order_by(Location.walk_position, Location.name_key)
    ).all()
    names = {row.id: row.name for row in rows}
    found: list[PlaybookPlace] = []
    waiting = list(rows)
    while waiting and len(found) < MOST_PLACES:
        done = {place.name for place in found}
        ready = [row for row in waiting if names.get(row.parent_id, "") in done | {""}]
        if not ready:
            break
        found += [
            PlaybookPlace(
                name=row.name, note=row.note, inside=names.get(row.parent_id, ""), kind=row.kind
            )
            for row in ready
        ]
        waiting = [row for row in waiting if row not in ready]
    return tuple(found[:MOST_PLACES])


def _items(session: Session, depot_id: int, names: set[str]) -> tuple[PlaybookItem, ...]:
    rows = session.execute(
        select(Item.name, Category.name, Item.base_unit, Item.unit_weight_milligrams)
        .join(Category, Category.id == Item.category_id)
        .where(Item.depot_id == depot_id, Item.name.in_(sorted(names)), ~Item.is_loose)
        .order_by(Item.name_key)
        .limit(MOST_ITEMS)
    )
    return tuple(
        PlaybookItem(
            name=name,
            category=category,
            unit=unit,
            unit_grams=None if unit == GRAM else _grams(milligrams),
        )
        for name, category, unit, milligrams in rows
    )


def _grams(milligrams: int | None) -> int | None:
    return milligrams and max(1, round(milligrams / MILLIGRAMS_PER_GRAM))


def _parcels(session: Session, depot_id: int) -> tuple[PlaybookParcel, ...]:
    return tuple(
        PlaybookParcel(name=one.name, lines=tuple(map(_line, one.lines)), sizes=one.sizes)
        for one in listed_parcels(session, depot_id)
        if not one.archived
    )


def _line(row: ParcelLineRow) -> PlaybookParcelLine:
    goods = row.goods
    items = _names(row.items)
    return PlaybookParcelLine(
        item=items[0] if len(items) == 1 else "",
        choices=items if len(items) > 1 else (),
        category="" if row.category is None else row.category.name,
        unit="" if row.category is None else goods.unit,
        household=goods.amounts.household,
        adult=goods.amounts.adult,
        child=goods.amounts.child,
        sizes=goods.amounts.sizes,
        swaps=_names(row.swaps),
        instead=tuple(
            PlaybookInstead(diet=diet, item="" if item is None else item.name)
            for diet, item in row.instead
        ),
    )


def _names(rows: Iterable[Named]) -> tuple[str, ...]:
    return tuple(row.name for row in rows)


def _recipes(session: Session, depot_id: int) -> tuple[PlaybookRecipe, ...]:
    return tuple(
        PlaybookRecipe(
            name=one.name,
            inputs=tuple(map(_goods, one.inputs)),
            outputs=tuple(map(_goods, one.outputs)),
        )
        for one in listed_recipes(session, depot_id)
        if not one.archived
    )


def _goods(row: RecipeGoods) -> PlaybookRecipeLine:
    return PlaybookRecipeLine(item=row.item, quantity=row.quantity, keeps_days=row.keeps_days)


def _named_in(parcels: tuple[PlaybookParcel, ...], recipes: tuple[PlaybookRecipe, ...]) -> set[str]:
    names: set[str] = set()
    for parcel in parcels:
        for line in parcel.lines:
            names |= {line.item, *line.choices, *line.swaps}
            names |= {one.item for one in line.instead}
    for recipe in recipes:
        names |= {line.item for line in (*recipe.inputs, *recipe.outputs)}
    return names - {""}


def _routines(session: Session, depot_id: int) -> tuple[PlaybookRoutine, ...]:
    newest = [current(versions) for versions in routine_versions(session, depot_id).values()]
    return tuple(map(_routine, (one for one in newest if one.ends_on is None)))


def _routine(state: RoutineState) -> PlaybookRoutine:
    start = ""
    if state.begins_minute is not None:
        hours, minutes = divmod(state.begins_minute, 60)
        start = f"{hours:02}:{minutes:02}"
    return PlaybookRoutine(
        kind=state.kind,
        name=state.name,
        text=state.text,
        steps=state.steps,
        people_min=state.people_min,
        people_max=state.people_max,
        open_places=state.open_places,
        frequency=state.rule.frequency,
        every=state.rule.every,
        weekdays=state.rule.weekdays,
        nths=state.rule.nths,
        month_day=state.rule.month_day,
        local_start=start,
        minutes=state.minutes,
        days=state.days,
    )
