"""Undoing an import: what it made goes, what it filled in is blank again, its stock is reversed.

What is in use by now stays, out of use: the database itself says what nothing refers to. What
somebody has changed since stays as they left it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete, exists, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import AlreadyReversed, ImportUndone, NotFound
from depot.base.names import name_key
from depot.base.text import N_
from depot.imports.plan import Plan
from depot.items.item_names import names_of_items
from depot.kernel.answers import Booked
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.kernel.undoing import post_reversal
from depot.ledger.posting import count_rows
from depot.models import (
    Category,
    ImportedRow,
    Item,
    ItemCode,
    ItemName,
    Location,
    SheetImport,
    StockBalance,
)
from depot.open_book.settings import note_row, standing

#: What an import makes, in the order in which it can go again: nothing refers to a code, codes and
#: stock refer to items, items to categories.
_MODELS: Final[Mapping[str, Any]] = {
    "item_code": ItemCode,
    "item": Item,
    "category": Category,
    "location": Location,
}
#: Which of them an import only fills in.
_FILLED: Final = {"items": "item", "locations": "location", "stock": "item"}
#: Among the columns of an item: what it is called in other languages.
_NAMES: Final = "names"
#: Values of a statement at once.
_CHUNK: Final = 500


@dataclass(frozen=True, slots=True)
class Marks:
    """What the depot had before an import: the newest of each kind, and rows it will fill in."""

    newest: Mapping[str, int]
    before: Mapping[int, dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoImport:
    """An import was a mistake."""

    command_id: UUID
    import_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoneImport(Booked):
    """How many rows went, went out of use because they are in use, and are as they were before."""

    import_id: int
    removed: int = 0
    kept: int = 0
    restored: int = 0


def mark(work: Work, kind: str, plan: Plan) -> Marks:
    """Note what there is before an import of that kind is written."""
    newest = {
        name: work.session.scalar(select(func.max(model.id)).where(_own(model, work))) or 0
        for name, model in _MODELS.items()
    }
    model = _MODELS.get(_FILLED.get(kind, ""))
    ids = {row.known_id for row in plan.having("changed") if row.known_id is not None}
    ids.update(_called_anew(work, plan))
    return Marks(newest, _columns_of(work, model, sorted(ids)) if model is not None else {})


def _called_anew(work: Work, plan: Plan) -> Iterator[int]:
    """Yield the items of the depot that get a name in another language."""
    keys = sorted(plan.names)
    for at in range(0, len(keys), _CHUNK):
        yield from work.session.scalars(
            select(Item.id).where(_own(Item, work), Item.name_key.in_(keys[at : at + _CHUNK]))
        )


def keep_import(work: Work, kind: str, plan: Plan, marks: Marks, entry_id: int | None) -> None:
    """Keep what the import made and filled in, by the marks set before it; nothing is not kept."""
    _take_into_use(work, plan)
    rows = [*_made(work, marks), *_filled(work, kind, marks)]
    if not rows and entry_id is None:
        return
    import_id = work.session.scalars(
        insert(SheetImport).returning(SheetImport.id),
        {
            "depot_id": work.depot_id,
            "kind": kind,
            "imported_at": work.recorded_at,
            "person_id": work.actor.person_id,
            "entry_id": entry_id,
        },
    ).one()
    owner = {"import_id": import_id, "depot_id": work.depot_id}
    for at in range(0, len(rows), _CHUNK):
        chunk = [owner | row for row in rows[at : at + _CHUNK]]
        work.session.execute(insert(ImportedRow), chunk)


def _own(model: Any, work: Work) -> Any:
    return model.depot_id == work.depot_id


def _made(work: Work, marks: Marks) -> Iterator[dict[str, Any]]:
    for name, model in _MODELS.items():
        new = select(model.id).where(_own(model, work), model.id > marks.newest[name])
        if model is Location:
            new = new.where(Location.kind == "storage")
        for number in work.session.scalars(new):
            yield {"kind": name, "row_id": number, "before": "", "after": ""}


def _filled(work: Work, kind: str, marks: Marks) -> Iterator[dict[str, Any]]:
    if not marks.before:
        return
    name = _FILLED[kind]
    for number, after in _columns_of(work, _MODELS[name], list(marks.before)).items():
        before = marks.before[number]
        changed = {column for column in after if after[column] != before[column]}
        if changed:
            yield {
                "kind": name,
                "row_id": number,
                "before": json.dumps({column: before[column] for column in sorted(changed)}),
                "after": json.dumps({column: after[column] for column in sorted(changed)}),
            }


def _columns_of(work: Work, model: Any, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Return what an import fills in of the rows: plain columns, as JSON has them."""
    names = {
        Item: ("note", "unit_weight_milligrams", "allergens", "diets", "category_id"),
        Location: ("note",),
    }[model]
    found: dict[int, dict[str, Any]] = {}
    for at in range(0, len(ids), _CHUNK):
        wanted = select(model.id, *(getattr(model, name) for name in names)).where(
            _own(model, work), model.id.in_(ids[at : at + _CHUNK])
        )
        for row in work.session.execute(wanted):
            found[row.id] = {name: getattr(row, name) for name in names}
        if model is Item:
            called = names_of_items(work.session, work.depot_id, ids[at : at + _CHUNK])
            for number in ids[at : at + _CHUNK]:
                found[number][_NAMES] = called.get(number, {})
    return found


def _take_into_use(work: Work, plan: Plan) -> None:
    """What is imported again after an undo is in use again."""
    keys = sorted({key for planned in plan.rows for key in _names(planned.row)})
    for at in range(0, len(keys), _CHUNK):
        for model in (Item, Location):
            work.session.execute(
                update(model)
                .where(
                    _own(model, work),
                    model.name_key.in_(keys[at : at + _CHUNK]),
                    model.archived,
                    _was_undone(model),
                )
                .values(archived=False)
                .execution_options(synchronize_session=False)
            )


def _names(row: Any) -> Iterator[str]:
    for field in ("name", "item", "location"):
        if text := getattr(row, field, ""):
            yield name_key(text)


def _was_undone(model: Any) -> Any:
    kind = "item" if model is Item else "location"
    return exists().where(
        ImportedRow.row_id == model.id,
        ImportedRow.kind == kind,
        SheetImport.id == ImportedRow.import_id,
        SheetImport.undone_at.is_not(None),
    )


def undo_import(command: UndoImport, actor: Actor, clock: Clock = utc_now) -> Outcome[UndoneImport]:
    """Undo an import as far as the present allows; twice is once.

    Raises Forbidden for a volunteer, NotFound, ImportUndone.
    """
    need_coordinator(actor)
    return run_once(command, actor, clock, _undo, UndoneImport, is_long=True)


def _undo(command: UndoImport, work: Work) -> UndoneImport:
    done = _load(work, command.import_id)
    reversed_ = _reverse_stock(work, done.entry_id)
    rows = work.session.scalars(select(ImportedRow).where(ImportedRow.import_id == done.id)).all()
    restored = sum(_restore(work, row) for row in rows if row.before)
    removed = kept = 0
    for kind, model in _MODELS.items():
        ids = [row.row_id for row in rows if row.kind == kind and not row.before]
        gone = sum(_remove(work, model, number) for number in ids)
        removed, kept = removed + gone, kept + len(ids) - gone
    work.session.execute(
        update(SheetImport).where(SheetImport.id == done.id).values(undone_at=work.recorded_at)
    )
    return UndoneImport(
        entry_id=reversed_.entry_id,
        seq=reversed_.seq,
        discrepancies=reversed_.discrepancies,
        import_id=done.id,
        removed=removed,
        kept=kept,
        restored=restored,
    )


def _load(work: Work, import_id: int) -> SheetImport:
    found = None
    if 0 < import_id < 2**63:
        found = work.session.scalar(
            select(SheetImport).where(SheetImport.id == import_id, _own(SheetImport, work))
        )
    if found is None:
        raise NotFound(what=N_("import"), name=str(import_id))
    if found.undone_at is not None:
        raise ImportUndone(number=import_id)
    return found


def _reverse_stock(work: Work, entry_id: int | None) -> Booked:
    """Reverse what the import brought, unless somebody did already."""
    if entry_id is None:
        return Booked()
    try:
        return post_reversal(work, entry_id, "")
    except AlreadyReversed:
        return Booked()


def _restore(work: Work, row: ImportedRow) -> int:
    """Put back what stood there before, where still stands what the import wrote."""
    model, after = _MODELS[row.kind], json.loads(row.after)
    values = json.loads(row.before)
    forgotten = _forget_names(work, row.row_id, values.pop(_NAMES, {}), after.pop(_NAMES, {}))
    if not values:
        return int(forgotten)
    same = [getattr(model, name) == value for name, value in after.items()]
    this = Item.id == row.row_id
    before = standing(work, Item, this) if "unit_weight_milligrams" in after else None
    done = work.session.execute(
        update(model)
        .where(model.id == row.row_id, _own(model, work), *same)
        .values(values)
        .execution_options(synchronize_session=False)
    )
    if before is not None:
        name = work.session.scalar(select(Item.name).where(this, _own(Item, work)))
        note_row(work, Item, name or "", before, this)
    return count_rows(done)


def _forget_names(
    work: Work, item_id: int, before: Mapping[str, str], after: Mapping[str, str]
) -> bool:
    """Forget the names that an import gave an item and that nobody changed since."""
    here = (ItemName.depot_id == work.depot_id, ItemName.item_id == item_id)
    given = {language: name for language, name in after.items() if language not in before}
    done = [
        count_rows(
            work.session.execute(
                delete(ItemName).where(*here, ItemName.language == language, ItemName.name == name)
            )
        )
        for language, name in given.items()
    ]
    return any(done)


def _remove(work: Work, model: Any, number: int) -> int:
    """Remove a row to which nothing refers, else put it out of use; return whether it is gone."""
    mine = (model.id == number, _own(model, work))
    try:
        with work.session.begin_nested():
            if model is Item:  # they are called nothing else when they are gone
                names = delete(ItemName).where(ItemName.item_id == number, _own(ItemName, work))
                work.session.execute(names)
            return count_rows(work.session.execute(delete(model).where(*mine)))
    except IntegrityError:
        pass
    if model is Location and _holds(work, number):
        return 0
    before = standing(work, Category, mine[0]) if model is Category else None
    work.session.execute(
        update(model)
        .where(*mine)
        .values(archived=True)
        .execution_options(synchronize_session=False)
    )
    if before is not None:
        note_row(work, Category, str(before["name"]), before, mine[0])
    return 0


def _holds(work: Work, place_id: int) -> bool:
    """Say whether something lies or stands at the place: then it stays in use."""
    lies = exists().where(StockBalance.location_id == place_id, StockBalance.quantity > 0)
    stands = exists().where(Location.parent_id == place_id, _own(Location, work))
    return bool(work.session.scalar(select(lies | stands)))
