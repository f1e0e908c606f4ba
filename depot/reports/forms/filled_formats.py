"""The forms in which a filled-in form leaves the program, by the name people ask for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from depot.papers.html import as_html
from depot.papers.pdf import as_pdf
from depot.reports.forms.filled import FilledForm, Say
from depot.reports.forms.filled_files import as_csv, as_json, as_xlsx
from depot.reports.forms.filled_paper import as_paper
from depot.reports.forms.filled_text import as_text


@dataclass(frozen=True, slots=True)
class FormFormat:
    """How a filled-in form is written in a language, and what it is on the web and as a file."""

    write: Callable[[FilledForm, Say, str], bytes]
    media_type: str
    ending: str
    is_binary: bool = False


#: The same names as those of a report's own forms.
FORM_FORMATS: Final[dict[str, FormFormat]] = {
    "text": FormFormat(
        lambda form, say, language: as_text(form, say, language).encode(),
        "text/plain; charset=utf-8",
        "txt",
    ),
    "json": FormFormat(lambda form, _say, _language: as_json(form), "application/json", "json"),
    "csv": FormFormat(lambda form, _say, _language: as_csv(form), "text/csv; charset=utf-8", "csv"),
    "xlsx": FormFormat(
        lambda form, _say, _language: as_xlsx(form),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsx",
        is_binary=True,
    ),
    "pdf": FormFormat(
        lambda form, say, language: as_pdf(as_paper(form, say, language)),
        "application/pdf",
        "pdf",
        is_binary=True,
    ),
    "html": FormFormat(
        lambda form, say, language: as_html(as_paper(form, say, language)).encode(),
        "text/html; charset=utf-8",
        "html",
    ),
}
