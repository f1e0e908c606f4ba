"""Count sheets: started, written on line by line, called off. Nothing here changes stock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, insert, or_, select, update

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.dates import LotDate, parse_lot_date
from depot.base.errors import CountSheetClosed, Invalid, NotFound, SameCounter
from depot.base.kinds import DateKind
from depot.base.names import clean_name
from depot.base.text import N_
from depot.counts.loading import load_sheet
from depot.counts.sheets import FIRST, Sheet, SheetLine, Tally
from depot.kernel.answers import Answer
from depot.kernel.lookups import ItemRef, find_items, need_crate
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.locations.queries.places import load_place_tree, place_row
from depot.locations.queries.shelves import LotOnHand, lots_on_hand, order_lots
from depot.locations.tree import PlaceTree
from depot.models import CountSheet, CountSheetLine, CountTally


@dataclass(frozen=True, slots=True, kw_only=True)
class StartCountSheet:
    """Count a place: all that lies there, loose and in crates, gets a numbered line."""

    command_id: UUID
    location_id: int
    #: Who counts is not told what the book says.
    is_blind: bool = False
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyLine:
    """So many base units are at a line; None wipes out what was written. Zero counts.

    `date` is what stands on the packages, where the book says another.
    """

    number: int
    quantity: int | None = None
    date: str | None = None
    date_kind: DateKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyLines:
    """What the first or the second counter found at some lines. What is left out is not counted."""

    command_id: UUID
    sheet_id: int = 0
    counter: int = FIRST
    lines: tuple[TallyLine, ...] = ()
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyFound:
    """Goods found that have no line: loose at the place, or in a crate there."""

    command_id: UUID
    sheet_id: int = 0
    counter: int = FIRST
    item: ItemRef
    quantity: int
    date: str | None = None
    date_kind: DateKind | None = None
    #: A crate's code or box number; None: loose.
    crate: str | None = None
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddCrateToSheet:
    """A crate stands there that is not on the sheet: what the book has in it gets lines."""

    command_id: UUID
    sheet_id: int = 0
    crate: str
    occurred_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallOffCountSheet:
    """Count no further; what was written is kept, and nothing is posted."""

    command_id: UUID
    sheet_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StartedCountSheet(Answer):
    """A sheet; `is_new` is false where the place was being counted already."""

    id: int
    place: str
    lines: int
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tallied(Answer):
    """What a counter has counted by now: the lines just written, and how many of how many."""

    sheet_id: int
    place: str
    numbers: tuple[int, ...] = ()
    counted: int = 0
    lines: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CrateOnSheet(Answer):
    """A crate on a sheet: the numbers of its lines, none where the book has nothing in it."""

    sheet_id: int
    crate_code: str
    numbers: tuple[int, ...] = ()
    is_new: bool = True


def start_count_sheet(
    command: StartCountSheet, actor: Actor, clock: Clock = utc_now
) -> Outcome[StartedCountSheet]:
    """Start counting a place, or join the count of it that is open. Raises NotFound."""
    return run_once(command, actor, clock, _start, StartedCountSheet)


def tally_lines(command: TallyLines, actor: Actor, clock: Clock = utc_now) -> Outcome[Tallied]:
    """Write down what a counter found. Raises NotFound, CountSheetClosed, SameCounter, Invalid."""
    return run_once(command, actor, clock, _tally, Tallied)


def tally_found(command: TallyFound, actor: Actor, clock: Clock = utc_now) -> Outcome[Tallied]:
    """Write down what has no line. Raises as `tally_lines`, and UnknownCrate, UnknownItem."""
    return run_once(command, actor, clock, _tally_found, Tallied)


def add_crate_to_sheet(
    command: AddCrateToSheet, actor: Actor, clock: Clock = utc_now
) -> Outcome[CrateOnSheet]:
    """Put a crate on the sheet, if it is not. Raises NotFound, CountSheetClosed, UnknownCrate."""
    return run_once(command, actor, clock, _add_crate, CrateOnSheet)


def call_off_count_sheet(
    command: CallOffCountSheet, actor: Actor, clock: Clock = utc_now
) -> Outcome[Answer]:
    """Drop a sheet. Who started it may, and coordinators.

    Raises NotFound, CountSheetClosed, Forbidden.
    """
    return run_once(command, actor, clock, _call_off, Answer)


def _start(command: StartCountSheet, work: Work) -> StartedCountSheet:
    place = place_row(work.session, work.depot_id, command.location_id)
    if place is None or place.kind == "crate":
        raise NotFound(field="location", what=N_("place"), name=command.location_id)
    known = work.session.scalar(
        select(CountSheet.id).where(
            CountSheet.depot_id == work.depot_id,
            CountSheet.location_id == place.id,
            CountSheet.state == "open",
        )
    )
    if known is not None:
        sheet = need_sheet(work, known)
        return _started(sheet.id, place.name, len(sheet.lines), is_new=False)
    sheet_id = work.session.scalars(
        insert(CountSheet).returning(CountSheet.id),
        {
            "depot_id": work.depot_id,
            "location_id": place.id,
            "is_blind": command.is_blind,
            "state": "open",
            "started_at": work.occurred_at,
            "started_by_id": work.actor.person_id,
        },
    ).one()
    tree = load_place_tree(work.session, work.depot_id, roots=[place.id])
    lots = lots_on_hand(work.session, work.depot_id, tree, roots=[place.id]).get(place.id, [])
    lines = _add_lots(work, sheet_id, order_lots(lots), 1)
    return _started(sheet_id, place.name, len(lines), is_new=True)


def _started(sheet_id: int, place: str, lines: int, *, is_new: bool) -> StartedCountSheet:
    return StartedCountSheet(id=sheet_id, place=place, lines=lines, is_new=is_new)


def _add_lots(work: Work, sheet_id: int, lots: Iterable[LotOnHand], first: int) -> tuple[int, ...]:
    """Add a line for each lot, numbered from `first`, and return the numbers."""
    rows = [
        {
            "depot_id": work.depot_id,
            "sheet_id": sheet_id,
            "number": number,
            "location_id": lot.location_id,
            "item_id": lot.item_id,
            "item_name": "",
            "lot_id": lot.lot_id,
        }
        for number, lot in enumerate(lots, start=first)
    ]
    if rows:
        work.session.execute(insert(CountSheetLine), rows)
    return tuple(range(first, first + len(rows)))


def need_sheet(work: Work, sheet_id: int) -> Sheet:
    """Return a sheet of the depot. Raises NotFound."""
    found = load_sheet(work.session, work.depot_id, sheet_id)
    if found is None:
        raise NotFound(what=N_("count sheet"), name=sheet_id)
    return found


def need_open_sheet(work: Work, sheet_id: int) -> Sheet:
    """Return a sheet that takes numbers. Raises NotFound, CountSheetClosed."""
    found = need_sheet(work, sheet_id)
    if not found.is_open:
        raise CountSheetClosed(place=found.place)
    return found


def _tally(command: TallyLines, work: Work) -> Tallied:
    sheet = need_open_sheet(work, command.sheet_id)
    if not command.lines:
        raise Invalid(field="lines", problem=N_("Write at least one number. Blank is not counted."))
    _refuse_same_counter(work, sheet, command.counter)
    by_number = {line.number: line for line in sheet.lines}
    for said in command.lines:
        if said.number not in by_number:
            raise NotFound(field="lines", what=N_("line"), name=said.number)
    for said in command.lines:
        line = by_number[said.number]
        dated = _corrected(said, line)
        if not _is_known(line.tally(command.counter), said.quantity, dated):
            _write(work, line.id, command.counter, said.quantity, dated)
    return _tallied(work, command, tuple(said.number for said in command.lines))


def _is_known(tally: Tally | None, quantity: int | None, dated: LotDate) -> bool:
    """Say whether that is what stands there: a page sent as a whole counts no line anew."""
    if tally is None or quantity is None:
        return tally is None and quantity is None
    return tally.says == (quantity, dated.kind, dated.text)


def _corrected(said: TallyLine, line: SheetLine) -> LotDate:
    """Return the date on the packages where it is not the book's; its kind is the book's own."""
    own = line.date_kind if line.date_kind != "none" else None
    dated = parse_lot_date(said.date, (said.date_kind or own) if said.date else None)
    same = line.lot_id is not None and (dated.kind, dated.text) == (line.date_kind, line.date_text)
    return LotDate() if same else dated


def _write(work: Work, line_id: int, counter: int, quantity: int | None, dated: LotDate) -> None:
    work.session.execute(
        insert(CountTally),
        {
            "depot_id": work.depot_id,
            "line_id": line_id,
            "counter": counter,
            "quantity": quantity,
            "date_kind": dated.kind,
            "date_text": dated.text,
            "counted_at": work.occurred_at,
            "recorded_at": work.recorded_at,
            "person_id": work.actor.person_id,
            "token_id": work.actor.token_id,
        },
    )


def _refuse_same_counter(work: Work, sheet: Sheet, counter: int) -> None:
    """Raise SameCounter for who has written as the other counter of this sheet."""
    mine = (CountTally.person_id == work.actor.person_id) & CountTally.person_id.is_not(None)
    program = (CountTally.token_id == work.actor.token_id) & CountTally.token_id.is_not(None)
    other = work.session.scalar(
        select(func.count())
        .select_from(CountTally)
        .join(CountSheetLine, CountSheetLine.id == CountTally.line_id)
        .where(
            CountSheetLine.sheet_id == sheet.id, CountTally.counter != counter, or_(mine, program)
        )
    )
    if other:
        raise SameCounter(place=sheet.place)


def _tallied(work: Work, command: TallyLines | TallyFound, numbers: tuple[int, ...]) -> Tallied:
    sheet = need_sheet(work, command.sheet_id)
    return Tallied(
        sheet_id=sheet.id,
        place=sheet.place,
        numbers=numbers,
        counted=sheet.counted(command.counter),
        lines=len(sheet.lines),
    )


def _tally_found(command: TallyFound, work: Work) -> Tallied:
    sheet = need_open_sheet(work, command.sheet_id)
    _refuse_same_counter(work, sheet, command.counter)
    where = sheet.location_id
    if command.crate:
        where = need_crate(work, command.crate, "crate").place.id
    known = find_items(work, [command.item]).get(command.item)
    if known is None and isinstance(command.item, int):
        raise NotFound(field="item", what=N_("item"), name=command.item)
    number = _next_number(sheet)
    line_id = work.session.scalars(
        insert(CountSheetLine).returning(CountSheetLine.id),
        {
            "depot_id": work.depot_id,
            "sheet_id": sheet.id,
            "number": number,
            "location_id": where,
            "item_id": known.id if known else None,
            "item_name": "" if known else clean_name(str(command.item)),
            "lot_id": None,
        },
    ).one()
    dated = parse_lot_date(command.date, command.date_kind)
    _write(work, line_id, command.counter, command.quantity, dated)
    return _tallied(work, command, (number,))


def _next_number(sheet: Sheet) -> int:
    return max((line.number for line in sheet.lines), default=0) + 1


def _add_crate(command: AddCrateToSheet, work: Work) -> CrateOnSheet:
    sheet = need_open_sheet(work, command.sheet_id)
    crate = need_crate(work, command.crate, "crate")
    known = _numbers_at(sheet.lines, crate.place.id)
    if known:
        return _on_sheet(sheet, crate.code, known, is_new=False)
    tree = load_place_tree(work.session, work.depot_id, roots=[crate.place.id])
    lots = order_lots(_lots_inside(work, tree, crate.place.id, sheet))
    numbers = _add_lots(work, sheet.id, lots, _next_number(sheet))
    return _on_sheet(sheet, crate.code, numbers, is_new=True)


def _numbers_at(lines: Sequence[SheetLine], location_id: int) -> tuple[int, ...]:
    return tuple(line.number for line in lines if line.location_id == location_id)


def _lots_inside(work: Work, tree: PlaceTree, crate_id: int, sheet: Sheet) -> list[LotOnHand]:
    """Return what is in the crate and in those on it, as far as it has no line yet."""
    known = {(line.location_id, line.lot_id) for line in sheet.lines}
    everything = lots_on_hand(work.session, work.depot_id, tree, roots=[crate_id]).values()
    return [
        lot
        for lots in everything
        for lot in lots
        if tree.is_in(lot.location_id, crate_id) and (lot.location_id, lot.lot_id) not in known
    ]


def _on_sheet(sheet: Sheet, code: str, numbers: tuple[int, ...], *, is_new: bool) -> CrateOnSheet:
    return CrateOnSheet(sheet_id=sheet.id, crate_code=code, numbers=numbers, is_new=is_new)


def _call_off(command: CallOffCountSheet, work: Work) -> Answer:
    sheet = need_open_sheet(work, command.sheet_id)
    starter = work.session.scalar(select(CountSheet.started_by_id).where(CountSheet.id == sheet.id))
    if starter is None or starter != work.actor.person_id:
        need_coordinator(work.actor)
    close_sheet(work, sheet.id, "called_off")
    return Answer()


def close_sheet(work: Work, sheet_id: int, state: str) -> None:
    """Let a sheet take no more numbers."""
    values = {
        "state": state,
        "closed_at": work.recorded_at,
        "closed_by_id": work.actor.person_id,
    }
    work.session.execute(update(CountSheet).where(CountSheet.id == sheet_id).values(values))
