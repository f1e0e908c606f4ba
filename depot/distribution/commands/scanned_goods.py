"""Products scanned at a hand-out: each goes out by the pack; an unknown one is learned there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from depot.base.errors import Invalid, UnknownCode
from depot.base.text import N_
from depot.base.units import GRAM, PIECE
from depot.items.code_facts import line_facts
from depot.items.gs1 import Scan, read_code
from depot.items.learned_codes import (
    KnownCode,
    is_learnable,
    known_codes,
    save_item_code,
    settle_questions,
)
from depot.kernel.lookups import ItemRef, ItemRow, find_items
from depot.kernel.new_items import NewItem, add_named
from depot.kernel.once import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueLine:
    """So many of an item, from anywhere or from the place or crate named.

    A product's code that was scanned stands for the item and for how many a pack holds; `times`
    packs go out. Where nobody has said yet what it is, `item` and `pack_quantity` say it.
    """

    item: ItemRef | None = None
    quantity: int | None = None
    location: str | None = None
    scanned: str | None = None
    times: int = 1
    pack_quantity: int | None = None


@dataclass(frozen=True, slots=True)
class GoodsToIssue:
    """A line with its item and how many of it."""

    item: ItemRef
    quantity: int
    location: str | None


def goods_to_issue(work: Work, lines: Sequence[IssueLine]) -> list[GoodsToIssue]:
    """Return what goes out by each line; codes that were unknown are learned.

    Raises UnknownCode for a code that nobody has taught and whose line names no item, and Invalid
    for a line that does not say what or how much.
    """
    texts = {line.scanned for line in lines if line.scanned}
    scans = {text: read_code(text, work.occurred_on, work.actor.depot.time_zone) for text in texts}
    known = (
        known_codes(work, {key for scan in scans.values() for key in scan.keys}) if texts else {}
    )
    return [
        _scanned(work, line, scans[line.scanned], known) if line.scanned else _named(line)
        for line in lines
    ]


def _named(line: IssueLine) -> GoodsToIssue:
    if line.item is None or line.quantity is None:
        raise Invalid(field="item", problem=N_("Say which item and how many."))
    return GoodsToIssue(line.item, line.quantity, line.location)


def _scanned(work: Work, line: IssueLine, scan: Scan, known: dict[str, KnownCode]) -> GoodsToIssue:
    meaning = next((known[key] for key in scan.keys if key in known), None)
    if meaning is None:
        meaning = known[scan.key] = _learn(work, line, scan)
    facts = line_facts(scan, meaning.unit, meaning.pack_quantity)
    if meaning.unit == GRAM:
        each = facts.weight_grams
    else:
        each = facts.quantity or 1
    if line.quantity is None and each is None:
        raise Invalid(field="quantity", problem=N_("How much of it goes out?"))
    quantity = line.quantity if line.quantity is not None else (each or 0) * line.times
    return GoodsToIssue(meaning.item_id, quantity, line.location)


def _learn(work: Work, line: IssueLine, scan: Scan) -> KnownCode:
    text = line.scanned or ""
    if line.item is None or not is_learnable(text, scan):
        raise UnknownCode(field="scanned", code=scan.shown)
    item = _item(work, line.item)
    pack = line.pack_quantity if item.base_unit == PIECE else None
    save_item_code(work, scan, item, pack)
    settle_questions(work, scan, text)
    return KnownCode(item.id, "", item.base_unit, pack, scan.key)


def _item(work: Work, ref: ItemRef) -> ItemRow:
    found = find_items(work, [ref])
    if ref in found:
        return found[ref]
    if isinstance(ref, int):
        raise Invalid(field="item", problem=N_("Say which item and how many."))
    return add_named(work, {ref: NewItem(ref, PIECE)})[ref]
