"""The forms in which a report leaves the program, by the name people ask for."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from depot.papers.html import paper_as_html
from depot.papers.pdf import paper_as_pdf
from depot.reports.formats.as_csv import report_as_csv
from depot.reports.formats.as_json import report_as_json
from depot.reports.formats.as_paper import report_as_paper
from depot.reports.formats.as_text import report_as_text
from depot.reports.formats.as_xlsx import report_as_xlsx
from depot.reports.sums.report import Report
from depot.words.reader import Reader


@dataclass(frozen=True, slots=True)
class Format:
    """How a report is written, what it is on the web, and how its file's name ends."""

    write: Callable[[Report, Reader], bytes]
    media_type: str
    ending: str
    is_binary: bool = False


def _json(report: Report, _reader: Reader) -> bytes:
    return (json.dumps(report_as_json(report), ensure_ascii=False, indent=2) + "\n").encode()


FORMATS: Final[dict[str, Format]] = {
    "text": Format(
        lambda report, reader: report_as_text(report, reader).encode(),
        "text/plain; charset=utf-8",
        "txt",
    ),
    "json": Format(_json, "application/json", "json"),
    "csv": Format(
        lambda report, _reader: report_as_csv(report).encode(), "text/csv; charset=utf-8", "csv"
    ),
    "xlsx": Format(
        report_as_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsx",
        is_binary=True,
    ),
    "pdf": Format(
        lambda report, reader: paper_as_pdf(report_as_paper(report, reader)),
        "application/pdf",
        "pdf",
        is_binary=True,
    ),
    "html": Format(
        lambda report, reader: paper_as_html(report_as_paper(report, reader)).encode(),
        "text/html; charset=utf-8",
        "html",
    ),
}


def file_name(report: Report, form: Format) -> str:
    """Return what the file is called: norwood-depot-2026-W47.csv."""
    version = f"-no-{report.filed.number}" if report.filed else ""
    return f"{report.depot.slug}-{report.period.name}{version}.{form.ending}"
