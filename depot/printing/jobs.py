"""A print job: labels for a printer become a file, or go to the printer itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from depot.base.errors import Invalid
from depot.base.text import N_
from depot.printing.queries import PrinterRow
from labels.printers import network
from labels.sheets.large import Label
from labels.sheets.pdf import sheet_pdf
from labels.sheets.sheets import Sheet, single_label_sheet

_PROBLEMS: Final = {
    network.WireProblem.NO_ANSWER: N_(
        "%(printer)s does not answer. Is it switched on, and in the network?"
    ),
    network.WireProblem.REFUSED: N_(
        "%(printer)s does not take anything just now. Is it open, or busy?"
    ),
    network.WireProblem.BROKEN_OFF: N_(
        "%(printer)s hung up half-way. Look how many labels came out."
    ),
    network.WireProblem.NO_SUCH_NAME: N_("%(printer)s is not found in the network now."),
}
_ELSEWHERE: Final = N_(
    "The address of %(printer)s leads elsewhere now. A coordinator has to enter it again."
)


@dataclass(frozen=True, slots=True)
class Made:
    """A finished job: its bytes, and what they are."""

    content: bytes
    mimetype: str
    name: str


def make_job(
    labels: Sequence[Label], printer: PrinterRow | None, sheet: Sheet | None, start_at: int = 1
) -> Made:
    """Make the job for a printer, or a PDF for any where none is named.

    `sheet` is what lies in a printer of sheets, `start_at` its first unused label. Raises Invalid
    without one, BrotherMissing where the library for these printers is not installed, and what
    the makers do.
    """
    if printer is None or printer.kind in ("sheet", "pdf_roll"):
        offset = printer.offset_mm if printer else (0.0, 0.0)
        on = (
            sheet
            if printer is None or printer.kind == "sheet"
            else single_label_sheet(*printer.label_mm)
        )
        if on is None:
            raise Invalid(field="sheet", problem=N_("Choose which sheet is in the printer."))
        return Made(sheet_pdf(labels, on, start_at, offset), "application/pdf", "labels.pdf")
    if printer.kind == "zebra":
        # each printer's language is loaded where one speaks it
        from labels.printers.zpl import label_zpl

        content = label_zpl(
            labels,
            printer.label_mm,
            printer.dpi or 203,
            printer.offset_mm,
            native=printer.is_native,
        )
        return Made(content, "application/octet-stream", "labels.zpl")
    from labels.printers import brother

    tape = brother.find_tape(*printer.label_mm)
    content = brother.label_raster(labels, tape, printer.model, printer.offset_mm)
    return Made(content, "application/octet-stream", "labels.bin")


def send(made: Made, printer: PrinterRow) -> str:
    """Send a job to the printer's own address; return what went wrong in a sentence, or "".

    The sentence has a place for the `printer` and is yet to be translated.
    """
    try:
        network.send_to_printer(
            made.content, printer.host, printer.address, printer.port or network.PORTS.start
        )
    except network.CannotSend as error:
        return _PROBLEMS.get(error.problem, _ELSEWHERE)
    return ""
