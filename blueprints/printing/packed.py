"""The labels of crates that were made and filled in one act."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from blueprints.frame.api import base_url
from blueprints.frame.forms import Form, flatten, load_form, read_form, show_form
from blueprints.frame.language import reader_for_all
from blueprints.frame.web import reader
from blueprints.printing import choices
from blueprints.printing.choices import CRATES
from blueprints.printing.forms import CrateLabelSchema, default_values
from blueprints.printing.pages import answer_crate, chosen_sheet, print_labels
from blueprints.printing.words import crate_label
from depot.base.actors import Actor
from depot.crates.queries.crates import CrateView, crate_view, find_crate
from depot.crates.queries.splits import packed_with
from labels.sheets.layout import CrateLabel


def ask_packed(code: str) -> ResponseReturnValue:
    """Ask what the labels of the crates made together with this one are printed on."""
    return answer_crate(code, lambda view, who: _page(view, who, Form()))


def _page(view: CrateView, who: Actor, form: Form) -> str:
    session, _who = reader()
    printer, code = choices.chosen_printer(), view.head.code
    form.values = default_values(sheet=choices.usual_sheet(CRATES, printer)) | form.values
    return show_form(
        "printing/packed.html",
        form,
        code=code,
        codes=packed_with(session, who.depot_id, view.head.id),
        printer=printer,
        printers=choices.printer_links("printing.packed", printer, code=code),
        sheets=choices.sheet_options(CRATES) if choices.takes_sheets(printer) else [],
    )


def print_packed(code: str) -> ResponseReturnValue:
    """Print them."""
    return answer_crate(code, _print)


def _print(view: CrateView, who: Actor) -> ResponseReturnValue:
    try:
        form = load_form(CrateLabelSchema(form=True))
        printer = choices.chosen_printer()
        sheet = chosen_sheet(form, printer)
    except ValidationError as error:
        return _page(view, who, Form(read_form(), flatten(error.messages), 422)), 422
    back = url_for("printing.packed", code=view.head.code)
    return print_labels(_labels(view, who), printer, (sheet, form.start_at), back)


def _labels(pallet: CrateView, who: Actor) -> list[CrateLabel]:
    session, _who = reader()
    found = []
    for code in packed_with(session, who.depot_id, pallet.head.id):
        head = find_crate(session, who.depot_id, code)
        if head is not None:
            view = crate_view(session, who.depot_id, head)
            found.append(crate_label(view, who, base_url(), reader_for_all()))
    return found
