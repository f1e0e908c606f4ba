"""Categories that imported items name: made just before "Other", described once."""

from __future__ import annotations

from sqlalchemy import update

from depot.base.dates import UNTIL_THE_DAY
from depot.base.names import name_key
from depot.imports.known import KnownCategory, KnownNames
from depot.imports.plan import Plan
from depot.imports.rows.rows import ItemRow
from depot.items.start_categories import StartCategory, add_category, loose_name
from depot.kernel.once import Work
from depot.models import Category


def write_categories(work: Work, book: KnownNames, plan: Plan) -> dict[str, int]:
    """Make the plan's categories, just before "Other"; return all categories' ids by name."""
    ids = add_categories(work, book, plan.makes["categories"])
    for key, note in _descriptions(plan).items():
        if key in ids and _has_no_note(book.categories.get(key)):
            work.session.execute(
                update(Category)
                .where(Category.depot_id == work.depot_id, Category.id == ids[key])
                .values(note=note)
            )
    return ids


def _descriptions(plan: Plan) -> dict[str, str]:
    found: dict[str, str] = {}
    for planned in plan.rows:
        row = planned.row
        if isinstance(row, ItemRow) and row.category and row.category_description:
            found.setdefault(name_key(row.category), row.category_description)
    return found


def _has_no_note(known: KnownCategory | None) -> bool:
    return known is None or not known.note


def add_categories(work: Work, book: KnownNames, names: tuple[str, ...]) -> dict[str, int]:
    """Make categories of these names; return all categories' ids by the name's key."""
    ids = {key: known.id for key, known in book.categories.items()}
    position = max(book.catch_all.position - 1, 0)
    for name in names:
        start = StartCategory(name, UNTIL_THE_DAY, None)
        loose = loose_name(name, work.actor.depot)
        ids[name_key(name)] = add_category(work.session, work.depot_id, start, position, loose)
    return ids
