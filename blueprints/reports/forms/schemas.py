"""What a coordinator sends to edit a form for a funder, and a meal factor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask_babel import gettext as _
from marshmallow import Schema, ValidationError, fields, post_load

from blueprints.frame.fields import (
    MAX_NOTE,
    Choice,
    CommandSchema,
    Text,
    ToldSchema,
    WholeNumber,
    Within,
    WriteSchema,
)
from blueprints.frame.web import IdConverter
from depot.base.kinds import SOURCE_KINDS
from depot.base.periods import KINDS
from depot.reports.commands.forms import ChooseMealFactor, SaveMealFactor, SaveReportForm
from depot.reports.forms.filled_formats import FORM_FORMATS
from depot.reports.forms.forms import (
    FIGURES,
    MAX_ENTRIES,
    MAX_TABLES,
    ROWS,
    UNITS,
    FormEntry,
    FormTable,
    Problem,
    ReportForm,
    form_problems,
)

_ENTRY: Final = ("words", "figure", "unit", "source")
_TABLE: Final = ("title", "rows", "with_total")
MAX_GRAMS: Final = 100_000


class EntryForm(CommandSchema):
    """A column or a line of a form."""

    makes = FormEntry
    words = Text(required=True)
    figure = Choice(tuple(FIGURES), required=True)
    unit = Choice(tuple(UNITS), load_default="")
    source = Choice(SOURCE_KINDS, load_default="")


@dataclass(frozen=True, slots=True)
class TableHead:
    """A table without its entries, which the form sends under a name of their own."""

    title: str
    rows: str
    with_total: bool


class TableForm(CommandSchema):
    """A table of a form."""

    makes = TableHead
    title = Text(required=True)
    rows = Choice(tuple(ROWS), load_default="")
    with_total = fields.Boolean(load_default=False)


class ReportFormForm(ToldSchema, WriteSchema):
    """A form; its tables, and the entries of each: entries0, entries1, …"""

    makes = SaveReportForm

    class Meta:
        exclude = ("occurred_at",)

    name = Text(required=True, max_length=80)
    kind = Choice(KINDS, required=True)
    words_before = Text(load_default="", max_length=MAX_NOTE, multiline=True)
    words_after = Text(load_default="", max_length=MAX_NOTE, multiline=True)
    grams_per_meal = WholeNumber(load_default=None, most=MAX_GRAMS)
    factor_source = Text(load_default="", max_length=300)
    tables = fields.List(fields.Nested(TableForm), load_default=list)
    entries0 = fields.List(fields.Nested(EntryForm), load_default=list)
    entries1 = fields.List(fields.Nested(EntryForm), load_default=list)
    entries2 = fields.List(fields.Nested(EntryForm), load_default=list)
    entries3 = fields.List(fields.Nested(EntryForm), load_default=list)
    key = Text(load_default="", max_length=60)
    archived = fields.Boolean(load_default=False)

    @post_load
    def _make(self, data: dict[str, Any], **_options: Any) -> SaveReportForm:
        entries = [tuple(data.pop(f"entries{number}")) for number in range(MAX_TABLES)]
        about = {name: data.pop(name) for name in ("command_id", "key", "archived")}
        heads: list[TableHead] = data.pop("tables")
        tables = tuple(
            FormTable(head.title, head.rows, found, head.with_total)
            for head, found in zip(heads, entries, strict=False)
        )
        form = ReportForm(**data, tables=tables)
        _refuse(form_problems(form))
        return SaveReportForm(form=form, **about)


def _refuse(found: Any) -> None:
    """Raise ValidationError with each problem at its field, if there are any."""
    messages: dict[str, Any] = {}
    for problem in found:
        _place(messages, problem)
    if messages:
        raise ValidationError(messages)


def _place(messages: dict[str, Any], problem: Problem) -> None:
    sentence = [_(problem.sentence)]
    if problem.table is None:
        messages[problem.field] = sentence
    elif problem.entry is None:
        messages.setdefault("tables", {}).setdefault(problem.table, {})[problem.field] = sentence
    else:
        rows = messages.setdefault(f"entries{problem.table}", {})
        rows.setdefault(problem.entry, {})[problem.field] = sentence


def tidy_form(values: Mapping[str, str]) -> dict[str, str]:
    """Return what was typed with empty lines and tables left out and the rest numbered anew.

    So that an error stands at the line it belongs to, also when a line before it was cleared.
    """
    kept = {
        name: value
        for name, value in values.items()
        if not name.startswith("tables-") and not name.startswith("entries")
    }
    number = 0
    for table in range(MAX_TABLES + 1):
        head = {name: values.get(f"tables-{table}-{name}", "") for name in _TABLE}
        lines = _lines(values, table)
        if not head["title"].strip() and not lines:
            continue
        kept |= {f"tables-{number}-{name}": value for name, value in head.items()}
        for place, line in enumerate(lines):
            kept |= {f"entries{number}-{place}-{name}": value for name, value in line.items()}
        number += 1
    return kept


def _lines(values: Mapping[str, str], table: int) -> list[dict[str, str]]:
    found = []
    for place in range(MAX_ENTRIES):
        line = {name: values.get(f"entries{table}-{place}-{name}", "") for name in _ENTRY}
        if any(value.strip() for value in line.values()):
            found.append(line)
    return found


def values_of(form: ReportForm, archived: bool = False) -> dict[str, Any]:
    """Return a form as a page shows it for editing."""
    values: dict[str, Any] = {
        "name": _(form.name),
        "kind": form.kind,
        "words_before": _(form.words_before) if form.words_before else "",
        "words_after": _(form.words_after) if form.words_after else "",
        "grams_per_meal": form.grams_per_meal or "",
        "factor_source": _(form.factor_source) if form.factor_source else "",
        "archived": "yes" if archived else "",
    }
    for number, table in enumerate(form.tables):
        values |= {
            f"tables-{number}-title": _(table.title),
            f"tables-{number}-rows": table.rows,
            f"tables-{number}-with_total": "yes" if table.with_total else "",
        }
        for place, entry in enumerate(table.entries):
            at = f"entries{number}-{place}"
            values |= {
                f"{at}-words": _(entry.words),
                f"{at}-figure": entry.figure,
                f"{at}-unit": entry.unit,
                f"{at}-source": entry.source,
            }
    return values


class FactorForm(ToldSchema, WriteSchema):
    """A meal factor."""

    makes = SaveMealFactor

    class Meta:
        exclude = ("occurred_at",)

    grams_per_meal = WholeNumber(required=True, most=MAX_GRAMS)
    stated = Text(required=True)
    source = Text(required=True, max_length=300)
    version = Text(load_default="", max_length=120)
    factor_id = fields.Integer(load_default=None)


class ChooseFactorForm(ToldSchema, WriteSchema):
    """Which factor counts from now on."""

    makes = ChooseMealFactor

    class Meta:
        exclude = ("occurred_at",)

    factor_id = WholeNumber(required=True, most=2**63 - 1)


class FilledQuery(Schema):
    """Which period a form is filled in for, or which filed report."""

    period = Text(load_default="", max_length=40)
    filed = fields.Integer(load_default=None, validate=Within(1, IdConverter.LARGEST))
    form = Choice(tuple(FORM_FORMATS), data_key="format", load_default="json")


class FormHead(Schema):
    """A form without its tables."""

    key = fields.String(required=True)
    name = fields.String(required=True)
    kind = fields.String(required=True)
    archived = fields.Boolean(required=True)


class FormListAnswer(Schema):
    """The forms."""

    forms = fields.List(fields.Nested(FormHead), required=True)


class FilledCell(Schema):
    """A figure in grams, meals or heads; null with the reason why there is none."""

    value = fields.Integer(required=True, allow_none=True)
    why = fields.String(required=True)


class FilledLine(Schema):
    """A line of a table."""

    name = fields.String(required=True)
    cells = fields.List(fields.Nested(FilledCell), required=True)


class FilledColumn(Schema):
    """A column; a table whose lines are the figures has none."""

    words = fields.String(required=True)
    figure = fields.String(required=True)
    source = fields.String(required=True)
    unit = fields.String(required=True)


class FilledTable(Schema):
    """A table; its last line is the total if it has one."""

    title = fields.String(required=True)
    columns = fields.List(fields.Nested(FilledColumn), required=True)
    lines = fields.List(fields.Nested(FilledLine), required=True)
    has_total = fields.Boolean(required=True)


FilledAnswer = Schema.from_dict(
    {
        "form": fields.String(required=True),
        "depot": fields.String(required=True),
        "kind": fields.String(required=True),
        "period": fields.String(required=True),
        "from": fields.String(required=True),
        "to": fields.String(required=True),
        "filed_number": fields.Integer(required=True, allow_none=True),
        "seq": fields.Integer(required=True),
        "words_before": fields.String(required=True),
        "tables": fields.List(fields.Nested(FilledTable), required=True),
        "words_after": fields.String(required=True),
        "notes": fields.List(fields.String(), required=True),
        "grams_per_meal": fields.Integer(required=True, allow_none=True),
        "factor_source": fields.String(required=True, allow_none=True),
    },
    name="FilledAnswer",
)
