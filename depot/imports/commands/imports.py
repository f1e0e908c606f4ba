"""Importing a spreadsheet: items, places, or crates with what is in them. All of it or nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import Invalid
from depot.base.text import N_
from depot.db.statistics import renew_statistics
from depot.imports.alike import refuse_alike
from depot.imports.commands.crates import plan_crates
from depot.imports.commands.items import plan_items, write_items
from depot.imports.commands.locations import plan_locations, write_locations
from depot.imports.commands.stock import plan_stock, write_stock
from depot.imports.commands.undo import keep_import, mark
from depot.imports.commands.write_crates import write_crates
from depot.imports.known import KnownNames, read_book
from depot.imports.names import by_own_names
from depot.imports.plan import Plan, ReportStep
from depot.imports.rows.cells import PLAIN_READING, ParsedRows, Reading
from depot.imports.rows.fields import CRATES, ITEMS, LOCATIONS, STOCK, fields_of
from depot.imports.rows.rows import read_crates, read_items, read_locations, read_stock
from depot.imports.sheets.reader import Table
from depot.kernel.answers import ONLY_WHEN_SET, Booked, from_json
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.models import CommandLog
from depot.words.countries import date_order

IMPORT_KINDS: Final = (ITEMS, LOCATIONS, CRATES, STOCK)


class _Kind(NamedTuple):
    """How the rows of a kind of table are read, planned and written."""

    read: Callable[[Table, Mapping[str, str], Reading], ParsedRows[Any]]
    plan: Callable[[KnownNames, ParsedRows[Any]], Plan]
    write: Callable[[Work, KnownNames, Plan, ReportStep], Booked]


_KINDS: Final[Mapping[str, _Kind]] = {
    ITEMS: _Kind(read_items, plan_items, write_items),
    LOCATIONS: _Kind(read_locations, plan_locations, write_locations),
    CRATES: _Kind(read_crates, plan_crates, write_crates),
    STOCK: _Kind(read_stock, plan_stock, write_stock),
}


class RowsHaveProblems(Invalid):
    """Nothing was imported, because of these rows; `plan` names them all."""

    code = "rows_have_problems"
    template = N_("Rows with problems: %(count)s. Nothing was imported.")

    def __init__(self, plan: Plan) -> None:
        super().__init__(count=plan.problem_rows)
        self.plan = plan


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSheet:
    """A table to import; `columns` names the header of each field of its kind.

    `reading` says how a person wants it read. `skip_problems` is the person's choice to leave out
    the rows that have problems.
    """

    command_id: UUID
    kind: str
    table: Table
    columns: Mapping[str, str]
    reading: Reading = PLAIN_READING
    skip_problems: bool = False


def plan_import(
    session: Session,
    actor: Actor,
    kind: str,
    table: Table,
    columns: Mapping[str, str],
    reading: Reading = PLAIN_READING,
    rows: SheetRows | None = None,
) -> Plan:
    """Return what an import would do, every problem of every row named; write nothing.

    `rows` keeps what was read for the import that follows. Raises Forbidden for a volunteer,
    UnknownKind, MissingColumns.
    """
    need_coordinator(actor)
    fields_of(kind)
    book = read_book(session, actor.depot, openings=kind == STOCK)
    return (rows or SheetRows()).plan(book, kind, table, columns, _here(reading, actor))


def _here(reading: Reading, actor: Actor) -> Reading:
    """Return how to read a table of this depot: dates as usual in its country."""
    return replace(reading, usual_order=date_order(actor.depot.date_order, actor.depot.time_zone))


class SheetRows:
    """The rows of a table that is looked at first and then imported, read once for both.

    They are planned once too, unless the depot has changed in between.
    """

    def __init__(self) -> None:
        self._read: tuple[object, ParsedRows[Any]] | None = None
        self._planned: tuple[KnownNames, ParsedRows[Any], Plan] | None = None

    def plan(
        self,
        book: KnownNames,
        kind: str,
        table: Table,
        columns: Mapping[str, str],
        reading: Reading,
    ) -> Plan:
        """Return what importing the rows would do to a depot that has what `book` says."""
        read = self.read(kind, table, columns, reading)
        if self._planned is not None:
            then, of, plan = self._planned
            if of is read and then == book:
                return plan
        plan = _KINDS[kind].plan(book, refuse_alike(book, by_own_names(book, read)))
        self._planned = (book, read, plan)
        return plan

    def read(
        self, kind: str, table: Table, columns: Mapping[str, str], reading: Reading
    ) -> ParsedRows[Any]:
        """Return what the rows say, read now or before in the same way."""
        how = (kind, table, columns, reading)
        if self._read is None or self._read[0] != how:
            self._read = (how, _KINDS[kind].read(table, columns, reading))
        return self._read[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedSheet(Booked):
    """The figures of an import; those of the other kinds of tables are 0."""

    kind: str
    new: int = 0
    changed: int = 0
    same: int = 0
    left_out: int = 0
    filled: int = field(default=0, metadata=ONLY_WHEN_SET)
    blank: int = field(default=0, metadata=ONLY_WHEN_SET)
    unknown: int = field(default=0, metadata=ONLY_WHEN_SET)
    emptied: int = field(default=0, metadata=ONLY_WHEN_SET)
    learned_codes: int = field(default=0, metadata=ONLY_WHEN_SET)
    made_categories: int = field(default=0, metadata=ONLY_WHEN_SET)
    made_items: int = field(default=0, metadata=ONLY_WHEN_SET)
    made_places: int = field(default=0, metadata=ONLY_WHEN_SET)


def import_sheet(
    command: ImportSheet,
    actor: Actor,
    clock: Clock = utc_now,
    tick: ReportStep | None = None,
    rows: SheetRows | None = None,
) -> Outcome[ImportedSheet]:
    """Import a table in one transaction; `tick` hears how many rows were just written.

    The answer has the plan's figures beside entry_id and seq, which are null unless crates were
    filled or placed. Raises Forbidden for a volunteer, RowsHaveProblems unless those rows are to
    be left out, UnknownKind, MissingColumns.
    """
    need_coordinator(actor)
    fields_of(command.kind)
    outcome = run_once(
        command,
        actor,
        clock,
        lambda c, work: _import(c, work, tick or _silent, rows or SheetRows()),
        ImportedSheet,
        is_long=True,
    )
    if not outcome.repeated:
        renew_statistics()
    return outcome


def _import(command: ImportSheet, work: Work, tick: ReportStep, rows: SheetRows) -> ImportedSheet:
    book = read_book(work.session, work.actor.depot, openings=command.kind == STOCK)
    reading = _here(command.reading, work.actor)
    plan = rows.plan(book, command.kind, command.table, command.columns, reading)
    if plan.problems and not command.skip_problems:
        raise RowsHaveProblems(plan)
    marks = mark(work, command.kind, plan)
    booked = _KINDS[command.kind].write(work, book, plan, tick)
    keep_import(work, command.kind, plan, marks, booked.entry_id)
    return ImportedSheet(
        entry_id=booked.entry_id,
        seq=booked.seq,
        discrepancies=booked.discrepancies,
        note_kept=booked.note_kept,
        kind=command.kind,
        **plan.said(),
    )


def _silent(_rows: int) -> None:
    """Tell nobody."""


def earlier_import(
    session: Session, actor: Actor, command_id: UUID
) -> Outcome[ImportedSheet] | None:
    """Return the answer of an import that was made already, for a form that is sent twice."""
    answer = session.scalar(
        select(CommandLog.answer).where(
            CommandLog.depot_id == actor.depot_id, CommandLog.command_id == str(command_id)
        )
    )
    return None if answer is None else Outcome(from_json(ImportedSheet, json.loads(answer)), True)
