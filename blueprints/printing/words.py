"""Printers and sheets in words, and what stands on their test page."""

from __future__ import annotations

from typing import Final

from depot.base.text import N_
from depot.printing.queries import PrinterRow
from depot.words import figures
from depot.words.reader import Reader
from labels.sheets.calibration import TestWords
from labels.sheets.sheets import PAPERS, ROLLS, Sheet

PRINTER_WORDS: Final = {
    "sheet": N_("label sheets"),
    "pdf_roll": N_("labels on a roll, PDF"),
    "zebra": N_("Zebra"),
    "brother": N_("Brother QL"),
}


def printer_words(row: PrinterRow, reader: Reader) -> str:
    """Say in a few words what a printer prints: Zebra, 102 × 152 mm."""
    kind = reader.gettext(PRINTER_WORDS[row.kind])
    if row.kind == "sheet":
        return f"{kind}, {row.sheet}" if row.sheet else kind
    width, height = row.label_mm
    return reader.gettext(
        "%(kind)s, %(width)s × %(height)s mm",
        kind=kind,
        width=figures.exact(width, reader),
        height=figures.exact(height, reader),
    )


def sheet_words(sheet: Sheet, reader: Reader) -> str:
    """Name a sheet with its paper: L7160, A4, 21 a sheet."""
    paper, count = sheet.page.name, sheet.capacity
    if sheet.code in ROLLS:
        width, height = sheet.label_width, sheet.label_height
        return reader.gettext(
            "%(width)s × %(height)s mm, a label a page",
            width=figures.exact(width, reader),
            height=figures.exact(height, reader),
        )
    if sheet.code in PAPERS and count == 1:
        return reader.gettext("%(paper)s paper", paper=paper)
    if sheet.code in PAPERS:
        return reader.gettext("%(paper)s paper, cut into %(count)s", paper=paper, count=count)
    return reader.gettext(
        "%(code)s, %(paper)s, %(count)s a sheet", code=sheet.code, paper=paper, count=count
    )


def test_page_words(sheet: Sheet, printer: PrinterRow | None, reader: Reader) -> TestWords:
    """Return what stands on the test page of a sheet."""
    name = printer.name if printer else ""
    heading = reader.gettext("Test page for %(sheet)s", sheet=sheet.code)
    lines = [
        reader.gettext(
            "Print it at actual size on plain paper. Lay it on a sheet of labels and hold both"
            " against the light."
        ),
        reader.gettext(
            "Find the two crosses with figures. Where on their scales is the corner of the label"
            " beneath? Right and down is +, left and up is –."
        ),
        reader.gettext(
            "If it is not at 0, add what you read to the printer's offset and print this again."
        ),
        reader.gettext(
            "The rulers count from the page's edges. If 100 mm on them is not 100 mm, the printer"
            " changes the size: choose “actual size”."
        ),
    ]
    if printer:
        x, y = printer.offset_mm
        lines.append(
            reader.gettext(
                "%(printer)s, offset now: %(x)s mm to the right, %(y)s mm down.",
                printer=name,
                x=figures.exact(x, reader),
                y=figures.exact(y, reader),
            )
        )
    return TestWords(heading, tuple(lines))
