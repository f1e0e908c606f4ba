"""What one can print on, and in which language: printers, sheets, plain paper, single labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from flask import request, session, url_for
from flask_babel import gettext as _
from marshmallow import ValidationError

from blueprints.frame.api import base_url
from blueprints.frame.language import current_reader, reader_for_all, reader_in
from blueprints.frame.web import reader
from blueprints.printing.words import (
    crate_label,
    label_texts,
    printer_words,
    sample_label,
    sheet_words,
)
from depot.crates.queries.crates import CrateHead, crate_view
from depot.models.item_names import naming_in
from depot.papers.lacking import lacking_words
from depot.printing import queries
from depot.printing.queries import PrinterRow
from depot.words.reader import Reader
from labels.sheets.large import MODULE_AT_ONE_METRE, MODULE_AT_TWO_METRES, reads_from_afar
from labels.sheets.layout import CrateLabel
from labels.sheets.sheets import PAPERS, ROLLS, Sheet

CRATES, PALLETS, SHELVES = "crates", "pallets", "shelves"
LABEL_KINDS: Final = (CRATES, SHELVES, PALLETS)
DEFAULT_SHEET: Final = "L7160"
_USUAL: Final = {CRATES: DEFAULT_SHEET, SHELVES: "L7169", PALLETS: "A4/2"}
_MODULE: Final = {SHELVES: MODULE_AT_ONE_METRE, PALLETS: MODULE_AT_TWO_METRES}
#: In the session, so that one need not choose each time; "" is any printer, by a PDF.
_REMEMBERED: Final = "printer"


def chosen_printer() -> PrinterRow | None:
    """Return the printer asked for, else the one used last; None: a PDF for any printer."""
    asked = request.values.get(_REMEMBERED)
    wanted = str(session.get(_REMEMBERED, "")) if asked is None else asked
    found = _printer(wanted)
    if asked is not None:
        session[_REMEMBERED] = str(found.id) if found else ""
    return found


def _printer(text: str) -> PrinterRow | None:
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        return None
    db_session, who = reader()
    found = queries.printer(db_session, who.depot_id, int(text))
    return None if found is None or found.archived else found


def printer_links(
    endpoint: str, chosen: PrinterRow | None, **kept: Any
) -> list[tuple[str, str, str, bool]]:
    """Return a choice of printers: (address, name, small print, whether it is this one)."""
    db_session, who = reader()
    rows = [row for row in queries.printers(db_session, who.depot_id) if not row.archived]
    links = [
        (url_for(endpoint, printer="none", **kept), _("Any printer"), _("a PDF"), chosen is None)
    ]
    for row in rows:
        is_chosen = chosen is not None and chosen.id == row.id
        href = url_for(endpoint, printer=row.id, **kept)
        links.append((href, row.name, printer_words(row, current_reader()), is_chosen))
    return links


def takes_sheets(printer: PrinterRow | None) -> bool:
    """Say whether one has to say which sheet lies in the printer."""
    return printer is None or printer.kind == "sheet"


def all_sheets() -> Mapping[str, Sheet]:
    """Return all that can be printed on, by code or name: own sheets first."""
    db_session, who = reader()
    return queries.sheets(db_session, who.depot_id) | dict(ROLLS)


def sheets_for(kind: str) -> dict[str, Sheet]:
    """Return what labels of that kind can be read on: from a metre, from two, or at arm's length.

    Crates are labelled with product codes, own sheets and single labels; what is read from afar
    goes on plain paper too.
    """
    found = all_sheets()
    least = _MODULE.get(kind)
    if least is None:
        return {code: sheet for code, sheet in found.items() if code not in PAPERS}
    label = sample_label(kind, base_url(), reader_for_all())
    return {
        code: sheet
        for code, sheet in found.items()
        if reads_from_afar(label, sheet.label_width, sheet.label_height, least)
    }


def sheet_options(kind: str) -> list[tuple[str, str]]:
    """Return the choice of what lies in the printer."""
    return [
        (code, sheet_words(sheet, current_reader())) for code, sheet in sheets_for(kind).items()
    ]


def usual_sheet(kind: str, printer: PrinterRow | None) -> str:
    """Return what probably lies in the printer."""
    if printer is not None and printer.sheet in sheets_for(kind):
        return printer.sheet
    return _USUAL[kind]


def need_sheet(code: str, kind: str, start_at: int) -> Sheet:
    """Return the sheet that a form names. Raises ValidationError at the field that is wrong."""
    known = all_sheets()
    if code not in known:
        raise ValidationError({"sheet": [_("Choose one of these.")]})
    sheet = sheets_for(kind).get(code)
    if sheet is None:
        sentence = _("These labels are too small for that distance. Choose larger ones.")
        raise ValidationError({"sheet": [sentence]})
    if not 1 <= start_at <= sheet.capacity:
        sentence = _("This sheet has %(count)s labels.", count=sheet.capacity)
        raise ValidationError({"start_at": [sentence]})
    return sheet


def label_for(head: CrateHead, reads: Reader, kind: type[CrateLabel] = CrateLabel) -> CrateLabel:
    """Return a crate's label for who reads it, with the goods called as they call them."""
    session, who = reader()
    with naming_in(reads.language):
        view = crate_view(session, who.depot_id, head)
    return crate_label(view, who, base_url(), reads, kind)


def lacking_on(heads: Iterable[CrateHead], reads: Reader) -> str:
    """Say which letters of these crates' labels no typeface here shows; empty if all are shown."""
    return lacking_words(
        (text for head in heads for text in label_texts(label_for(head, reads))), current_reader()
    )


def need_letters(language: str, heads: Iterable[CrateHead]) -> None:
    """Raise ValidationError where labels in the language that was chosen lack letters.

    In the depot's own language the page said so before, and a label with "?" is better than none.
    """
    reads = reader_in(language)
    if reads.language != reader_in("").language and (said := lacking_on(heads, reads)):
        raise ValidationError({"language": [said]})
