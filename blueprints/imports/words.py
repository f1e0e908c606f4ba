"""What the review page shows: an import's plan, put into words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from flask_babel import gettext as _

from blueprints.frame.language import current_reader
from blueprints.frame.web import Answer
from depot.base.errors import SENTENCES
from depot.base.text import N_
from depot.imports.commands.imports import IMPORT_KINDS
from depot.imports.commands.undo import UndoneImport
from depot.imports.plan import Plan, Remark
from depot.imports.queries import ImportRow
from depot.imports.rows.fields import FIELDS
from depot.imports.rows.matching import apply_overrides, guess_columns
from depot.imports.sheets.problems import Problem
from depot.imports.sheets.reader import Table
from depot.words import figures

#: What a page can be read with; the command line names them all.
MAX_PROBLEMS: Final = 300
MAX_REMARKS: Final = 100
MAX_NAMES: Final = 30
FIRST_ROWS: Final = 5
_LONGEST_CELL: Final = 40
IMPORT_KIND_WORDS: Final = {
    "items": (N_("Items"), N_("what there is: names, categories, weights")),
    "locations": (N_("Places"), N_("shelves and rooms")),
    "crates": (N_("Crates"), N_("boxes by number, what is in them, where they stand")),
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


def kind_picks() -> list[tuple[str, str, str]]:
    """Return what can be imported, for pick buttons."""
    return [
        (kind, _(IMPORT_KIND_WORDS[kind][0]), _(IMPORT_KIND_WORDS[kind][1]))
        for kind in IMPORT_KINDS
    ]


def import_words(row: ImportRow) -> tuple[str, str]:
    """Say what was imported, and when by whom."""
    reader = current_reader()
    what = _(
        "%(kind)s: %(rows)s new or filled in",
        kind=_(IMPORT_KIND_WORDS[row.kind][0]),
        rows=figures.number(row.rows, reader),
    )
    by = row.person or _("the computer")
    return what, f"{figures.moment(row.imported_at, reader)} · {by}"


def answer_import_undo(done: UndoneImport) -> Answer:
    """Say what went, what is out of use because something refers to it, and what was restored."""
    reader = current_reader()
    parts = [_("Undone. Removed: %(count)s.", count=figures.number(done.removed, reader))]
    if done.restored:
        restored = figures.number(done.restored, reader)
        parts.append(_("As before: %(count)s.", count=restored))
    if done.kept:
        kept = figures.number(done.kept, reader)
        parts.append(_("In use by now, so only put out of use: %(count)s.", count=kept))
    return Answer(" ".join(parts))


def chosen_columns(kind: str, table: Table, chosen: Mapping[str, str]) -> dict[str, str]:
    """Return the columns as guessed or, once `chosen` says any, as chosen.

    A choice of another sheet's column counts as no choice.
    """
    guessed = guess_columns(kind, table.headers, table.rows)
    names = [field.name for field in FIELDS[kind] if f"col-{field.name}" in chosen]
    said = {name: chosen[f"col-{name}"] for name in names}
    fitting = {n: header for n, header in said.items() if not header or header in table.headers}
    return apply_overrides(kind, table.headers, guessed, fitting)


def date_orders() -> list[tuple[str, str]]:
    """Return how dates written in figures may be read."""
    return [("day", _("day first: 21/5/27")), ("month", _("month first: 5/21/27"))]


def column_choices(
    kind: str, columns: Mapping[str, str]
) -> tuple[list[ColumnChoice], list[ColumnChoice]]:
    """Return the fields with a column or in need of one, and the fields that were not found."""
    found: list[ColumnChoice] = []
    left: list[ColumnChoice] = []
    for field in FIELDS[kind]:
        is_shown = field.required or field.name in columns
        (found if is_shown else left).append(ColumnChoice(f"col-{field.name}", _(field.label)))
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


def summary_lines(plan: Plan, table: Table, columns: Mapping[str, str]) -> list[ReviewFact]:
    """Return, a line each: the rows understood, those left out, the columns not used."""
    reader = current_reader()
    left_out = plan.problem_rows + plan.set_aside_rows
    why = _("Each is named below.") if left_out else None
    return [
        ReviewFact(
            _("Rows understood"),
            _(
                "%(good)s of %(all)s",
                good=figures.number(len(plan.rows), reader),
                all=figures.number(len(table.rows), reader),
            ),
        ),
        ReviewFact(_("Rows left out"), figures.number(left_out, reader), why),
        ReviewFact(
            _("Columns not used"),
            figures.number(len(_unread(table, columns)), reader),
            _names(_unread(table, columns)) or None,
        ),
    ]


def set_aside_lines(plan: Plan) -> list[ReviewLine]:
    """Return why rows are left out that have no problem, each reason with its rows."""
    return [_remark(remark) for remark in plan.set_aside[:MAX_REMARKS]]


def total_lines(plan: Plan) -> list[tuple[str, str, str]]:
    """Return for each item whose stock would grow: its name, what is here, what would be."""
    reader = current_reader()
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


def missing_columns(kind: str, columns: Mapping[str, str]) -> dict[str, list[str]]:
    """Return an error for each field that must have a column and has none."""
    return {
        f"col-{field.name}": [_("Choose the column it is in.")]
        for field in FIELDS[kind]
        if field.required and field.name not in columns
    }


def first_rows(
    kind: str, table: Table, columns: Mapping[str, str], plan: Plan | None
) -> tuple[list[str], list[list[str]]]:
    """Return labels and cells of the first rows: by field as they are read, or by column.

    Columns that are blank in all of them are left out, and rows that are no goods.
    """
    labels = [(header, at) for at, header in enumerate(table.headers)]
    aside: set[int] = set()
    if plan is not None:
        aside = {number for remark in plan.set_aside for number in remark.rows}
        fields = [field for field in FIELDS[kind] if field.name in columns]
        labels = [(_(field.label), table.headers.index(columns[field.name])) for field in fields]
    rows = list(islice((row for row in table.rows if row.number not in aside), FIRST_ROWS))
    shown = [(label, at) for label, at in labels if any(row.cells[at].strip() for row in rows)]
    return (
        [label for label, _at in shown],
        [[_cut(row.cells[at]) for _label, at in shown] for row in rows],
    )


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…"


def problem_lines(plan: Plan) -> list[ReviewLine]:
    """Return the first problems, each with its row and field."""
    labels = {field.name: field.label for field in FIELDS[plan.kind]}
    return [_problem(problem, labels) for problem in plan.problems[:MAX_PROBLEMS]]


def _problem(problem: Problem, labels: Mapping[str, str]) -> ReviewLine:
    where = _(
        "Row %(row)s, %(field)s",
        row=problem.row_number,
        field=_(labels.get(problem.field, problem.field)),
    )
    return ReviewLine(where, _(problem.template, **problem.params))


def remark_lines(plan: Plan) -> list[ReviewLine]:
    """Return the first remarks, each with its rows."""
    return [_remark(remark) for remark in plan.remarks[:MAX_REMARKS]]


def _remark(remark: Remark) -> ReviewLine:
    params = {k: _(str(v)) if k in SENTENCES else v for k, v in remark.params.items()}
    return ReviewLine(
        _("Rows: %(rows)s", rows=row_ranges(remark.rows)), _(remark.template, **params)
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


def review_facts(plan: Plan) -> list[ReviewFact]:
    """Return what else the import would do: how many crates of each sort, what is made."""
    counted = (
        ("filled", _("Crates with goods in them")),
        ("blank", _("Crates printed but never filled")),
        ("emptied", _("Empty crates")),
        ("unknown", _("Crates with contents not known")),
    )
    made = (
        ("categories", _("New categories")),
        ("items", _("New items")),
        ("places", _("New places")),
    )
    found = [
        ReviewFact(label, figures.number(plan.counts[key], current_reader()))
        for key, label in counted
        if plan.counts.get(key)
    ]
    if plan.codes:
        count = figures.number(len(plan.codes), current_reader())
        found.append(ReviewFact(_("Product codes learned"), count))
    return found + [
        ReviewFact(label, figures.number(len(names), current_reader()), _names(names))
        for key, label in made
        if (names := plan.makes.get(key))
    ]


def _names(names: Sequence[str]) -> str:
    return ", ".join(names[:MAX_NAMES]) + (" …" if len(names) > MAX_NAMES else "")
