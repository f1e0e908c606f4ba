"""The test page of a printer or a sheet, in the reader's words."""

from __future__ import annotations

from blueprints.printing import choices
from blueprints.printing.words import test_page_words
from depot.printing.jobs import Made
from depot.printing.queries import PrinterRow
from depot.words.reader import Reader
from labels.printers import brother, zpl
from labels.sheets.calibration import label_marks, move_mark, page_marks
from labels.sheets.pdf import page_pdf
from labels.sheets.sheets import Sheet, single_label_sheet


def make_test_page_job(
    printer: PrinterRow | None, reader: Reader, sheet: Sheet | None = None
) -> Made:
    """Return the test page as a print job for the printer, or for any; moved as it is set now.

    Raises BrotherMissing where the library for these printers is not installed.
    """
    if printer is None or printer.kind == "sheet":
        known = choices.all_sheets()
        usual = printer.sheet if printer and printer.sheet in known else choices.DEFAULT_SHEET
        return _of_sheet(sheet or known[usual], printer, reader)
    return _of_label(printer)


def _of_sheet(sheet: Sheet, printer: PrinterRow | None, reader: Reader) -> Made:
    offset = printer.offset_mm if printer else (0.0, 0.0)
    words = test_page_words(sheet, printer, reader)
    content = page_pdf(sheet, lambda measure: page_marks(sheet, words, offset, measure))
    return Made(content, "application/pdf", "test-page.pdf")


def _of_label(printer: PrinterRow) -> Made:
    size, name = printer.label_mm, printer.name
    if printer.kind == "pdf_roll":
        content = page_pdf(
            single_label_sheet(*size),
            lambda measure: [
                move_mark(mark, *printer.offset_mm) for mark in label_marks(*size, name, measure)
            ],
        )
        return Made(content, "application/pdf", "test-label.pdf")
    from labels.sheets.png import draw_marks  # with what draws pictures

    tape = brother.find_tape(*size) if printer.kind == "brother" else None
    shown = tape.size_mm if tape else size
    dots = zpl.DOTS_PER_MM[printer.dpi or 300]
    image = draw_marks(
        lambda measure: label_marks(*shown, name, measure), shown, dots, printer.offset_mm
    )
    if tape is None:
        return Made(zpl.image_zpl(image).encode(), "application/octet-stream", "test-label.zpl")
    content = brother.image_raster([image], tape, printer.model)
    return Made(content, "application/octet-stream", "test-label.bin")
