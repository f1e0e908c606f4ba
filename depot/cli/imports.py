"""`depot import`: a spreadsheet of items, places or crates, looked at first if you like."""

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
    import_sheet,
    plan_import,
)
from depot.imports.plan import Plan
from depot.imports.rows.matching import apply_overrides, guess_columns, parse_overrides
from depot.imports.sheets.limits import MAX_BYTES
from depot.imports.sheets.problems import Problem
from depot.imports.sheets.reader import Table, read_table
from depot.people.commands.depots import console_actor
from depot.words.errors import filled_in

#: A list of rows or names longer than this is cut short: the rest is in the file.
_SHOWN = 12
_MADE: Final = {
    "categories": N_("makes %(count)s categories: %(names)s"),
    "items": N_("makes %(count)s items: %(names)s"),
    "places": N_("makes %(count)s places: %(names)s"),
}
_COUNTED: Final = {
    "filled": N_("%(count)s filled"),
    "blank": N_("%(count)s never filled (blank crates)"),
    "unknown": N_("%(count)s contents not known"),
}
_KINDS: Final = {
    "items": N_("items"),
    "locations": N_("locations"),
    "crates": N_("crates"),
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
@click.option("--skip-problems", is_flag=True, help="Leave out rows with problems.")
@click.option("--depot", "slug", help="Which depot, if there are several.")
def import_(
    kind: str,
    file: Path,
    dry_run: bool,
    overrides: tuple[str, ...],
    sheet: str | None,
    skip_problems: bool,
    slug: str | None,
) -> None:
    """Import items, locations or crates from FILE (CSV or XLSX): all of it or nothing."""
    table = read_table(_contents(file), file.name, sheet)
    guessed = guess_columns(kind, table.headers, table.rows)
    columns = apply_overrides(kind, table.headers, guessed, parse_overrides(overrides))
    with open_depot():
        actor = console_actor(current_session(), slug)
        plan = plan_import(current_session(), actor, kind, table, columns)
        click.echo("\n".join(_report(file.name, table, columns, plan)))
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
            skip_problems=skip_problems,
        )
        _import(command, actor, plan)


def _contents(file: Path) -> bytes:
    with file.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)  # one more is enough to see that it is too large


def _import(command: ImportSheet, actor: Actor, plan: Plan) -> None:
    with click.progressbar(length=plan.writes, label=sentence(N_("Importing"))) as bar:
        done = import_sheet(command, actor, tick=bar.update).answer
    said = [
        sentence(
            N_("Imported: %(new)s new, %(changed)s filled in."), new=done.new, changed=done.changed
        )
    ]
    if done.seq:
        said.append(sentence(N_("Opening entry: number %(number)s."), number=str(done.seq)))
    click.echo(" ".join(said))


def _report(name: str, table: Table, columns: Mapping[str, str], plan: Plan) -> Iterator[str]:
    """Yield what was read and what it means, line by line."""
    yield sentence(
        N_("%(file)s: %(count)s rows of %(kind)s"),
        file=_file_words(name, table),
        count=len(table.rows),
        kind=sentence(_KINDS[plan.kind]),
    )
    for field, header in columns.items():
        yield f"  {field} = {header}"
    unread = [header for header in table.headers if header not in columns.values()]
    if unread:
        yield "  " + sentence(N_("not read: %(names)s"), names=_cut(unread))
    yield sentence(
        N_("%(new)s new, %(changed)s filled in, %(same)s already here, %(left_out)s with problems"),
        **plan.said(),
    )
    for what, template in _COUNTED.items():
        if plan.counts.get(what):
            yield "  " + sentence(template, count=plan.counts[what])
    for what, template in _MADE.items():
        if names := plan.makes.get(what):
            yield "  " + sentence(template, count=len(names), names=_cut(names))
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
