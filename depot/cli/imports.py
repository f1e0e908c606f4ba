"""`depot import`: a spreadsheet of items, places, crates or stock, looked at first if you like."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final
from uuid import uuid4

import click

from depot.base.actors import Actor
from depot.cli.frame import open_depot, print_note
from depot.db.database import current_session
from depot.imports.commands.imports import (
    IMPORT_KINDS,
    ImportSheet,
    RowsHaveProblems,
    import_sheet,
    plan_import,
)
from depot.imports.plan import Plan
from depot.imports.rows.cells import Reading
from depot.imports.rows.matching import apply_overrides, guess_columns, parse_overrides
from depot.imports.rows.stated_dates import Order
from depot.imports.sheets.limits import MAX_BYTES
from depot.imports.sheets.problems import Problem
from depot.imports.sheets.reader import Table, read_table
from depot.people.commands.depots import console_actor
from depot.words import figures
from depot.words.reader import Reader

#: A list of rows or names longer than this is cut short: the rest is in the file.
_SHOWN = 12
#: What comes first in a date written in figures.
_ORDERS: Final[dict[str, Order]] = {"day": "dmy", "month": "mdy"}
_MADE = {"categories": "categories", "items": "items", "places": "places"}
_COUNTED = {
    "filled": "filled",
    "emptied": "emptied (empty crates)",
    "blank": "never filled (blank crates)",
    "unknown": "contents not known",
}


@click.command("import")
@click.argument("kind", type=click.Choice(IMPORT_KINDS))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would happen; write nothing.")
@click.option(
    "--map",
    "overrides",
    multiple=True,
    metavar="FIELD=COLUMN",
    help="The column of a field, where the guess is wrong; without COLUMN the field is left out.",
)
@click.option("--sheet", help="The sheet of a workbook; by default the first one with anything.")
@click.option("--no-header", is_flag=True, help="The first row is goods, not names of columns.")
@click.option(
    "--date-order",
    type=click.Choice(tuple(_ORDERS)),
    help="What comes first in dates like 6/1/27; by default as the column or the country has it.",
)
@click.option("--headings", is_flag=True, help="Take headings between the rows for categories.")
@click.option("--skip-problems", is_flag=True, help="Leave out rows with problems.")
@click.option("--depot", "slug", help="Which depot, if there are several.")
def import_(
    kind: str,
    file: Path,
    dry_run: bool,
    overrides: tuple[str, ...],
    sheet: str | None,
    no_header: bool,
    date_order: str | None,
    headings: bool,
    skip_problems: bool,
    slug: str | None,
) -> None:
    """Import items, locations, crates or stock from FILE (CSV, XLSX or ODS): all or nothing."""
    table = read_table(_contents(file), file.name, sheet, headless=no_header or None)
    reading = Reading(order=_ORDERS[date_order] if date_order else None, headings=headings)
    guessed = guess_columns(kind, table.headers, table.rows)
    columns = apply_overrides(kind, table.headers, guessed, parse_overrides(overrides))
    with open_depot():
        actor = console_actor(current_session(), slug)
        plan = plan_import(current_session(), actor, kind, table, columns, reading)
        reader = Reader(weight_unit=actor.depot.weight_unit)
        click.echo("\n".join(_report(file.name, table, columns, plan, reader)))
        _name_problems(plan)
        if plan.problems and not skip_problems:
            raise RowsHaveProblems(plan)
        if dry_run:
            click.echo("This was a dry run: nothing was written.")
            return
        if not plan.writes:
            click.echo("There is nothing to import: all of it is here already.")
            return
        command = ImportSheet(
            command_id=uuid4(),
            kind=kind,
            table=table,
            columns=columns,
            reading=reading,
            skip_problems=skip_problems,
        )
        _import(command, actor, plan)


def _contents(file: Path) -> bytes:
    with file.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)  # one more is enough to see that it is too large


def _import(command: ImportSheet, actor: Actor, plan: Plan) -> None:
    with click.progressbar(length=plan.writes, label="Importing") as bar:
        done = import_sheet(command, actor, tick=bar.update).answer
    entry = f" Opening entry: number {done.seq}." if done.seq else ""
    click.echo(f"Imported: {done.new} new, {done.changed} filled in.{entry}")


def _report(
    name: str, table: Table, columns: Mapping[str, str], plan: Plan, reader: Reader
) -> Iterator[str]:
    """Yield what was read and what it means, line by line."""
    yield f"{name}: {len(table.rows)} rows of {plan.kind}" + _of_sheet(table)
    for field, header in columns.items():
        yield f"  {field} = {header}"
    unused = [header for header in table.headers if header not in columns.values()]
    yield f"  understood: {len(plan.rows)} of {len(table.rows)} rows"
    yield from _left_out(plan)
    yield f"  columns not used: {_cut(unused) or 'none'}"
    said = plan.said()
    yield (
        f"{said['new']} new, {said['changed']} filled in, "
        f"{said['same']} already here, {plan.problem_rows} with problems"
    )
    yield f"  stock after it: {_cut(_after(plan, reader)) or 'as it is'}"
    for what, label in _COUNTED.items():
        if plan.counts.get(what):
            yield f"  {plan.counts[what]} {label}"
    for what, label in _MADE.items():
        if names := plan.makes.get(what):
            yield f"  makes {len(names)} {label}: {_cut(names)}"
    if plan.codes:
        yield f"  learns {len(plan.codes)} product codes"
    for remark in plan.remarks:
        yield f"  note: {remark.message} (row {_cut(map(str, remark.rows))})"


def _left_out(plan: Plan) -> Iterator[str]:
    for remark in plan.set_aside:
        yield f"  left out: {remark.message} (row {_cut(map(str, remark.rows))})"
    if plan.problem_rows:
        yield f"  left out: {plan.problem_rows} with problems, named below"
    elif not plan.set_aside:
        yield "  left out: no row"
    if plan.headings:
        yield f"  headings, not items: {_cut(plan.headings)}; --headings makes them categories"


def _after(plan: Plan, reader: Reader) -> Iterator[str]:
    for total in plan.totals:
        after = figures.quantity(total.after, total.unit, reader)
        now = figures.quantity(total.before, total.unit, reader)
        yield f"{total.item} {after}" + (f" ({now} here now)" if total.before else "")


def _of_sheet(table: Table) -> str:
    return f", sheet “{table.sheet}”" if len(table.sheets) > 1 else ""


def _cut(names: Iterable[str]) -> str:
    listed = list(names)
    more = len(listed) - _SHOWN
    return ", ".join(listed[:_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _name_problems(plan: Plan) -> None:
    for problem in plan.problems:
        print_note(_named(problem))


def _named(problem: Problem) -> str:
    return f"row {problem.row_number}, {problem.field}: {problem.message}"
