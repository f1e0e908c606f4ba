"""What is said in no language: words outside the marks of `en_XA`, and figures as English has them.

Found are words of the program that nobody marked for translation, or that are shown as they are
marked. What people wrote stands unwrapped too, so each walk says how to know it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from io import BytesIO
from typing import Final

from babel import Locale
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.models import Person, all_tables
from tests.pseudo import FORMATS, MIRRORED, OPEN, SHUT, WRAPPED

_SHOWN_ATTRIBUTES: Final = ("aria-label", "title", "placeholder", "alt", "data-label")
_NOT_READ: Final = {"script", "style"}


def _names(locale: str) -> set[str]:
    found = Locale.parse(locale)
    return {
        name
        for names in (found.months, found.days, found.quarters)
        for context, widths in names.items()
        for width, forms in widths.items()
        if width != "narrow"
        for name in forms.values()
    }


def _any_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


#: What may stand unwrapped, and why.
_KNOWN: Final = re.compile(
    "|".join(
        (
            r"\b[\w.+-]+@example\.org\b",
            r"\bhttps?://\S+",
            r"\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b",  # codes of crates
            r"\b[0-9a-f]{4}( [0-9a-f]{4}){3}\b|\b[0-9a-f]{64}\b",  # seals
            r"\b[0-9a-f]{8}\b",  # keys of other servers, in short
            r"\b\d{4}-(W\d\d|Q\d)\b",  # weeks and quarters by the names that are typed
            r"\b(CSV|XLSX|PDF|TXT|HTML|JSON|ZPL)\b",  # forms of files, the same in any language
            r"\bLetter\b",  # a size of paper, like A4
            rf"(?<!\w)(English|{WRAPPED}|{MIRRORED})(?!\w)",  # languages by their own names
            r"\bQL-\w+",  # models of printers
            r"\b(Dymo|Brother) [A-Z]{0,2}-?\d+(, \d+)?",  # what rolls of labels are sold as
            rf"(?<!\w)({_any_of(_names(FORMATS))})(?!\w)",
        )
    )
)
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
#: What a field holds of kilograms, so that nobody takes it for thousands.
_IN_A_FIELD: Final = re.compile(r"\b\d+\.\d{4} (kg|l)\b")
#: Days and times as Finns write them, periods by the names that are typed, addresses: what is left
#: must not look English. (1,200 may be a thousandth part in Finnish; the sources are looked at for
#: numbers grouped by hand.)
_FINNISH: Final = re.compile(
    r"\b\d{1,2}\.\d{1,2}\.(\d{4})?|\b([01]?\d|2[0-3])\.[0-5]\d\b|https?://\S+|\d+(\.\d+){2,}"
    r"|\b\d{4}-(\d\d|W\d\d|Q\d)\b(?!-)|\b\d{4}-\d\d-\d\d\.\.\d{4}-\d\d-\d\d\b"
)
_ENGLISH: Final = re.compile(
    r"\d\.\d|\b\d{4}-\d\d-\d\d\b|(?<![\w\]⟧-])-\d|\b\d\d? ?[AP]M\b"
    rf"|\b({_any_of(_names('en') - _names(FORMATS))})\b"
)


class Shown(HTMLParser):
    """The texts and labels of a page, with how many marks are open where each begins."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[tuple[str, int]] = []
        self._depth = 0
        self._skipped = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._skipped += tag in _NOT_READ
        self.texts += [(value, 0) for name, value in attrs if value and name in _SHOWN_ATTRIBUTES]

    def handle_endtag(self, tag: str) -> None:
        self._skipped -= tag in _NOT_READ

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.texts.append((data, self._depth))
            self._depth += data.count(OPEN) - data.count(SHUT)


def outside(said: str, depth: int = 0) -> str:
    """Return what stands in no mark, where `depth` marks are open at the beginning."""
    kept = ""
    for letter in said:
        depth += (letter == OPEN) - (letter == SHUT)
        kept += letter if not depth and letter != SHUT else " " if letter == SHUT else ""
    return kept


def strange_words(said: str, depth: int = 0, written: re.Pattern[str] | None = None) -> list[str]:
    """Return the text if it has a word that is not wrapped, not known and not `written`."""
    found = _IN_A_FIELD.sub(" ", outside(said, depth))
    rests = [_KNOWN.sub(" ", found)]
    if written:  # a word of either may be a part of the other
        rests = [_KNOWN.sub(" ", written.sub(" ", found)), written.sub(" ", rests[0])]
    return [" ".join(found.split())] if all(map(_WORD.search, rests)) else []


def english_figures(said: str, written: re.Pattern[str] | None = None) -> list[str]:
    """Return the text if it has a number or a day that is written as in English."""
    rest = _FINNISH.sub(" ", _IN_A_FIELD.sub(" ", said))
    rest = written.sub(" ", rest) if written else rest
    return [" ".join(said.split())] if _ENGLISH.search(rest) else []


def strange(page: str, written: re.Pattern[str] | None = None) -> list[str]:
    """Return the texts and labels of a page with a strange word or an English figure in them."""
    return [
        one
        for said, depth in Shown(page).texts
        for one in (strange_words(said, depth, written) or english_figures(said, written))
    ]


def strange_lines(text: str, written: re.Pattern[str] | None = None) -> list[str]:
    """Return the lines of a plain text with a strange word or an English figure in them."""
    found, depth = [], 0
    for line in text.splitlines():
        found += strange_words(line, depth, written) or english_figures(line, written)
        depth += line.count(OPEN) - line.count(SHUT)
    return found


_FORMULA_OR_DATE: Final = re.compile(r"=SUM\(.*|\d{4}(-\d\d|-Q\d){0,2}")


def cells_of(workbook: bytes) -> Iterator[str]:
    """Yield what stands in a workbook: its sheets' names and all its texts.

    The date on a package is left out: it is as precise there as it was written down.
    """
    book = load_workbook(BytesIO(workbook))
    for sheet in book:
        yield sheet.title
        for row in sheet.iter_rows(values_only=True):
            yield from (
                cell
                for cell in row
                if isinstance(cell, str) and not _FORMULA_OR_DATE.fullmatch(cell)
            )


#: The columns of the database with what people wrote, or with codes.
_WRITTEN: Final = (
    *("name", "note", "place", "sender", "thanks", "words", "subject", "box_number", "box_type"),
    *("login", "mail_address", "phone", "address", "lot_code", "code", "shown", "stated", "source"),
    *("version", "period", "slug", "key", "host", "needs", "signed_by", "close_note", "sizes"),
    *("hold.reason", "release_reason"),
    *("note_line.text", "activity.text", "activity_step.text", "agenda_item.title"),
    *("agenda_item.minute", "meeting_minutes.others", "proposal_wording.title"),
    *("proposal_wording.text", "proposal_response.text", "proposal.outcome_text"),
    *("conduct_wording.text", "confidant.reach", "why"),
    *("name_sheet_setting.columns", "name_sheet_setting.statement"),
)


def written_in(session: Session, *, by_word: bool = False) -> re.Pattern[str]:
    """Return what finds all that people wrote into the database, or each word of it by itself.

    On a sheet of paper a name may be broken into lines, a long word too in a narrow column.
    """
    texts: set[str] = set()
    for table in all_tables().sorted_tables:
        for column in table.columns:
            if {column.name, str(column)} & set(_WRITTEN):
                found = session.scalars(select(column))
                texts |= {one for one in found if isinstance(one, str) and len(one) > 1}
    parts = {part for one in texts for part in (one, *one.splitlines(), " ".join(one.split()))}
    parts |= {name[:2] for name in session.scalars(select(Person.name))}  # initials in a circle
    if by_word:
        words = {word for part in parts for word in re.findall(r"[^\W_]+", part)}
        parts = {word[:end] for word in words for end in range(min(len(word), 4), len(word) + 1)}
    return re.compile(rf"(?<!\w)({_any_of(parts)})(?!\w)")
