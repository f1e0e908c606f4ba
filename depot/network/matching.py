"""What goods of another depot are here: matched by what was learned, product code or name.

Who receives may say it; what is matched once is learned, and asked about no more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, insert, select, tuple_

from depot.base.errors import Invalid
from depot.base.names import name_key
from depot.base.text import N_
from depot.kernel.lookups import ItemRef, ItemRow, find_items, need_items
from depot.kernel.new_items import NewItem, add_item
from depot.kernel.once import Work
from depot.models import Category, Item, ItemCode, ItemMatch
from depot.network.envelopes import Packed

#: A name and its base unit: flour by the piece is not flour by the gram.
_Key = tuple[str, str]


def match_items(
    work: Work, source: str, lines: Sequence[Packed], said: Mapping[int, ItemRef]
) -> dict[int, ItemRow]:
    """Return the depot's item for each line, by the line's number; make those nobody knows.

    `said` is what the receiver says of a line. Raises UnknownItem, and Invalid for an item that is
    counted in another unit.
    """
    found = find_matches(work, source, lines)
    chosen = need_items(work, said.values())
    for line in lines:
        if line.line in said:
            found[match_key(line)] = _fitting(line, chosen[said[line.line]])
    for line in lines:
        if match_key(line) not in found:
            found[match_key(line)] = _make(work, line)
    _learn(work, source, {match_key(line): found[match_key(line)] for line in lines})
    return {line.line: found[match_key(line)] for line in lines}


def find_matches(work: Work, source: str, lines: Sequence[Packed]) -> dict[_Key, ItemRow]:
    """Return the items that are known for the lines: learned, else by code, else by name."""
    keys = {match_key(line) for line in lines}
    codes = {code for line in lines for code in line.product_codes.split()}
    learned = {
        (row.name_key, row.base_unit): row.item_id
        for row in work.session.execute(
            select(ItemMatch.name_key, ItemMatch.base_unit, ItemMatch.item_id).where(
                ItemMatch.depot_id == work.depot_id,
                ItemMatch.source == source,
                tuple_(ItemMatch.name_key, ItemMatch.base_unit).in_(keys),
            )
        )
    }
    by_code = {
        row.code: row.item_id
        for row in work.session.execute(
            select(ItemCode.code, ItemCode.item_id).where(
                ItemCode.depot_id == work.depot_id, ItemCode.code.in_(codes)
            )
        )
    }
    wanted: list[ItemRef] = [*learned.values(), *by_code.values(), *(name for name, _ in keys)]
    items = find_items(work, wanted)
    found: dict[_Key, ItemRow] = {}
    for line in lines:
        coded = [by_code[code] for code in line.product_codes.split() if code in by_code]
        known: list[ItemRef | None] = [learned.get(match_key(line)), *coded, match_key(line)[0]]
        fitting = (items[ref] for ref in known if ref is not None and ref in items)
        first = next((item for item in fitting if item.base_unit == line.base_unit), None)
        if first is not None:
            found[match_key(line)] = first
    return found


def match_key(line: Packed) -> _Key:
    """Return what an item of another depot is known by: its name and its unit."""
    return name_key(line.item_name), line.base_unit


def _fitting(line: Packed, item: ItemRow) -> ItemRow:
    if item.base_unit != line.base_unit:
        raise Invalid(field="matches", problem=N_("That item is counted in another unit."))
    return item


def _make(work: Work, line: Packed) -> ItemRow:
    """Make the item as the sender has it, in the category of that name if there is one."""
    category = work.session.scalar(
        select(Category.id).where(
            Category.depot_id == work.depot_id, Category.name_key == name_key(line.category)
        )
    )
    return add_item(
        work, NewItem(_free_name(work, line), line.base_unit, category, line.unit_weight_milligrams)
    )


def _free_name(work: Work, line: Packed) -> str:
    """Return the sender's name; one that is another thing's here gets its unit behind it."""
    is_taken = work.session.scalar(
        select(Item.id).where(
            Item.depot_id == work.depot_id, Item.name_key == name_key(line.item_name)
        )
    )
    return f"{line.item_name} ({line.base_unit})" if is_taken else line.item_name


def _learn(work: Work, source: str, found: Mapping[_Key, ItemRow]) -> None:
    if not found:
        return
    work.session.execute(
        delete(ItemMatch).where(
            ItemMatch.depot_id == work.depot_id,
            ItemMatch.source == source,
            tuple_(ItemMatch.name_key, ItemMatch.base_unit).in_(found),
        )
    )
    work.session.execute(
        insert(ItemMatch),
        [
            {
                "depot_id": work.depot_id,
                "source": source,
                "name_key": key,
                "base_unit": unit,
                "item_id": item.id,
            }
            for (key, unit), item in found.items()
        ],
    )
