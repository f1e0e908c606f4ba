"""A walk over all pages in a language that wraps each sentence: what is not wrapped is no sentence.

Found are words of the program that nobody marked for translation, or that are shown as they are
marked. What people wrote stands unwrapped too, so it is made recognisable:
it begins with `MARK`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

import pytest
from babel import Locale
from flask import Flask
from sqlalchemy import text

from blueprints.frame.guards import limiter
from depot.app import create_app
from depot.words.languages import Languages
from tests.clients import Client
from tests.conftest import config_for
from tests.current import db
from tests.pseudo import FORMATS, OPEN, SHUT, WRAPPED, write_pseudo
from tests.web.depot_addresses import MARK, furnish
from tests.web.frame.test_outsider import NAMES_NOTHING, rules

_SHOWN_ATTRIBUTES: Final = ("aria-label", "title", "placeholder", "alt", "data-label")
_NOT_READ: Final = {"script", "style"}
#: Pages of which this walk reads nothing, and why.
UNREAD: Final = NAMES_NOTHING | {
    "api_docs.show",  # for programmers: made from the schema's docstrings, English like its fields
}
#: What people wrote that bears no mark: the only column's name in the file that is looked at, and
#: the depot's name as it was when the report was filed.
WRITTEN: Final = {"imports.look": {"name"}, "reports.filed": {"North · ·"}}
_MONTHS_AND_DAYS: Final = {
    name
    for names in (Locale.parse(FORMATS).months, Locale.parse(FORMATS).days)
    for widths in names.values()
    for forms in widths.values()
    for name in forms.values()
}
#: What may stand unwrapped, and why.
KNOWN: Final = re.compile(
    "|".join(
        (
            rf"\b{MARK}(\d+|( \w+)?)",  # what people wrote
            r"\bzzyzx@example\.org\b",
            r"\b(?=\w*\d)[0-9A-Z]{4}-[0-9A-Z]{4}\b",  # codes of crates
            r"\b[0-9a-f]{4}( [0-9a-f]{4}){3}\b",  # seals
            r"\b(CSV|XLSX|PDF|TXT|HTML|JSON|ZPL)\b",  # forms of files, the same in any language
            # the signs of a depot's unit of weight, alone beside a field or in a form's head, are
            # not yet translated (within a sentence they are: "%(amount)s kg")
            r"\b(kg|lb)\b",
            r"\bLetter\b",  # a size of paper, like A4
            r"\b(Dymo|Brother) [A-Z]{0,2}-?\d+(, \d+)?",  # what rolls of labels are sold as
            rf"\b({'|'.join(map(re.escape, sorted(_MONTHS_AND_DAYS, key=len, reverse=True)))})\b",
        )
    )
)
_WORD: Final = re.compile(r"[^\W\d_]{2,}")


class Unwrapped(HTMLParser):
    """What of a page's texts and labels stands in no mark, in `found`."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._depth = 0
        self._skipped = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._skipped += tag in _NOT_READ
        for name, value in attrs:
            if name in _SHOWN_ATTRIBUTES and value:
                self._note(outside(value)[0])

    def handle_endtag(self, tag: str) -> None:
        self._skipped -= tag in _NOT_READ

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            said, self._depth = outside(data, self._depth)
            self._note(said)

    def _note(self, said: str) -> None:
        if _WORD.search(KNOWN.sub(" ", said)):
            self.found.append(" ".join(said.split()))


def strange(page: str) -> list[str]:
    """Return the texts and labels of the page with a word in them that is not wrapped or known."""
    return Unwrapped(page).found


def outside(said: str, depth: int = 0) -> tuple[str, int]:
    """Return what stands in no mark, and how many marks are open at the end."""
    kept = ""
    for letter in said:
        depth += (letter == OPEN) - (letter == SHUT)
        kept += letter if not depth and letter != SHUT else " " if letter == SHUT else ""
    return kept, depth


@pytest.fixture
def pseudo(tmp_path: Path, sqlite_url: str) -> Iterator[Flask]:
    """The application in the wrapped language, with one of everything in it."""
    folder = write_pseudo(tmp_path / "pseudo")
    languages = Languages((folder,), usual=WRAPPED)
    app = create_app(replace(config_for(tmp_path, sqlite_url), languages=languages))
    yield app
    with app.app_context():
        db.engine.dispose()


def _mark_what_depots_begin_with(app: Flask) -> None:
    """Rename what founding a depot wrote, and the mail that was written before anybody reads."""
    with app.app_context():
        for table in ("depot", "person", "category", "location", "tare_box"):
            written = f"name not like '{MARK}%' and name not like '____-____'"  # a crate's code
            db.session.execute(text(f"update {table} set name = '{MARK}' || id where {written}"))
        db.session.execute(text(f"update mail_outbox set subject = '{MARK}' || id"))
        db.session.commit()


def test_every_word_of_a_page_is_a_sentence_of_the_catalogue(pseudo: Flask) -> None:
    north = furnish(pseudo)
    _mark_what_depots_begin_with(pseudo)
    ada, walked = Client.signed_in(pseudo, "ada"), 0
    found: dict[str, set[str]] = {}
    with pseudo.app_context():
        limiter.reset()
    for rule in rules(pseudo, "GET"):
        answer = ada.raw(north.address(rule)) if rule.endpoint not in UNREAD else None
        if answer is None or answer.mimetype != "text/html" or answer.status_code != 200:
            continue  # a redirection's page is the web framework's
        walked += 1
        assert OPEN in answer.text, rule.endpoint
        words = set(strange(answer.text)) - WRITTEN.get(rule.endpoint, set())
        if words:
            found[rule.endpoint] = words
    assert found == {}
    assert walked > 80


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (f"<p>{OPEN}Say <b>it</b>{SHUT}</p>", []),
        (f"<p>{OPEN}Moved to {OPEN}here{SHUT} now{SHUT} by {MARK}3</p>", ["by Zzyzx3"]),
        (f'<p title="Find">{OPEN}Find{SHUT}</p>', ["Find"]),
        (f"<button>{OPEN}Find{SHUT}</button> Monday", ["Monday"]),
        ("<td>maanantai</td><td>A67P-WS6S</td><td>CSV</td>", []),
        ("<script>const word = 1</script>", []),
    ],
)
def test_the_walk_sees_what_is_not_wrapped(page: str, found: list[str]) -> None:
    assert strange(page) == found
