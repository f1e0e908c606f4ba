"""Posting a count sheet: what was counted goes into the book, and out of it again when undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, insert, select, update
from sqlalchemy.orm import aliased

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.dates import LotDate, parse_lot_date
from depot.base.errors import CountChanged, CountSheetOpen, Invalid, NotFound
from depot.base.text import N_
from depot.counts.commands.counts import CountedLine, CountLine, FoundLine, count_place, place_at
from depot.counts.commands.sheets import close_sheet, need_open_sheet, need_sheet
from depot.counts.loading import load_past_book
from depot.counts.sheets import Chosen, PastBook, Sheet, at_end, choose_tallies, end_of, sittings
from depot.kernel.answers import Opened, Questioned
from depot.kernel.lookups import LotKey, find_or_make_lots
from depot.kernel.once import Outcome, Work, begin_part, need_coordinator, run_once
from depot.kernel.undoing import post_reversal
from depot.models import CountSheet, CountSheetEntry, Lot, StockEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChoice:
    """Whose number of a line is right: the first counter's, the second's, or (0) nobody's."""

    number: int
    counter: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PostCountSheet:
    """Book what was counted. `version` is what whoever decides has looked at."""

    command_id: UUID
    sheet_id: int = 0
    choices: tuple[LineChoice, ...] = ()
    version: int | None = None
    #: Stands on each entry that it becomes.
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoCountSheet:
    """Take a posted sheet out of the book again; its lines can be set right and posted anew."""

    command_id: UUID
    sheet_id: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedCountSheet(Questioned):
    """A sheet and the entries that it became, or that undid it; the last one by id and number."""

    sheet_id: int
    place: str
    entry_id: int | None = None
    seq: int | None = None
    entries: tuple[int, ...] = ()
    lines: tuple[CountedLine, ...] = ()


@dataclass(slots=True)
class _Posting:
    """What is gathered while the entries of one sheet are posted."""

    work: Work
    sheet: Sheet
    begun: int = 0
    seq: int | None = None
    entries: list[int] = field(default_factory=list)
    lines: list[CountedLine] = field(default_factory=list)
    discrepancies: list[Opened] = field(default_factory=list)

    def next_work(self, occurred_at: datetime) -> Work:
        """Return the work of the next part, which may become an entry."""
        self.begun += 1
        return begin_part(self.work, self.begun - 1, occurred_at)

    def add(self, entry_id: int | None, seq: int | None, opened: Sequence[Opened]) -> None:
        """Note an entry, if one was posted, and what a coordinator is asked to look at."""
        self.discrepancies.extend(opened)
        if entry_id is not None:
            self.entries.append(entry_id)
            self.seq = seq

    def answer(self, note: str = "") -> PostedCountSheet:
        return PostedCountSheet(
            sheet_id=self.sheet.id,
            place=self.sheet.place,
            entry_id=self.entries[-1] if self.entries else None,
            seq=self.seq,
            entries=tuple(self.entries),
            lines=tuple(self.lines),
            discrepancies=tuple(self.discrepancies),
            note_kept=bool(self.entries or not note),
        )


def post_count_sheet(
    command: PostCountSheet, actor: Actor, clock: Clock = utc_now
) -> Outcome[PostedCountSheet]:
    """Book what was counted, each line against the book of its time; coordinators only.

    Raises Forbidden, NotFound, CountSheetClosed, CountChanged, CountersDisagree, Invalid (nothing
    was counted), UnknownCategory.
    """
    return run_once(command, actor, clock, _post, PostedCountSheet)


def undo_count_sheet(
    command: UndoCountSheet, actor: Actor, clock: Clock = utc_now
) -> Outcome[PostedCountSheet]:
    """Undo all entries of a posted sheet, the last first; coordinators only.

    The sheet is open again, unless its place is being counted anew. Raises Forbidden, NotFound,
    CountSheetOpen.
    """
    return run_once(command, actor, clock, _undo, PostedCountSheet)


def _post(command: PostCountSheet, work: Work) -> PostedCountSheet:
    need_coordinator(work.actor)
    sheet = need_open_sheet(work, command.sheet_id)
    if command.version not in (None, sheet.version):
        raise CountChanged()
    choices = {choice.number: choice.counter for choice in command.choices}
    known = {line.number for line in sheet.lines}
    for number in choices:
        if number not in known:
            raise NotFound(field="choices", what=N_("line"), name=number)
    chosen = choose_tallies(sheet.lines, choices)
    if not chosen:
        raise Invalid(field="form", problem=N_("Nothing is counted yet. Blank is not counted."))
    posting = _Posting(work, sheet)
    book = load_past_book(work.session, work.depot_id, sheet.lines)
    for part in sittings(chosen):
        _post_sitting(posting, part, book, command.note)
    _keep_entries(posting)
    close_sheet(work, sheet.id, "posted")
    return posting.answer(command.note)


def _post_sitting(posting: _Posting, part: Sequence[Chosen], book: PastBook, note: str) -> None:
    end = end_of(part)
    work = posting.next_work(end)
    place, crate = place_at(work, part[0].line.location_id)
    lines = [line for one in part for line in _count_lines(work, one, part, end, book)]
    found = [_found_line(one) for one in part if one.line.lot_id is None and one.tally.quantity]
    done = count_place(work, place, crate, lines, found, note)
    posting.lines.extend(done.lines)
    posting.add(done.entry_id, done.seq, done.discrepancies)


def _count_lines(
    work: Work, one: Chosen, part: Sequence[Chosen], end: datetime, book: PastBook
) -> list[CountLine]:
    """Return what is counted of a line's lot; with another date, of the lot that bears it."""
    lot_id = one.line.lot_id
    if lot_id is None:
        return []
    there = at_end(one, end, book)
    if not one.has_other_date:
        return [CountLine(lot_id=lot_id, counted_quantity=there)]
    dated = parse_lot_date(one.tally.date_text, one.tally.date_kind)
    other = _same_lot_with(work, lot_id, dated)
    if not any(line.line.lot_id == other for line in part):
        # it was not counted by itself: what the book has of it there stands
        there += book.held((one.line.location_id, other), end)
    return [
        CountLine(lot_id=lot_id, counted_quantity=0),
        CountLine(lot_id=other, counted_quantity=there),
    ]


def _same_lot_with(work: Work, lot_id: int, dated: LotDate) -> int:
    """Return the lot of the same item and origin that bears another date."""
    lot = work.session.scalars(
        select(Lot).where(Lot.id == lot_id, Lot.depot_id == work.depot_id)
    ).one()
    key = LotKey(
        lot.item_id,
        lot.origin_kind,
        lot.partner_id or 0,
        lot.produced_by_seq or 0,
        lot.lot_code,
        dated.kind,
        dated.text,
        lot.gtin,
    )
    return find_or_make_lots(work, [(key, dated)])[key]


def _found_line(one: Chosen) -> FoundLine:
    line, tally = one.line, one.tally
    return FoundLine(
        item=line.item_id if line.item_id is not None else line.item,
        quantity=tally.quantity,
        date=tally.date_text or None,
        date_kind=tally.date_kind if tally.date_text else None,
    )


def _keep_entries(posting: _Posting) -> None:
    work, sheet = posting.work, posting.sheet
    rows = [
        {"depot_id": work.depot_id, "sheet_id": sheet.id, "entry_id": entry_id}
        for entry_id in posting.entries
    ]
    if rows:
        work.session.execute(insert(CountSheetEntry), rows)


def _undo(command: UndoCountSheet, work: Work) -> PostedCountSheet:
    need_coordinator(work.actor)
    sheet = need_sheet(work, command.sheet_id)
    if sheet.state != "posted":
        raise CountSheetOpen(place=sheet.place)
    posting = _Posting(work, sheet)
    for entry_id in _entries_left(work, sheet.id):
        done = post_reversal(posting.next_work(work.occurred_at), entry_id, command.reason)
        posting.add(done.entry_id, done.seq, done.discrepancies)
    _open_again(work, sheet)
    return posting.answer()


def _entries_left(work: Work, sheet_id: int) -> list[int]:
    """Return the entries of a sheet that nobody has undone yet, the last first."""
    reversal = aliased(StockEntry)
    found = work.session.scalars(
        select(CountSheetEntry.entry_id)
        .where(
            CountSheetEntry.depot_id == work.depot_id,
            CountSheetEntry.sheet_id == sheet_id,
            ~exists().where(reversal.reverses_id == CountSheetEntry.entry_id),
        )
        .order_by(CountSheetEntry.entry_id.desc())
    )
    return list(found)


def _open_again(work: Work, sheet: Sheet) -> None:
    other = work.session.scalar(
        select(CountSheet.id).where(
            CountSheet.depot_id == work.depot_id,
            CountSheet.location_id == sheet.location_id,
            CountSheet.state == "open",
        )
    )
    if other is not None:
        return close_sheet(work, sheet.id, "called_off")
    values = {"state": "open", "closed_at": None, "closed_by_id": None}
    work.session.execute(update(CountSheet).where(CountSheet.id == sheet.id).values(values))
