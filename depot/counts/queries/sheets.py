"""Count sheets as pages and programs read them: which there are, one of them, its differences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, aliased

from depot.counts.loading import load_past_book, load_sheet, load_sheets
from depot.counts.sheets import COUNTERS, PastBook, Sheet, SheetLine, Tally
from depot.locations.queries.places import load_place_tree
from depot.models import CountSheet, CountSheetEntry, CountSheetLine, Item, Location, StockEntry

#: So many sheets that are done are listed.
MOST_DONE = 30


@dataclass(frozen=True, slots=True)
class CrateThere:
    """A crate at the place that is counted; the book has nothing in it if it `is_empty`.

    `elsewhere` is where the book has a crate that is on the sheet and not at the place.
    """

    location_id: int
    code: str
    is_empty: bool
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class SheetView:
    """A sheet, what the book says of each line now, and the crates that stand there."""

    sheet: Sheet
    book: PastBook
    crates: tuple[CrateThere, ...]

    def expected(self, line: SheetLine) -> int:
        """Return what the book says of a line: when it was counted, else now."""
        tally = line.tally(COUNTERS[0]) or line.tally(COUNTERS[1])
        if tally is not None:
            return self.book.expected(line, tally.counted_at)
        return self.book.now.get((line.location_id, line.lot_id or 0), 0)


@dataclass(frozen=True, slots=True)
class Found:
    """What a counter found at a line, beside what the book said at that moment."""

    tally: Tally
    expected: int

    @property
    def variance(self) -> int:
        return self.tally.quantity - self.expected


@dataclass(frozen=True, slots=True)
class Difference:
    """A line that is not as the book says, or on which the counters differ."""

    line: SheetLine
    found: dict[int, Found]

    @property
    def is_different(self) -> bool:
        """Say whether there is anything to look at."""
        dated = any(
            one.tally.date_text for one in self.found.values() if self.line.lot_id is not None
        )
        return self.line.is_disputed or dated or any(one.variance for one in self.found.values())


@dataclass(frozen=True, slots=True)
class Review:
    """What a posting would book: `differences`, and how many lines are as the book says."""

    sheet: Sheet
    differences: tuple[Difference, ...]
    agreeing: int
    not_counted: tuple[SheetLine, ...]

    @property
    def disputed(self) -> int:
        return sum(one.line.is_disputed for one in self.differences)


def sheet_view(session: Session, depot_id: int, sheet_id: int) -> SheetView | None:
    """Return a sheet as who counts sees it, or None."""
    sheet = load_sheet(session, depot_id, sheet_id)
    if sheet is None:
        return None
    book = load_past_book(session, depot_id, sheet.lines)
    return SheetView(sheet, book, _crates_there(session, depot_id, sheet))


def _crates_there(session: Session, depot_id: int, sheet: Sheet) -> tuple[CrateThere, ...]:
    on_sheet = {line.location_id for line in sheet.lines if line.crate}
    tree = load_place_tree(session, depot_id, roots=[sheet.location_id, *on_sheet])
    found = []
    for node in tree.nodes.values():
        if node.kind != "crate":
            continue
        above = [one for one in tree.upwards(node.id) if one.kind != "crate"]
        is_there = bool(above) and above[0].id == sheet.location_id
        if is_there or node.id in on_sheet:
            elsewhere = "" if is_there or not above else above[0].name
            found.append(CrateThere(node.id, node.name, not tree.inside(node.id), elsewhere))
    return tuple(sorted(found, key=lambda crate: crate.code))


def review(session: Session, depot_id: int, sheet_id: int) -> Review | None:
    """Return what differs on a sheet, each line beside the book of its time; None without one."""
    sheet = load_sheet(session, depot_id, sheet_id)
    if sheet is None:
        return None
    book = load_past_book(session, depot_id, sheet.lines)
    compared = [_compared(line, book) for line in sheet.lines if line.tallies]
    differences = tuple(one for one in compared if one.is_different)
    return Review(
        sheet,
        differences,
        len(compared) - len(differences),
        tuple(line for line in sheet.lines if not line.tallies),
    )


def _compared(line: SheetLine, book: PastBook) -> Difference:
    found = {
        counter: Found(tally, book.expected(line, tally.counted_at))
        for counter, tally in sorted(line.tallies.items())
    }
    return Difference(line, found)


@dataclass(frozen=True, slots=True)
class CountSheets:
    """The sheets that are being counted, and those done last."""

    open: tuple[Sheet, ...]
    done: tuple[Sheet, ...]


def count_sheets(session: Session, depot_id: int) -> CountSheets:
    """Return the depot's sheets, the newest first."""
    done = (
        select(CountSheet.id)
        .where(CountSheet.depot_id == depot_id, CountSheet.state != "open")
        .order_by(CountSheet.closed_at.desc(), CountSheet.id.desc())
        .limit(MOST_DONE)
    )
    return CountSheets(
        tuple(load_sheets(session, depot_id, CountSheet.state == "open")),
        tuple(load_sheets(session, depot_id, CountSheet.id.in_(done))),
    )


def sheets_after(session: Session, depot_id: int, after: int, limit: int) -> list[Sheet]:
    """Return at most `limit` sheets whose id comes after `after`, by their ids."""
    wanted = (
        select(CountSheet.id)
        .where(CountSheet.depot_id == depot_id, CountSheet.id > after)
        .order_by(CountSheet.id)
        .limit(limit)
    )
    return load_sheets(session, depot_id, CountSheet.id.in_(wanted))[::-1]


def units_of_lines(session: Session, depot_id: int, sheet_id: int) -> dict[int, str]:
    """Return the base unit of each line by its number; a line without an item yet has none."""
    rows = session.execute(
        select(CountSheetLine.number, Item.base_unit)
        .join(Item, Item.id == CountSheetLine.item_id)
        .where(CountSheetLine.depot_id == depot_id, CountSheetLine.sheet_id == sheet_id)
    )
    return {number: unit for number, unit in rows}


def entries_of_sheet(session: Session, depot_id: int, sheet_id: int) -> list[tuple[int, int]]:
    """Return id and number of the entries of a sheet that were not undone."""
    reversal = aliased(StockEntry)
    rows = session.execute(
        select(StockEntry.id, StockEntry.seq)
        .join(CountSheetEntry, CountSheetEntry.entry_id == StockEntry.id)
        .outerjoin(reversal, reversal.reverses_id == StockEntry.id)
        .where(
            CountSheetEntry.depot_id == depot_id,
            CountSheetEntry.sheet_id == sheet_id,
            reversal.id.is_(None),
        )
        .order_by(StockEntry.seq)
    )
    return [(entry_id, seq) for entry_id, seq in rows]


@dataclass(frozen=True, slots=True)
class OpenCount:
    """A place that is being counted."""

    id: int
    place: str
    started_at: datetime


#: :depot
_OPEN: Final = (
    select(CountSheet.id, Location.name, CountSheet.started_at)
    .join(Location, Location.id == CountSheet.location_id)
    .where(CountSheet.depot_id == bindparam("depot"), CountSheet.state == "open")
    .order_by(CountSheet.started_at)
)


def open_counts(session: Session, depot_id: int) -> list[OpenCount]:
    """Return the places that are being counted, the one begun first at the top (one statement)."""
    rows = session.connection().execute(_OPEN, {"depot": depot_id})
    return [OpenCount(*row) for row in rows]


def open_sheet_of(session: Session, depot_id: int, location_id: int) -> int | None:
    """Return the sheet on which a place is being counted, if it is."""
    return session.scalar(
        select(CountSheet.id)
        .join(Location, Location.id == CountSheet.location_id)
        .where(
            CountSheet.depot_id == depot_id,
            CountSheet.location_id == location_id,
            CountSheet.state == "open",
        )
    )
