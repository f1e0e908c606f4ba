"""The forms in which a filled-in form leaves the program, by the name people ask for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from depot.papers.html import as_html
from depot.papers.pdf import as_pdf
from depot.reports.forms.filled import FilledForm
from depot.reports.forms.filled_files import as_csv, as_json, as_xlsx
from depot.reports.forms.filled_paper import as_paper
from depot.reports.forms.filled_text import as_text
from depot.words.reader import Reader


@dataclass(frozen=True, slots=True)
class FormFormat:
    """How a filled-in form is written for a reader, and what it is on the web and as a file."""

    write: Callable[[FilledForm, Reader], bytes]
    media_type: str
    ending: str
    is_binary: bool = False


#: The same names as those of a report's own forms.
FORM_FORMATS: Final[dict[str, FormFormat]] = {
    "text": FormFormat(
        lambda form, reader: as_text(form, reader).encode(),
        "text/plain; charset=utf-8",
        "txt",
    ),
    "json": FormFormat(lambda form, _reader: as_json(form), "application/json", "json"),
    "csv": FormFormat(as_csv, "text/csv; charset=utf-8", "csv"),
    "xlsx": FormFormat(
        as_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsx",
        is_binary=True,
    ),
    "pdf": FormFormat(
        lambda form, reader: as_pdf(as_paper(form, reader)),
        "application/pdf",
        "pdf",
        is_binary=True,
    ),
    "html": FormFormat(
        lambda form, reader: as_html(as_paper(form, reader)).encode(),
        "text/html; charset=utf-8",
        "html",
    ),
}
