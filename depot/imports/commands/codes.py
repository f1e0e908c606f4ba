"""Product codes in imported lists: each is learned for its item, or named why it is not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import insert, select

from depot.base.errors import DepotError
from depot.base.names import name_key
from depot.base.text import N_
from depot.imports.known import KnownNames
from depot.imports.plan import CHUNK, PlannedCode, PlannedRow, Remarks
from depot.imports.rows.barcodes import read_bare_code
from depot.imports.rows.rows import ItemRow, StockRow
from depot.items.learned_codes import settle_questions
from depot.kernel.once import Work
from depot.models import Discrepancy, ItemCode

#: A row's number, its item's name, its codes.
CodedRow = tuple[int, str, tuple[str, ...]]
_MOST_NAMES: Final = 5


class CodeAtTwoItems(DepotError):
    code = "code_at_two_items"
    template = N_("The code %(code)s stands at several items: %(items)s. It is learned for none.")


class CodeOfOtherItem(DepotError):
    code = "code_of_other_item"
    template = N_("The code %(code)s is known for “%(known)s”, not for “%(item)s”. That stays.")


def plan_codes(
    book: KnownNames, rows: Iterable[CodedRow], remarks: Remarks
) -> tuple[PlannedCode, ...]:
    """Return the codes that can be learned; the forms of one number are one code."""
    at: dict[str, list[tuple[int, str, str]]] = {}
    for number, item, codes in rows:
        for code in codes:
            at.setdefault(read_bare_code(code).key, []).append((number, item, code))
    planned: list[PlannedCode] = []
    for key, places in at.items():
        numbers, items, codes = zip(*places, strict=True)
        scan = read_bare_code(codes[0])
        names = {name_key(item): item for item in reversed(items)}
        known = next((book.codes[k] for k in scan.keys if k in book.codes), None)
        if len(names) > 1:
            shown = ", ".join(list(reversed(names.values()))[:_MOST_NAMES])
            remarks.add(CodeAtTwoItems(code=scan.shown, items=shown), *numbers)
        elif known is None:
            planned.append(PlannedCode(next(iter(names)), key, scan.shown))
        elif known not in names:
            named = book.items[known].name
            remarks.add(CodeOfOtherItem(code=scan.shown, known=named, item=items[0]), *numbers)
    return tuple(planned)


def mark_coded(
    rows: Sequence[PlannedRow], codes: tuple[PlannedCode, ...]
) -> tuple[PlannedRow, ...]:
    """Return the rows, those that are here already changed where their item gets a code."""
    coded = {code.item_key for code in codes}
    return tuple(
        replace(planned, status="changed")
        if planned.status == "same" and name_key(_item_of(planned)) in coded
        else planned
        for planned in rows
    )


def _item_of(planned: PlannedRow) -> str:
    row = planned.row
    if isinstance(row, StockRow):
        return row.item
    return row.name if isinstance(row, ItemRow) else ""


def write_codes(work: Work, codes: tuple[PlannedCode, ...], items: Mapping[str, int]) -> None:
    """Learn the codes, and settle the questions that were asked about them."""
    taught = {
        "depot_id": work.depot_id,
        "learned_at": work.recorded_at,
        "person_id": work.actor.person_id,
    }
    for at in range(0, len(codes), CHUNK):
        work.session.execute(
            insert(ItemCode),
            [
                taught | {"code": code.key, "shown": code.shown, "item_id": items[code.item_key]}
                for code in codes[at : at + CHUNK]
            ],
        )
    asked = set(
        work.session.scalars(
            select(Discrepancy.detail).where(
                Discrepancy.depot_id == work.depot_id,
                Discrepancy.kind == "unknown_code",
                Discrepancy.resolved_at.is_(None),
            )
        )
    )
    for code in codes:
        scan = read_bare_code(code.shown)
        if asked & {scan.text, scan.shown, code.shown}:
            settle_questions(work, scan, code.shown)
