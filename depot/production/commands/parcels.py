"""Kinds of parcels: made and edited by coordinators; each edit is a version of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, insert, select, update

from depot.base.actors import Actor
from depot.base.allergens import MAX_DIET, diet_key
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid, NotFound
from depot.base.names import clean_name, name_key
from depot.base.text import N_
from depot.base.units import BASE_UNITS, MAX_MOVE, PIECE
from depot.kernel.answers import Saved
from depot.kernel.lookups import ItemRef, ItemRow, need_items
from depot.kernel.new_items import check_name_is_free, need_category
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.models import Parcel, ParcelAmount, ParcelItem, ParcelLine, ParcelVersion
from depot.open_book.settings import note_change, values_of
from depot.production.errors import OtherUnit
from depot.production.parcel_rows import is_newest_parcel, load_parcels
from depot.production.parcels import Amounts, ParcelGoods

#: Lines of a parcel, sizes of one, and what may stand in for a line.
MOST_LINES: Final = 60
MOST_SIZES: Final = 12
MOST_OTHERS: Final = 12
MOST_LETTERS: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class PerSaid:
    """So much for each household, adult and child; or for each of the sizes, in their order."""

    household: int = 0
    adult: int = 0
    child: int = 0
    sizes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InsteadSaid:
    """What those who eat so get instead of a line's goods; without an item, nothing of it."""

    diet: str
    item: ItemRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelLineSaid:
    """A line: an item, one of several, or anything of a category counted in `unit`."""

    per: PerSaid
    item: ItemRef | None = None
    choices: tuple[ItemRef, ...] = ()
    category: str | int | None = None
    unit: str | None = None
    swaps: tuple[ItemRef, ...] = ()
    instead: tuple[InsteadSaid, ...] = ()

    @property
    def meant(self) -> tuple[ItemRef, ...]:
        """Return the items that the line is of; none for a category's."""
        return self.choices if self.item is None else (self.item,)


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveParcel:
    """A parcel as it is to be from now on.

    With the id of a known one, or with its name unless it `must_be_new`, it is that one's next
    version; plans that were made by the ones before stay as they are.
    """

    command_id: UUID
    name: str
    lines: tuple[ParcelLineSaid, ...] = ()
    sizes: tuple[str, ...] = ()
    parcel_id: int | None = None
    must_be_new: bool = False
    archived: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeParcel:
    """Something else about a parcel; what is None stays as it is."""

    command_id: UUID
    parcel_id: int = 0
    name: str | None = None
    lines: tuple[ParcelLineSaid, ...] | None = None
    sizes: tuple[str, ...] | None = None
    archived: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedParcel(Saved):
    """The parcel is saved, and this is its newest version."""

    version: int


def save_parcel(command: SaveParcel, actor: Actor, clock: Clock = utc_now) -> Outcome[SavedParcel]:
    """Make or edit a parcel; the same lines as before make no new version.

    Raises Forbidden, NotFound, UnknownItem, UnknownCategory, NameTaken, OtherUnit for what stands
    in and is counted in something else, and Invalid for lines and sizes that cannot be.
    """
    need_coordinator(actor)
    return run_once(command, actor, clock, _save, SavedParcel)


def change_parcel(
    command: ChangeParcel, actor: Actor, clock: Clock = utc_now
) -> Outcome[SavedParcel]:
    """Change what is said of a parcel. Raises as `save_parcel` does."""
    need_coordinator(actor)
    return run_once(command, actor, clock, _change, SavedParcel)


def _save(command: SaveParcel, work: Work) -> SavedParcel:
    parcel_id = command.parcel_id
    if parcel_id is not None:
        _need(work, parcel_id)
    elif not command.must_be_new:
        named = Parcel.name_key == name_key(command.name)
        parcel_id = work.session.scalar(
            select(Parcel.id).where(Parcel.depot_id == work.depot_id, named)
        )
    sizes = _sizes(command.sizes)
    lines = _lines(command.lines, sizes, work)
    return _write(work, parcel_id, command.name, command.archived, (sizes, lines))


def _change(command: ChangeParcel, work: Work) -> SavedParcel:
    this = Parcel.id == command.parcel_id
    found = load_parcels(work.session, work.depot_id, is_newest_parcel(), this)
    if not found:
        raise NotFound(what=N_("parcel"), name=command.parcel_id)
    row = found[0]
    sizes = row.sizes if command.sizes is None else _sizes(command.sizes)
    lines = list(row.goods)
    if command.lines is not None:
        lines = _lines(command.lines, sizes, work)
    elif len(sizes) != len(row.sizes):
        raise Invalid(field="sizes", problem=N_("Other sizes need other lines: say both."))
    name = row.name if command.name is None else command.name
    archived = row.archived if command.archived is None else command.archived
    return _write(work, row.id, name, archived, (sizes, lines))


def _write(
    work: Work,
    parcel_id: int | None,
    name: str,
    archived: bool,
    content: tuple[tuple[str, ...], list[ParcelGoods]],
) -> SavedParcel:
    """Write the name, and a next version if what is in it is another than before."""
    named = check_name_is_free(work, Parcel, name, parcel_id)
    values = named | {"archived": archived}
    was = values_of(work, Parcel, parcel_id, "archived")
    if parcel_id is None:
        statement = insert(Parcel).values(depot_id=work.depot_id, **values).returning(Parcel.id)
        parcel_id = work.session.execute(statement).scalar_one()
    else:
        this = (Parcel.depot_id == work.depot_id) & (Parcel.id == parcel_id)
        work.session.execute(update(Parcel).where(this).values(**values))
    known = load_parcels(work.session, work.depot_id, is_newest_parcel(), Parcel.id == parcel_id)
    version = before = known[0].version if known else 0
    if not known or (known[0].sizes, list(known[0].goods)) != content:
        version += 1
        _add_version(work, parcel_id, version, *content)
    told = {"version": version, "archived": archived}
    note_change(work, "parcel", named["name"], {"version": before or None, **was}, told)
    return SavedParcel(id=parcel_id, name=named["name"], version=version)


def _need(work: Work, parcel_id: int) -> None:
    this = (Parcel.depot_id == work.depot_id) & (Parcel.id == parcel_id)
    if work.session.scalar(select(func.count()).select_from(Parcel).where(this)) == 0:
        raise NotFound(what=N_("parcel"), name=parcel_id)


def _sizes(said: Iterable[str]) -> tuple[str, ...]:
    sizes = tuple(clean_name(name) for name in said)
    if len(sizes) > MOST_SIZES:
        raise Invalid(field="sizes", problem=N_("A parcel has at most 12 sizes."))
    if any(not name or len(name) > MOST_LETTERS for name in sizes):
        raise Invalid(field="sizes", problem=N_("A size needs a name of at most 60 letters."))
    if len({name_key(name) for name in sizes}) < len(sizes):
        raise Invalid(field="sizes", problem=N_("Two sizes have the same name."))
    return sizes


def _lines(
    said: tuple[ParcelLineSaid, ...], sizes: tuple[str, ...], work: Work
) -> list[ParcelGoods]:
    if not said:
        raise Invalid(field="lines", problem=N_("Say what is in it: at least one line."))
    if len(said) > MOST_LINES:
        raise Invalid(field="lines", problem=N_("A parcel has at most 60 lines."))
    items = need_items(work, [ref for line in said for ref in _refs(line)])
    return [
        _line(number, line, len(sizes), items, work) for number, line in enumerate(said, start=1)
    ]


def _refs(line: ParcelLineSaid) -> list[ItemRef]:
    instead = [one.item for one in line.instead if one.item is not None]
    return [*line.meant, *line.swaps, *instead]


def _line(
    number: int, line: ParcelLineSaid, sizes: int, items: Mapping[ItemRef, ItemRow], work: Work
) -> ParcelGoods:
    if sum((line.item is not None, bool(line.choices), line.category is not None)) != 1:
        problem = N_("A line is an item, one of several, or a category.")
        raise Invalid(field="lines", problem=problem)
    meant = tuple(items[ref].id for ref in line.meant)
    swaps = tuple(items[ref].id for ref in line.swaps)
    _check_items(meant, swaps)
    unit = line.unit or PIECE
    category_id = None
    if line.category is not None:
        category_id = need_category(work, line.category).id
        if unit not in BASE_UNITS:
            raise Invalid(field="lines", problem=N_("That is no unit."))
    else:
        unit = items[line.meant[0]].base_unit
    for ref in _refs(line):
        if items[ref].base_unit != unit:
            raise OtherUnit(field="lines", item=items[ref].name)
    return ParcelGoods(
        number,
        _amounts(line.per, sizes),
        meant,
        category_id,
        unit,
        swaps,
        _instead(line.instead, items),
    )


def _check_items(meant: tuple[int, ...], swaps: tuple[int, ...]) -> None:
    if max(len(meant), len(swaps)) > MOST_OTHERS:
        raise Invalid(field="lines", problem=N_("A line names at most 12 items."))
    if len({*meant, *swaps}) < len(meant) + len(swaps):
        raise Invalid(field="lines", problem=N_("A line names an item twice."))


def _amounts(per: PerSaid, sizes: int) -> Amounts:
    by_people = (per.household, per.adult, per.child)
    if sizes and (any(by_people) or len(per.sizes) != sizes):
        raise Invalid(field="lines", problem=N_("Say how much for each size, and nothing else."))
    if not sizes and per.sizes:
        raise Invalid(field="sizes", problem=N_("Say what the sizes are called."))
    said = (*by_people, *per.sizes)
    if any(not 0 <= quantity <= MAX_MOVE for quantity in said) or not any(said):
        raise Invalid(field="lines", problem=N_("Say how much: more than nothing."))
    return Amounts(*by_people, per.sizes)


def _instead(
    said: tuple[InsteadSaid, ...], items: Mapping[ItemRef, ItemRow]
) -> tuple[tuple[str, int | None], ...]:
    found: dict[str, tuple[str, int | None]] = {}
    for one in said:
        diet = clean_name(one.diet)
        if not diet or len(diet) > MAX_DIET:
            raise Invalid(field="lines", problem=N_("Say which diet has something else."))
        if diet_key(diet) in found:
            raise Invalid(field="lines", problem=N_("A diet has one thing instead of a line."))
        item = None if one.item is None else items[one.item].id
        found[diet_key(diet)] = (diet, item)
    return tuple(found.values())


def _add_version(
    work: Work, parcel_id: int, version: int, sizes: tuple[str, ...], lines: list[ParcelGoods]
) -> None:
    made = {
        "depot_id": work.depot_id,
        "parcel_id": parcel_id,
        "version": version,
        "sizes": "\n".join(sizes),
        "made_at": work.recorded_at,
        "person_id": work.actor.person_id,
    }
    add_version = insert(ParcelVersion).values(**made).returning(ParcelVersion.id)
    version_id = work.session.execute(add_version).scalar_one()
    amounts: list[dict[str, Any]] = []
    items: list[dict[str, Any]] = []
    for goods in lines:
        add_line = (
            insert(ParcelLine)
            .values(
                depot_id=work.depot_id,
                version_id=version_id,
                line=goods.line,
                unit=goods.unit,
                category_id=goods.category_id,
            )
            .returning(ParcelLine.id)
        )
        line = {
            "line_id": work.session.execute(add_line).scalar_one(),
            "depot_id": work.depot_id,
        }
        amounts += [line | row for row in _amount_rows(goods.amounts)]
        items += [line | row for row in _item_rows(goods)]
    work.session.execute(insert(ParcelAmount), amounts)
    if items:
        work.session.execute(insert(ParcelItem), items)


def _amount_rows(amounts: Amounts) -> list[dict[str, Any]]:
    said = [("household", 0, amounts.household), ("adult", 0, amounts.adult)]
    said += [("child", 0, amounts.child)]
    said += [("size", size, quantity) for size, quantity in enumerate(amounts.sizes, start=1)]
    return [
        {"per": per, "size": size, "quantity": quantity} for per, size, quantity in said if quantity
    ]


def _item_rows(goods: ParcelGoods) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [{"role": "item", "item_id": one} for one in goods.items]
    rows += [{"role": "swap", "item_id": one} for one in goods.swaps]
    rows += [{"role": "diet", "diet": diet, "item_id": one} for diet, one in goods.instead]
    return [{"position": at, "diet": ""} | row for at, row in enumerate(rows, start=1)]
