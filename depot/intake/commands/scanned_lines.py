"""Lines of goods whose product code was scanned: the code fills what the line does not say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from depot.base.errors import Invalid, UnknownCode
from depot.base.names import name_key
from depot.base.text import N_
from depot.base.units import PIECE
from depot.items.code_facts import line_facts
from depot.items.gs1 import Scan, read_code
from depot.items.learned_codes import (
    KnownCode,
    is_learnable,
    known_codes,
    save_item_code,
    settle_questions,
)
from depot.kernel.lookups import CrateRow, ItemRow, find_crates
from depot.kernel.once import Work

if TYPE_CHECKING:
    from depot.intake.receipt_lines import ReceiptLine


@dataclass(frozen=True, slots=True)
class ScannedLines:
    """The lines, filled, and what was scanned that nobody had taught yet, by the line's place."""

    lines: tuple[ReceiptLine, ...]
    unknown: dict[int, Scan]

    def learn(self, work: Work, items: Sequence[ItemRow]) -> None:
        """Remember what the unknown codes stand for: the item that their line names.

        How many are in it is not guessed from how many came: the line says it or nobody does.
        """
        for place, scan in self.unknown.items():
            save_item_code(work, scan, items[place], self._pack_of(place, items[place]))
            settle_questions(work, scan, self.lines[place].scanned or "")

    def _pack_of(self, place: int, item: ItemRow) -> int | None:
        """Return how many pieces the line says a pack holds; a weight is no number of pieces."""
        return self.lines[place].pack_quantity if item.base_unit == PIECE else None


def fill_lines(work: Work, lines: Sequence[ReceiptLine]) -> ScannedLines:
    """Fill lines from their scanned codes; what a line says itself stays (two statements).

    A crate's label scanned into a line says which crate it goes into. Raises UnknownCode for a
    line that names no item and whose code nobody has taught.
    """
    lines = [_with_gtin(work, line) for line in lines]
    texts = [line.scanned for line in lines if line.scanned]
    if not texts:
        return ScannedLines(tuple(lines), {})
    crates = find_crates(work, texts)
    scans = {text: read_code(text, work.occurred_on, work.actor.depot.time_zone) for text in texts}
    meanings = known_codes(work, {key for scan in scans.values() for key in scan.keys})
    filled: list[ReceiptLine] = []
    unknown: dict[int, Scan] = {}
    for line in lines:
        text = line.scanned or ""
        if text in crates or not text:
            filled.append(_into(line, crates.get(text)))
            continue
        meaning = next((meanings[k] for k in scans[text].keys if k in meanings), None)
        filled.append(_filled(line, scans[text], meaning))
        if meaning is None and line.item is not None and is_learnable(text, scans[text]):
            unknown[len(filled) - 1] = scans[text]
    return ScannedLines(tuple(filled), unknown)


def _with_gtin(work: Work, line: ReceiptLine) -> ReceiptLine:
    """Return the line with its product's code in 14 digits, as if scanned if it names no item.

    Raises Invalid for what is no product's code.
    """
    if not line.gtin:
        return line
    found = read_code(line.gtin, work.occurred_on, work.actor.depot.time_zone).gtin14
    if not found:
        raise Invalid(field="gtin", problem=N_("There is no product’s number in that code."))
    names_nothing = line.item is None and line.category is None
    return replace(line, gtin=found, scanned=line.scanned or (line.gtin if names_nothing else None))


def _into(line: ReceiptLine, crate: CrateRow | None) -> ReceiptLine:
    if crate is None or line.crate_code or line.location:
        return line
    return replace(line, crate_code=crate.code)


def _filled(line: ReceiptLine, scan: Scan, meaning: KnownCode | None) -> ReceiptLine:
    names_nothing = line.item is None and line.category is None
    if names_nothing and meaning is None:
        raise UnknownCode(field="scanned", code=scan.shown)
    known = meaning if meaning and (names_nothing or _is_same(line, meaning)) else None
    pack = known.pack_quantity if known else line.pack_quantity
    facts = line_facts(scan, known.unit if known else PIECE, pack)
    is_sized = line.quantity is not None or line.weight_grams is not None
    return replace(
        line,
        item=known.item_id if known and names_nothing else line.item,
        quantity=line.quantity if is_sized else facts.quantity,
        weight_grams=line.weight_grams if is_sized else facts.weight_grams,
        date=line.date or facts.date or None,
        date_kind=line.date_kind if line.date else facts.date_kind or line.date_kind,
        lot_code=line.lot_code or facts.lot_code,
        gtin=line.gtin or _gtin_of(scan, meaning),
    )


def _gtin_of(scan: Scan, meaning: KnownCode | None) -> str:
    """Return the product's code: of two right readings the one that was taught."""
    return meaning.code if meaning and meaning.code in scan.also else scan.gtin14


def _is_same(line: ReceiptLine, meaning: KnownCode) -> bool:
    if isinstance(line.item, str):
        return name_key(line.item) == meaning.item_key
    return line.item == meaning.item_id
