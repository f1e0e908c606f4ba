"""What the review page shows: an import's plan, put into words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from depot.base.text import N_
from depot.imports.commands.imports import IMPORT_KINDS
from depot.imports.commands.undo import UndoneImport
from depot.imports.plan import Plan, Remark
from depot.imports.queries import ImportRow
from depot.imports.rows.fields import FIELDS, Field, fields_of
from depot.imports.rows.matching import apply_overrides, guess_columns
from depot.imports.sheets.problems import Problem
from depot.imports.sheets.reader import Table
from depot.words import figures
from depot.words.errors import filled_in
from depot.words.languages import own_name
from depot.words.reader import Reader

#: What a page can be read with; the command line names them all.
MAX_PROBLEMS: Final = 300
MAX_REMARKS: Final = 100
MAX_NAMES: Final = 30
FIRST_ROWS: Final = 5
_LONGEST_CELL: Final = 40
IMPORT_KIND_WORDS: Final = {
    "items": (N_("Items"), N_("what there is: names, categories, weights")),
    "locations": (N_("Places"), N_("shelves and rooms")),
    "crates": (N_("Crates"), N_("crates by number, what is in them, where they stand")),
    "stock": (N_("Stock without crates"), N_("item, quantity, shelf and date")),
}
#: How a table is read beside its columns: the names of the choices.
READINGS: Final = ("date_order", "headings", "headless")


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """One field and the column it is read from."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One sentence about some rows."""

    where: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ReviewFact:
    """One figure, and the names behind it."""

    label: str
    count: str
    names: str | None = None


def kind_picks(reader: Reader) -> list[tuple[str, str, str]]:
    """Return what can be imported, for pick buttons."""
    return [
        (
            kind,
            reader.gettext(IMPORT_KIND_WORDS[kind][0]),
            reader.gettext(IMPORT_KIND_WORDS[kind][1]),
        )
        for kind in IMPORT_KINDS
    ]


def import_words(row: ImportRow, reader: Reader) -> tuple[str, str]:
    """Say what was imported, and when by whom."""
    what = reader.gettext(
        "%(kind)s: %(rows)s new or filled in",
        kind=reader.gettext(IMPORT_KIND_WORDS[row.kind][0]),
        rows=figures.number(row.rows, reader),
    )
    by = reader.name(row.person) or reader.gettext("the computer")
    return what, f"{figures.moment(row.imported_at, reader)} · {by}"


def undone_words(done: UndoneImport, reader: Reader) -> str:
    """Say what went, what is out of use because something refers to it, and what was restored."""
    removed = figures.number(done.removed, reader)
    parts = [reader.gettext("Undone. Removed: %(count)s.", count=removed)]
    if done.restored:
        restored = figures.number(done.restored, reader)
        parts.append(reader.gettext("As before: %(count)s.", count=restored))
    if done.kept:
        kept = figures.number(done.kept, reader)
        parts.append(
            reader.gettext("In use by now, so only put out of use: %(count)s.", count=kept)
        )
    return " ".join(parts)


def field_label(field: Field, reader: Reader) -> str:
    """Return what a field is called; of an item's name in another language, with that one's."""
    label = reader.gettext(field.label)
    return f"{label} · {own_name(field.language)}" if field.language else label


def chosen_columns(kind: str, table: Table, chosen: Mapping[str, str]) -> dict[str, str]:
    """Return the columns as guessed or, once `chosen` says any, as chosen.

    A choice of another sheet's column counts as no choice.
    """
    guessed = guess_columns(kind, table.headers, table.rows)
    names = [field.name for field in fields_of(kind) if f"col-{field.name}" in chosen]
    said = {name: chosen[f"col-{name}"] for name in names}
    fitting = {n: header for n, header in said.items() if not header or header in table.headers}
    return apply_overrides(kind, table.headers, guessed, fitting)


def date_orders(reader: Reader) -> list[tuple[str, str]]:
    """Return how dates written in figures may be read."""
    return [
        ("day", reader.gettext("day first: 21/5/27")),
        ("month", reader.gettext("month first: 5/21/27")),
    ]


def column_choices(
    kind: str, columns: Mapping[str, str], reader: Reader
) -> tuple[list[ColumnChoice], list[ColumnChoice]]:
    """Return the fields with a column or in need of one, and the fields that were not found."""
    found: list[ColumnChoice] = []
    left: list[ColumnChoice] = []
    for field in fields_of(kind):
        is_shown = field.required or field.name in columns
        if not is_shown and field.language:
            continue  # their headers say them; thirteen more to choose from would hide the others
        choice = ColumnChoice(f"col-{field.name}", field_label(field, reader))
        (found if is_shown else left).append(choice)
    return found, left


def unread_columns(table: Table, columns: Mapping[str, str]) -> str:
    """Return the columns with anything in them that no field is read from."""
    return _names(_unread(table, columns))


def _unread(table: Table, columns: Mapping[str, str]) -> list[str]:
    return [
        header
        for at, header in enumerate(table.headers)
        if header not in columns.values() and any(row.cells[at].strip() for row in table.rows)
    ]


def summary_lines(
    plan: Plan, table: Table, columns: Mapping[str, str], reader: Reader
) -> list[ReviewFact]:
    """Return, a line each: the rows understood, those left out, the columns not used."""
    left_out = plan.problem_rows + plan.set_aside_rows
    why = reader.gettext("Each is named below.") if left_out else None
    return [
        ReviewFact(
            reader.gettext("Rows understood"),
            reader.gettext(
                "%(good)s of %(all)s",
                good=figures.number(len(plan.rows), reader),
                all=figures.number(len(table.rows), reader),
            ),
        ),
        ReviewFact(reader.gettext("Rows left out"), figures.number(left_out, reader), why),
        ReviewFact(
            reader.gettext("Columns not used"),
            figures.number(len(_unread(table, columns)), reader),
            _names(_unread(table, columns)) or None,
        ),
    ]


def set_aside_lines(plan: Plan, reader: Reader) -> list[ReviewLine]:
    """Return why rows are left out that have no problem, each reason with its rows."""
    return [_remark(remark, reader) for remark in plan.set_aside[:MAX_REMARKS]]


def total_lines(plan: Plan, reader: Reader) -> list[tuple[str, str, str]]:
    """Return for each item whose stock would grow: its name, what is here, what would be."""
    return [
        (
            total.item,
            figures.quantity(total.before, total.unit, reader),
            figures.quantity(total.after, total.unit, reader),
        )
        for total in plan.totals[:MAX_NAMES]
    ]


def stock_here_already(plan: Plan) -> str:
    """Return the items of which there is some already: perhaps the same goods, counted twice."""
    return _names([total.item for total in plan.totals if total.before])


def missing_columns(kind: str, columns: Mapping[str, str], reader: Reader) -> dict[str, list[str]]:
    """Return an error for each field that must have a column and has none."""
    return {
        f"col-{field.name}": [reader.gettext("Choose the column it is in.")]
        for field in FIELDS[kind]
        if field.required and field.name not in columns
    }


def first_rows(
    kind: str, table: Table, columns: Mapping[str, str], plan: Plan | None, reader: Reader
) -> tuple[list[str], list[list[str]]]:
    """Return labels and cells of the first rows: by field as they are read, or by column.

    Columns that are blank in all of them are left out, and rows that are no goods.
    """
    labels = [(header, at) for at, header in enumerate(table.headers)]
    aside: set[int] = set()
    if plan is not None:
        aside = {number for remark in plan.set_aside for number in remark.rows}
        fields = [field for field in fields_of(kind) if field.name in columns]
        labels = [
            (field_label(field, reader), table.headers.index(columns[field.name]))
            for field in fields
        ]
    rows = list(islice((row for row in table.rows if row.number not in aside), FIRST_ROWS))
    shown = [(label, at) for label, at in labels if any(row.cells[at].strip() for row in rows)]
    return (
        [label for label, _at in shown],
        [[_cut(row.cells[at]) for _label, at in shown] for row in rows],
    )


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…"


def problem_lines(plan: Plan, reader: Reader) -> list[ReviewLine]:
    """Return the first problems, each with its row and field."""
    labels = {field.name: field_label(field, reader) for field in fields_of(plan.kind)}
    return [_problem(problem, labels, reader) for problem in plan.problems[:MAX_PROBLEMS]]


def problems_by_row(plan: Plan, reader: Reader) -> dict[str, dict[str, list[str]]]:
    """Return the sentences of each row's fields, by the row's number, at most MAX_PROBLEMS."""
    found: dict[str, dict[str, list[str]]] = {}
    for one in plan.problems[:MAX_PROBLEMS]:
        row = found.setdefault(str(one.row_number), {})
        row.setdefault(one.field, []).append(filled_in(one.template, one.params, reader))
    return found


def _problem(problem: Problem, labels: Mapping[str, str], reader: Reader) -> ReviewLine:
    where = reader.gettext(
        "Row %(row)s, %(field)s",
        row=problem.row_number,
        field=labels.get(problem.field, problem.field),
    )
    return ReviewLine(where, filled_in(problem.template, problem.params, reader))


def remark_lines(plan: Plan, reader: Reader) -> list[ReviewLine]:
    """Return the first remarks, each with its rows."""
    return [_remark(remark, reader) for remark in plan.remarks[:MAX_REMARKS]]


def _remark(remark: Remark, reader: Reader) -> ReviewLine:
    return ReviewLine(
        reader.gettext("Rows: %(rows)s", rows=row_ranges(remark.rows)),
        filled_in(remark.template, remark.params, reader),
    )


def row_ranges(rows: Sequence[int]) -> str:
    """Return row numbers as people write them: 12, 14–22."""
    ranges: list[list[int]] = []
    for row in sorted(set(rows)):
        if ranges and row == ranges[-1][1] + 1:
            ranges[-1][1] = row
        else:
            ranges.append([row, row])
    shown = [f"{a}" if a == b else f"{a}–{b}" for a, b in ranges[:MAX_NAMES]]
    return ", ".join(shown) + (" …" if len(ranges) > MAX_NAMES else "")


def review_facts(plan: Plan, reader: Reader) -> list[ReviewFact]:
    """Return what else the import would do: how many crates of each sort, what is made."""
    counted = (
        ("filled", reader.gettext("Crates with goods in them")),
        ("blank", reader.gettext("Crates printed but never filled")),
        ("emptied", reader.gettext("Empty crates")),
        ("unknown", reader.gettext("Crates with contents not known")),
    )
    made = (
        ("categories", reader.gettext("New categories")),
        ("items", reader.gettext("New items")),
        ("places", reader.gettext("New places")),
    )
    found = [
        ReviewFact(label, figures.number(plan.counts[key], reader))
        for key, label in counted
        if plan.counts.get(key)
    ]
    if plan.codes:
        count = figures.number(len(plan.codes), reader)
        found.append(ReviewFact(reader.gettext("Product codes learned"), count))
    return found + [
        ReviewFact(label, figures.number(len(names), reader), _names(names))
        for key, label in made
        if (names := plan.makes.get(key))
    ]


def _names(names: Sequence[str]) -> str:
    return ", ".join(names[:MAX_NAMES]) + (" …" if len(names) > MAX_NAMES else "")
