"""`depot import`: a spreadsheet of items, places, crates or stock, looked at first if you like."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final
from uuid import uuid4

import click

from depot.base.actors import Actor
from depot.base.text import N_
from depot.cli.frame import open_depot, reader_in, say, sentence
from depot.db.database import current_session
from depot.imports.commands.imports import (
    IMPORT_KINDS,
    ImportSheet,
    RowsHaveProblems,
    SheetRows,
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
from depot.people.queries import console_actor
from depot.words import figures
from depot.words.errors import filled_in
from depot.words.reader import Reader

#: A list of rows or names longer than this is cut short: the rest is in the file.
_SHOWN = 12
#: What comes first in a date written in figures.
_ORDERS: Final[dict[str, Order]] = {"day": "dmy", "month": "mdy"}
_MADE: Final = {
    "categories": N_("makes %(count)s categories: %(names)s"),
    "items": N_("makes %(count)s items: %(names)s"),
    "places": N_("makes %(count)s places: %(names)s"),
}
_COUNTED: Final = {
    "filled": N_("%(count)s filled"),
    "emptied": N_("%(count)s emptied (empty crates)"),
    "blank": N_("%(count)s never filled (blank crates)"),
    "unknown": N_("%(count)s contents not known"),
}
_KINDS: Final = {
    "items": N_("items"),
    "locations": N_("locations"),
    "crates": N_("crates"),
    "stock": N_("stock"),
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
        rows = SheetRows()
        plan = plan_import(current_session(), actor, kind, table, columns, reading, rows)
        reader = reader_in(actor.depot)
        click.echo("\n".join(_report(file.name, table, columns, plan, reader)))
        for problem in plan.problems:
            click.echo(_problem_words(problem), err=True)
        if plan.problems and not skip_problems:
            raise RowsHaveProblems(plan)
        if dry_run:
            say(N_("This was a dry run: nothing was written."))
            return
        if not plan.writes:
            say(N_("There is nothing to import: all of it is here already."))
            return
        command = ImportSheet(
            command_id=uuid4(),
            kind=kind,
            table=table,
            columns=columns,
            reading=reading,
            skip_problems=skip_problems,
        )
        _import(command, actor, plan, rows)


def _contents(file: Path) -> bytes:
    with file.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)  # one more is enough to see that it is too large


def _import(command: ImportSheet, actor: Actor, plan: Plan, rows: SheetRows) -> None:
    with click.progressbar(length=plan.writes, label=sentence(N_("Importing"))) as bar:
        done = import_sheet(command, actor, tick=bar.update, rows=rows).answer
    said = [
        sentence(
            N_("Imported: %(new)s new, %(changed)s filled in."), new=done.new, changed=done.changed
        )
    ]
    if done.seq:
        said.append(sentence(N_("Opening entry: number %(number)s."), number=str(done.seq)))
    click.echo(" ".join(said))


def _report(
    name: str, table: Table, columns: Mapping[str, str], plan: Plan, reader: Reader
) -> Iterator[str]:
    """Yield what was read and what it means, line by line."""
    yield sentence(
        N_("%(file)s: %(count)s rows of %(kind)s"),
        file=_file_words(name, table),
        count=len(table.rows),
        kind=sentence(_KINDS[plan.kind]),
    )
    for field, header in columns.items():
        yield f"  {field} = {header}"
    unused = [header for header in table.headers if header not in columns.values()]
    yield "  " + sentence(
        N_("understood: %(good)s of %(all)s rows"), good=len(plan.rows), all=len(table.rows)
    )
    yield from _left_out(plan, reader)
    names = _cut(unused) or sentence(N_("none"))
    yield "  " + sentence(N_("columns not used: %(names)s"), names=names)
    said = plan.said()
    yield sentence(
        N_("%(new)s new, %(changed)s filled in, %(same)s already here, %(left_out)s with problems"),
        new=said["new"],
        changed=said["changed"],
        same=said["same"],
        left_out=plan.problem_rows,
    )
    stock = _cut(_after(plan, reader)) or sentence(N_("as it is"))
    yield "  " + sentence(N_("stock after it: %(stock)s"), stock=stock)
    for what, template in _COUNTED.items():
        if plan.counts.get(what):
            yield "  " + sentence(template, count=plan.counts[what])
    for what, template in _MADE.items():
        if made := plan.makes.get(what):
            yield "  " + sentence(template, count=len(made), names=_cut(made))
    if plan.codes:
        yield "  " + sentence(N_("learns %(count)s product codes"), count=len(plan.codes))
    for remark in plan.remarks:
        yield "  " + sentence(
            N_("note: %(remark)s (row %(rows)s)"),
            remark=filled_in(remark.template, remark.params, reader_in()),
            rows=_cut(map(str, remark.rows)),
        )


def _file_words(name: str, table: Table) -> str:
    if len(table.sheets) < 2:
        return name
    return sentence(N_("%(file)s, sheet “%(sheet)s”"), file=name, sheet=table.sheet)


def _left_out(plan: Plan, reader: Reader) -> Iterator[str]:
    for remark in plan.set_aside:
        yield "  " + sentence(
            N_("left out: %(remark)s (row %(rows)s)"),
            remark=filled_in(remark.template, remark.params, reader),
            rows=_cut(map(str, remark.rows)),
        )
    if plan.problem_rows:
        yield "  " + sentence(
            N_("left out: %(count)s with problems, named below"), count=plan.problem_rows
        )
    elif not plan.set_aside:
        yield "  " + sentence(N_("left out: no row"))
    if plan.headings:
        yield "  " + sentence(
            N_("headings, not items: %(names)s; --headings makes them categories"),
            names=_cut(plan.headings),
        )


def _after(plan: Plan, reader: Reader) -> Iterator[str]:
    for total in plan.totals:
        after = figures.quantity(total.after, total.unit, reader)
        now = figures.quantity(total.before, total.unit, reader)
        here = sentence(N_("(%(amount)s here now)"), amount=now)
        yield f"{total.item} {after}" + (f" {here}" if total.before else "")


def _cut(names: Iterable[str]) -> str:
    listed = list(names)
    more = len(listed) - _SHOWN
    shown = ", ".join(listed[:_SHOWN])
    if more <= 0:
        return shown
    return sentence(N_("%(names)s and %(count)s more"), names=shown, count=more)


def _problem_words(problem: Problem) -> str:
    return sentence(
        N_("row %(row)s, %(field)s: %(problem)s"),
        row=str(problem.row_number),
        field=problem.field,
        problem=filled_in(problem.template, problem.params, reader_in()),
    )
