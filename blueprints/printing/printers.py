"""Printers and label sheets of the depot's own. For coordinators."""

from __future__ import annotations

from typing import Any, Final

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.editor import Editor
from blueprints.frame.forms import Form
from blueprints.frame.language import current_reader
from blueprints.frame.web import found_or_404, query_text, reader, show_message
from blueprints.printing import choices, jobs, words
from blueprints.printing.pages import NO_BROTHER_PART
from blueprints.printing.printer_forms import (
    DPI_CHOICES,
    FIELD_OF,
    OWN_SIZE,
    PAGE_SIZES,
    PrinterSchema,
    SheetSchema,
    printer_values,
    sheet_values,
)
from blueprints.printing.trials import make_test_page_job
from depot.base.text import N_
from depot.models.printing import PRINTER_KINDS
from depot.printing import queries
from depot.printing.commands.label_sheets import save_label_sheet
from depot.printing.commands.printers import save_printer
from depot.printing.queries import PrinterRow, SheetRow
from labels.printers import brother
from labels.printers.brother import BrotherMissing
from labels.sheets.sheets import ROLLS

_KIND_TITLES: Final = {
    "sheet": (N_("Label sheets"), N_("any laser or inkjet printer"), "label"),
    "pdf_roll": (N_("Labels on a roll"), N_("any label printer, by its own driver"), "label"),
    "zebra": (N_("Zebra"), N_("and others that speak ZPL"), "print"),
    "brother": (N_("Brother QL"), N_("by network or as a file"), "print"),
}
_DPI_WORDS: Final = {"203": N_("203 dpi"), "300": N_("300 dpi"), "600": N_("600 dpi")}


def index() -> ResponseReturnValue:
    """List the printers and the depot's own label sheets."""
    session, who = reader()
    return render_template(
        "printing/printers.html",
        printers=[
            (row, words.printer_words(row, current_reader()))
            for row in queries.printers(session, who.depot_id)
        ],
        sheets=[
            (row, words.sheet_words(row.sheet, current_reader()))
            for row in queries.own_sheets(session, who.depot_id)
        ],
        kinds=[
            (kind, *map(str, (_(a), _(b))), icon) for kind, (a, b, icon) in _KIND_TITLES.items()
        ],
    )


def _blank_printer() -> dict[str, Any]:
    """Return an empty form for a printer of the kind that the address names."""
    kind = query_text("kind")
    kind = kind if kind in PRINTER_KINDS else "sheet"
    return {"kind": kind, "offset_x": "0", "offset_y": "0", "dpi": "203", "size": _first(kind)}


def _first(kind: str) -> str:
    return {"zebra": "102x152", "brother": "62x29", "pdf_roll": "62x29"}.get(kind, "")


def print_test(printer_id: int) -> ResponseReturnValue:
    """Print the test page of a printer, moved as it is set now."""
    row = _own_printer(printer_id)
    back = url_for("printers.edit_printer", printer_id=printer_id)
    try:
        made = make_test_page_job(row, current_reader())
    except BrotherMissing:
        show_message(_(NO_BROTHER_PART), kind="problem")
        return redirect(back, 303)
    return jobs.answer_job(made, row, 1, back)


def _own_printer(printer_id: int) -> PrinterRow:
    session, who = reader()
    row = queries.printer(session, who.depot_id, printer_id)
    return found_or_404(N_("printer"), printer_id, row)


def _printer_context(form: Form, row: PrinterRow | None) -> dict[str, Any]:
    _at_our_fields(form)
    kind = str(form.values.get("kind", "sheet"))
    title, _small, _icon = _KIND_TITLES.get(kind, _KIND_TITLES["sheet"])
    return {
        "printer": row,
        "kind": kind,
        "kind_title": _(title),
        "sheets": choices.sheet_options(choices.CRATES),
        "sizes": _sizes(kind),
        "own": OWN_SIZE,
        "dpis": [(dpi, _(_DPI_WORDS[dpi])) for dpi in DPI_CHOICES],
        "models": [(model, model) for model in brother.MODELS],
        "missing": kind == "brother" and not brother.is_installed() and _(NO_BROTHER_PART),
    }


def _sizes(kind: str) -> list[tuple[str, str]]:
    if kind == "brother":
        return [
            (
                tape.name,
                _(
                    "%(width)s × %(height)s mm",
                    width=f"{tape.width_mm:g}",
                    height=f"{tape.height_mm:g}",
                ),
            )
            for tape in brother.TAPES
        ]
    found = [
        (
            code,
            _(
                "%(width)s × %(height)s mm",
                width=f"{label.label_width:g}",
                height=f"{label.label_height:g}",
            ),
        )
        for code, label in ROLLS.items()
    ]
    return [*found, (OWN_SIZE, _("Another size, below"))]


def _at_our_fields(form: Form) -> None:
    """Put what is wrong where the form asks for it."""
    for name, shown in FIELD_OF.items():
        if name in form.errors:
            form.errors.setdefault(shown, form.errors[name])


def sheet_test(sheet_id: int) -> ResponseReturnValue:
    """Return the test page of a sheet, for any printer."""
    return jobs.job_file(make_test_page_job(None, current_reader(), _own_sheet(sheet_id).sheet))


def _own_sheet(sheet_id: int) -> SheetRow:
    session, who = reader()
    row = queries.own_sheet(session, who.depot_id, sheet_id)
    return found_or_404(N_("label sheet"), sheet_id, row)


def _sheet_context(form: Form, row: SheetRow | None) -> dict[str, Any]:
    _at_our_fields(form)
    pages = [*((name, name) for name in PAGE_SIZES), (OWN_SIZE, _("Another size, below"))]
    return {"sheet": row, "pages": pages, "own": OWN_SIZE}


PRINTER_EDITOR: Final = Editor(
    key="printer_id",
    find=_own_printer,
    blank=_blank_printer,
    values=printer_values,
    schema=lambda: PrinterSchema(form=True),
    save=save_printer,
    template="printing/edit_printer.html",
    context=_printer_context,
    after=lambda outcome: url_for("printers.edit_printer", printer_id=outcome.answer.id),
)
SHEET_EDITOR: Final = Editor(
    key="sheet_id",
    find=_own_sheet,
    blank=lambda: {"page": "A4"},
    values=sheet_values,
    schema=lambda: SheetSchema(form=True),
    save=save_label_sheet,
    template="printing/edit_sheet.html",
    context=_sheet_context,
    after=lambda outcome: url_for("printers.edit_sheet", sheet_id=outcome.answer.id),
)
