"""Printers and label sheets of the depot's own. For coordinators."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.forms import Form, show, submit
from blueprints.frame.web import asked, reader, tell
from blueprints.printing import choices, jobs
from blueprints.printing.pages import MISSING
from blueprints.printing.printer_forms import (
    DPI_CHOICES,
    FIELD_OF,
    OWN,
    PAGES,
    PrinterSchema,
    SheetSchema,
    printer_values,
    sheet_values,
)
from blueprints.printing.trials import trial_job
from depot.base.errors import NotFound
from depot.base.text import N_
from depot.kernel.answers import Saved
from depot.kernel.once import Outcome
from depot.models.printing import PRINTER_KINDS
from depot.printing import queries
from depot.printing.commands.label_sheets import save_label_sheet
from depot.printing.commands.printers import save_printer
from depot.printing.queries import PrinterRow, SheetRow
from labels.printers import brother
from labels.printers.brother import BrotherMissing
from labels.sheets.sheets import ROLLS

bp = Blueprint("printers", __name__)

ID: Final = f"int(max={2**63 - 1})"
_KIND_TITLES: Final = {
    "sheet": (N_("Label sheets"), N_("any laser or inkjet printer"), "label"),
    "pdf_roll": (N_("Labels on a roll"), N_("any label printer, by its own driver"), "label"),
    "zebra": (N_("Zebra"), N_("and others that speak ZPL"), "print"),
    "brother": (N_("Brother QL"), N_("by network or as a file"), "print"),
}
_DPI_WORDS: Final = {"203": "203 dpi", "300": "300 dpi", "600": "600 dpi"}


@bp.get("")
def index() -> ResponseReturnValue:
    """List the printers and the depot's own label sheets."""
    session, who = reader()
    return render_template(
        "printing/printers.html",
        printers=[
            (row, choices.printer_words(row)) for row in queries.printers(session, who.depot_id)
        ],
        sheets=[
            (row, choices.sheet_words(row.sheet))
            for row in queries.own_sheets(session, who.depot_id)
        ],
        kinds=[
            (kind, *map(str, (_(a), _(b))), icon) for kind, (a, b, icon) in _KIND_TITLES.items()
        ],
    )


@bp.get("/new")
def new_printer() -> ResponseReturnValue:
    """Show an empty form for a printer of one kind."""
    kind = asked("kind")
    kind = kind if kind in PRINTER_KINDS else "sheet"
    values = {"kind": kind, "offset_x": "0", "offset_y": "0", "dpi": "203", "size": _first(kind)}
    return _printer_page(Form(values), None)


def _first(kind: str) -> str:
    return {"zebra": "102x152", "brother": "62x29", "pdf_roll": "62x29"}.get(kind, "")


@bp.post("/new")
def create_printer() -> ResponseReturnValue:
    """Make a printer."""
    return submit(
        PrinterSchema(form=True),
        save_printer,
        done=_saved_printer,
        again=lambda form: _printer_page(form, None),
    )


@bp.get(f"/<{ID}:printer_id>")
def edit_printer(printer_id: int) -> ResponseReturnValue:
    """Show a printer's form, and its test page."""
    row = _own_printer(printer_id)
    return _printer_page(Form(printer_values(row)), row)


@bp.post(f"/<{ID}:printer_id>")
def update_printer(printer_id: int) -> ResponseReturnValue:
    """Save a printer."""
    row = _own_printer(printer_id)
    return submit(
        PrinterSchema(form=True),
        save_printer,
        done=_saved_printer,
        again=lambda form: _printer_page(form, row),
        extra={"printer_id": printer_id},
    )


@bp.post(f"/<{ID}:printer_id>/test")
def print_test(printer_id: int) -> ResponseReturnValue:
    """Print the test page of a printer, moved as it is set now."""
    row = _own_printer(printer_id)
    back = url_for("printers.edit_printer", printer_id=printer_id)
    try:
        made = trial_job(row)
    except BrotherMissing:
        tell(_(MISSING), kind="problem")
        return redirect(back, 303)
    return jobs.hand_over(made, row, 1, back)


def _own_printer(printer_id: int) -> PrinterRow:
    session, who = reader()
    row = queries.printer(session, who.depot_id, printer_id)
    if row is None:
        raise NotFound(what=N_("printer"), name=printer_id)
    return row


def _printer_page(form: Form, row: PrinterRow | None) -> str:
    _at_our_fields(form)
    kind = str(form.values.get("kind", "sheet"))
    title, _small, _icon = _KIND_TITLES.get(kind, _KIND_TITLES["sheet"])
    return show(
        "printing/edit_printer.html",
        form,
        printer=row,
        kind=kind,
        kind_title=_(title),
        sheets=choices.sheet_options(choices.CRATES),
        sizes=_sizes(kind),
        own=OWN,
        dpis=[(dpi, _DPI_WORDS[dpi]) for dpi in DPI_CHOICES],
        models=[(model, model) for model in brother.MODELS],
        missing=kind == "brother" and not brother.is_installed() and _(MISSING),
    )


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
    return [*found, (OWN, _("Another size, below"))]


def _at_our_fields(form: Form) -> None:
    """Put what is wrong where the form asks for it."""
    for name, shown in FIELD_OF.items():
        if name in form.errors:
            form.errors.setdefault(shown, form.errors[name])


def _saved_printer(outcome: Outcome[Saved]) -> ResponseReturnValue:
    tell(_("Saved: %(what)s", what=outcome.answer.name))
    return redirect(url_for("printers.edit_printer", printer_id=outcome.answer.id), 303)


@bp.get("/sheets/new")
def new_sheet() -> ResponseReturnValue:
    """Show an empty form for a label sheet."""
    return _sheet_page(Form({"page": "A4"}), None)


@bp.post("/sheets/new")
def create_sheet() -> ResponseReturnValue:
    """Make a label sheet of the depot's own."""
    return submit(
        SheetSchema(form=True),
        save_label_sheet,
        done=_saved_sheet,
        again=lambda form: _sheet_page(form, None),
    )


@bp.get(f"/sheets/<{ID}:sheet_id>")
def edit_sheet(sheet_id: int) -> ResponseReturnValue:
    """Show a label sheet's form."""
    row = _own_sheet(sheet_id)
    return _sheet_page(Form(sheet_values(row)), row)


@bp.post(f"/sheets/<{ID}:sheet_id>")
def update_sheet(sheet_id: int) -> ResponseReturnValue:
    """Save a label sheet."""
    row = _own_sheet(sheet_id)
    return submit(
        SheetSchema(form=True),
        save_label_sheet,
        done=_saved_sheet,
        again=lambda form: _sheet_page(form, row),
        extra={"sheet_id": sheet_id},
    )


@bp.get(f"/sheets/<{ID}:sheet_id>/test")
def sheet_test(sheet_id: int) -> ResponseReturnValue:
    """Return the test page of a sheet, for any printer."""
    return jobs.file(trial_job(None, _own_sheet(sheet_id).sheet))


def _own_sheet(sheet_id: int) -> SheetRow:
    session, who = reader()
    row = queries.own_sheet(session, who.depot_id, sheet_id)
    if row is None:
        raise NotFound(what=N_("label sheet"), name=sheet_id)
    return row


def _sheet_page(form: Form, row: SheetRow | None) -> str:
    _at_our_fields(form)
    pages = [(name, name) for name in PAGES]
    return show(
        "printing/edit_sheet.html",
        form,
        sheet=row,
        pages=[*pages, (OWN, _("Another size, below"))],
        own=OWN,
    )


def _saved_sheet(outcome: Outcome[Saved]) -> ResponseReturnValue:
    tell(_("Saved: %(what)s", what=outcome.answer.name))
    return redirect(url_for("printers.edit_sheet", sheet_id=outcome.answer.id), 303)
