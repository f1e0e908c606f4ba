"""The forms in which a filled-in form leaves the program, by the name people ask for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from depot.papers.html import paper_as_html
from depot.papers.pdf import paper_as_pdf
from depot.reports.forms.filled import FilledForm
from depot.reports.forms.filled_files import form_as_csv, form_as_json, form_as_xlsx
from depot.reports.forms.filled_paper import form_as_paper
from depot.reports.forms.filled_text import form_as_text
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
        lambda form, reader: form_as_text(form, reader).encode(),
        "text/plain; charset=utf-8",
        "txt",
    ),
    "json": FormFormat(lambda form, _reader: form_as_json(form), "application/json", "json"),
    "csv": FormFormat(form_as_csv, "text/csv; charset=utf-8", "csv"),
    "xlsx": FormFormat(
        form_as_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsx",
        is_binary=True,
    ),
    "pdf": FormFormat(
        lambda form, reader: paper_as_pdf(form_as_paper(form, reader)),
        "application/pdf",
        "pdf",
        is_binary=True,
    ),
    "html": FormFormat(
        lambda form, reader: paper_as_html(form_as_paper(form, reader)).encode(),
        "text/html; charset=utf-8",
        "html",
    ),
}
