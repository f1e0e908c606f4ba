"""What becomes of a print job: a file to keep, or a word from the printer."""

from __future__ import annotations

from flask import Response, redirect
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from blueprints.frame.web import show_message
from depot.printing.jobs import Made, send
from depot.printing.queries import PrinterRow


def answer_job(
    made: Made, printer: PrinterRow | None, count: int, back: str, *, again: bool = False
) -> AnyResponse:
    """Answer with the file, or send it to the printer, say so, and go `back`.

    A form sent `again` is not printed a second time by a printer that prints at once.
    """
    if printer is None or not printer.host:
        return job_file(made)
    if again:
        show_message(_("These labels were sent to %(printer)s already.", printer=printer.name))
        return redirect(back, 303)
    problem = send(made, printer)
    if problem:
        show_message(_(problem, printer=printer.name), kind="problem")
    else:
        show_message(
            ngettext(
                "%(num)s label sent to %(printer)s.",
                "%(num)s labels sent to %(printer)s.",
                count,
                printer=printer.name,
            )
        )
    return redirect(back, 303)


def job_file(made: Made) -> Response:
    """Return a job as a file to keep or to print."""
    answer = Response(made.content, mimetype=made.mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return answer
