"""Importing items, with the categories they name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import insert, select, update

from depot.base.allergens import allergens_to_text, diets_to_text
from depot.base.errors import DepotError, NameTaken
from depot.base.names import name_key
from depot.base.text import N_
from depot.base.units import PIECE, known_unit_weight
from depot.imports.commands.categories import write_categories
from depot.imports.commands.codes import mark_coded, plan_codes, write_codes
from depot.imports.doubts import remark_unit_weights
from depot.imports.known import KnownItem, KnownNames
from depot.imports.names import NewNames
from depot.imports.plan import (
    CHUNK,
    Plan,
    PlannedRow,
    Remarks,
    ReportStep,
    headings_of,
    set_aside_of,
    sort_problems,
)
from depot.imports.rows.cells import ParsedRows
from depot.imports.rows.rows import ItemRow
from depot.imports.rows.spelling import COMMON_CATEGORIES, near_duplicates
from depot.imports.sheets.problems import Problem
from depot.items.item_names import add_item_names
from depot.kernel.answers import Booked
from depot.kernel.once import Work
from depot.models import Item
from depot.open_book.settings import note_row, standing


class ProbablyMisspelt(DepotError):
    code = "probably_misspelt"
    template = N_("The category “%(name)s” is perhaps “%(like)s” misspelt. It is taken as written.")


class OtherCategory(DepotError):
    code = "other_category"
    template = N_("“%(item)s” stays in the category “%(kept)s”, not “%(written)s” as written.")


class OtherUnit(DepotError):
    code = "other_unit"
    template = N_("“%(item)s” is already counted in another unit; that stays.")


class OtherWeight(DepotError):
    code = "other_weight"
    template = N_("“%(item)s” already has another weight; that stays.")


class WeightNotKept(DepotError):
    code = "weight_not_kept"
    template = N_("Only what is counted in pieces has a weight of one; it is left out here.")


def plan_items(book: KnownNames, parsed: ParsedRows[ItemRow]) -> Plan:
    """Return what importing these items would do: new ones, and blanks filled in of known ones."""
    remarks = Remarks()
    remarks.add_notes(parsed)
    problems = list(parsed.problems)
    rows: list[PlannedRow] = []
    loose = {name_key(book.loose(row.category)) for row in parsed.rows if _is_new(book, row)}
    names = NewNames(book, parsed.rows)
    for row in parsed.rows:
        problem = _name_taken(book, row, loose) or names.problem(row)
        if problem:
            problems.append(problem)
            continue
        known = book.items.get(name_key(row.name))
        rows.append(names.noted(_planned(book, row, known, remarks), row, remarks))
    remark_unit_weights(parsed.rows, remarks)
    _remark_on_spelling(book, [row for row in parsed.rows if row.category], remarks)
    new = {name_key(r.category): r.category for r in reversed(parsed.rows) if _is_new(book, r)}
    made = {"categories": tuple(reversed(new.values()))}
    coded = [p.row for p in rows if isinstance(p.row, ItemRow)]
    codes = plan_codes(book, [(row.number, row.name, row.barcodes) for row in coded], remarks)
    return Plan(
        "items",
        mark_coded(rows, codes),
        sort_problems(problems),
        remarks.all(),
        made,
        set_aside=set_aside_of(parsed),
        headings=headings_of(parsed),
        codes=codes,
        names=names.all(),
    )


def _is_new(book: KnownNames, row: ItemRow) -> bool:
    """Say whether the row names a category that has to be made for it."""
    return (
        bool(row.category)
        and name_key(row.category) not in book.categories
        and _category_counts(book, book.items.get(name_key(row.name)))
    )


def _category_counts(book: KnownNames, known: KnownItem | None) -> bool:
    """Whether a written category is taken over: "Other" is where nobody has said one yet."""
    return known is None or known.category_id == book.catch_all.id


def _name_taken(book: KnownNames, row: ItemRow, loose: set[str]) -> Problem | None:
    """A new category brings an item for its loose goods, so that name must be free."""
    if _is_new(book, row) and book.is_item(book.loose(row.category)):
        return Problem.of(row.number, "category", NameTaken(name=book.loose(row.category)))
    if name_key(row.name) in loose:
        return Problem.of(row.number, "name", NameTaken(name=row.name))
    return None


def _planned(
    book: KnownNames, row: ItemRow, known: KnownItem | None, remarks: Remarks
) -> PlannedRow:
    unit = known.base_unit if known else row.base_unit or PIECE
    if row.unit_weight_milligrams and unit != PIECE:
        remarks.add(WeightNotKept(), row.number)
    if known is None:
        return PlannedRow("new", row)
    _remark_on_differences(book, row, known, remarks)
    fills: dict[str, object] = {}
    if row.unit_weight_milligrams and unit == PIECE and known.unit_weight_milligrams is None:
        fills["unit_weight_milligrams"] = row.unit_weight_milligrams
    if row.note and not known.note:
        fills["note"] = row.note
    if row.allergens and not known.allergens:
        fills["allergens"] = allergens_to_text(row.allergens)
    if row.diets and not known.diets:
        fills["diets"] = diets_to_text(row.diets)
    written = name_key(row.category)
    if written and _category_counts(book, known) and written != name_key(book.catch_all.name):
        fills["category"] = row.category
    return PlannedRow("changed" if fills else "same", row, known.id, fills)


def _remark_on_differences(
    book: KnownNames, row: ItemRow, known: KnownItem, remarks: Remarks
) -> None:
    kept = next(c.name for c in book.categories.values() if c.id == known.category_id)
    differs = row.category and name_key(row.category) != name_key(kept)
    if differs and not _category_counts(book, known):
        remarks.add(OtherCategory(item=known.name, kept=kept, written=row.category), row.number)
    if row.base_unit not in (None, known.base_unit):
        remarks.add(OtherUnit(item=known.name), row.number)
    weight = row.unit_weight_milligrams
    if weight and known.base_unit == PIECE and known.unit_weight_milligrams not in (None, weight):
        remarks.add(OtherWeight(item=known.name), row.number)


def _remark_on_spelling(book: KnownNames, rows: Sequence[ItemRow], remarks: Remarks) -> None:
    known = [known.name for known in book.categories.values()]
    known += [row.name for row in rows] + list(COMMON_CATEGORIES)
    for near in near_duplicates([row.category for row in rows], known=known):
        if name_key(near.name) in book.categories:
            continue
        said = [row.number for row in rows if name_key(row.category) == name_key(near.name)]
        remarks.add(ProbablyMisspelt(name=near.name, like=near.like), *said)


def write_items(work: Work, book: KnownNames, plan: Plan, tick: ReportStep) -> Booked:
    """Make the new categories and items of the plan and fill in blanks of the others."""
    categories = write_categories(work, book, plan)
    new = plan.having("new")
    for at in range(0, len(new), CHUNK):
        chunk = new[at : at + CHUNK]
        values = [_values(work, book, planned.row, categories) for planned in chunk]
        work.session.execute(insert(Item), values)
        tick(len(chunk))
    names: dict[int | None, str] = {known.id: known.name for known in book.items.values()}
    for planned in plan.having("changed"):
        fills = dict(planned.fills)
        if not fills:
            tick(1)
            continue
        if category := fills.pop("category", None):
            fills["category_id"] = categories[name_key(str(category))]
        this = (Item.depot_id == work.depot_id, Item.id == planned.known_id)
        before = standing(work, Item, *this) if "unit_weight_milligrams" in fills else None
        work.session.execute(update(Item).where(*this).values(fills))
        if before is not None:
            note_row(work, Item, names[planned.known_id], before, *this)
        tick(1)
    if plan.codes or plan.names:
        ids = _ids(work, plan)
        if plan.codes:
            write_codes(work, plan.codes, ids)
        add_item_names(work, {ids[key]: names for key, names in plan.names.items()})
    return Booked()


def _ids(work: Work, plan: Plan) -> dict[str, int]:
    """Return the ids of the items that get a code or a name, by the name's key."""
    rows = work.session.execute(
        select(Item.name_key, Item.id).where(Item.depot_id == work.depot_id)
    )
    wanted = {code.item_key for code in plan.codes} | plan.names.keys()
    return {key: number for key, number in rows if key in wanted}


def _values(
    work: Work, book: KnownNames, row: object, categories: Mapping[str, int]
) -> dict[str, object]:
    if not isinstance(row, ItemRow):
        raise TypeError(f"not an item's row: {row!r}")
    unit = row.base_unit or PIECE
    weight = known_unit_weight(unit, row.unit_weight_milligrams if unit == PIECE else None)
    return {
        "depot_id": work.depot_id,
        "category_id": categories[name_key(row.category)] if row.category else book.catch_all.id,
        "name": row.name,
        "name_key": name_key(row.name),
        "base_unit": unit,
        "unit_weight_milligrams": weight,
        "note": row.note,
        "allergens": allergens_to_text(row.allergens),
        "diets": diets_to_text(row.diets),
    }
