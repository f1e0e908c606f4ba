"""A print job: labels for a printer become a file, or go to the printer itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from flask import Response, redirect
from flask_babel import gettext as _
from flask_babel import ngettext
from marshmallow import ValidationError
from werkzeug.wrappers import Response as AnyResponse

from blueprints.frame.web import tell
from depot.base.text import N_
from depot.printing.queries import PrinterRow
from labels.printers import brother, wire
from labels.printers.brother import label_raster
from labels.printers.zpl import label_zpl
from labels.sheets.large import Label
from labels.sheets.pdf import sheet_pdf
from labels.sheets.sheets import Sheet, single

_PROBLEMS: Final = {
    wire.WireProblem.NO_ANSWER: N_(
        "%(printer)s does not answer. Is it switched on, and in the network?"
    ),
    wire.WireProblem.REFUSED: N_(
        "%(printer)s does not take anything just now. Is it open, or busy?"
    ),
    wire.WireProblem.BROKEN_OFF: N_("%(printer)s hung up half-way. Look how many labels came out."),
    wire.WireProblem.NO_SUCH_NAME: N_("%(printer)s is not found in the network now."),
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


def make(
    labels: Sequence[Label], printer: PrinterRow | None, sheet: Sheet | None, start_at: int = 1
) -> Made:
    """Make the job for a printer, or a PDF for any where none is named.

    `sheet` is what lies in a printer of sheets, `start_at` its first unused label. Raises
    BrotherMissing where the library for these printers is not installed, and what the makers do.
    """
    if printer is None or printer.kind in ("sheet", "pdf_roll"):
        offset = printer.offset_mm if printer else (0.0, 0.0)
        on = sheet if printer is None or printer.kind == "sheet" else single(*printer.label_mm)
        if on is None:
            raise ValidationError({"sheet": [_("Choose which sheet is in the printer.")]})
        return Made(sheet_pdf(labels, on, start_at, offset), "application/pdf", "labels.pdf")
    if printer.kind == "zebra":
        content = label_zpl(
            labels,
            printer.label_mm,
            printer.dpi or 203,
            printer.offset_mm,
            native=printer.is_native,
        )
        return Made(content, "application/octet-stream", "labels.zpl")
    tape = brother.find_tape(*printer.label_mm)
    content = label_raster(labels, tape, printer.model, printer.offset_mm)
    return Made(content, "application/octet-stream", "labels.bin")


def hand_over(
    made: Made, printer: PrinterRow | None, count: int, back: str, *, again: bool = False
) -> AnyResponse:
    """Answer with the file, or send it to the printer, say so, and go `back`.

    A form sent `again` is not printed a second time by a printer that prints at once.
    """
    if printer is None or not printer.host:
        return file(made)
    if again:
        tell(_("These labels were sent to %(printer)s already.", printer=printer.name))
        return redirect(back, 303)
    problem = send(made, printer)
    if problem:
        tell(problem, kind="problem")
    else:
        tell(
            ngettext(
                "%(num)s label sent to %(printer)s.",
                "%(num)s labels sent to %(printer)s.",
                count,
                printer=printer.name,
            )
        )
    return redirect(back, 303)


def send(made: Made, printer: PrinterRow) -> str:
    """Send a job to the printer's own address; return what went wrong in a sentence, or ""."""
    try:
        wire.send(made.content, printer.host, printer.address, printer.port or wire.PORTS.start)
    except wire.CannotSend as error:
        sentence = _PROBLEMS.get(error.problem, _ELSEWHERE)
        return str(_(sentence, printer=printer.name))
    return ""


def file(made: Made) -> Response:
    """Return a job as a file to keep or to print."""
    answer = Response(made.content, mimetype=made.mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return answer
