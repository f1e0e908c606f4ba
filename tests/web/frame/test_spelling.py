"""A walk over the demo in English: how figures and days are written on pages, papers and files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from depot.app import create_app
from depot.config import from_environment
from tests.clients import Client
from tests.serving import depot, settings
from tests.spelling import misspelt, rows_of, two_forms
from tests.unit.papers.shown import text_of
from tests.unwrapped import Shown, cells_of
from tests.web.walks import password_of, walk

Texts = Callable[[TestResponse], list[str]]
#: What of each form of an answer is read. A list as CSV is for programs, with their minus signs.
READ: dict[str, Texts] = {
    "text/html": lambda answer: [said for said, _depth in Shown(answer.text).texts],
    "text/plain": lambda answer: [" ".join(line.split()) for line in answer.text.splitlines()],
    "application/pdf": lambda answer: text_of(answer.data).splitlines(),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": lambda answer: list(
        cells_of(answer.data)
    ),
}


def test_one_minus_sign_and_one_form_of_a_date_everywhere(tmp_path: Path) -> None:
    environment = settings(tmp_path)
    said = depot(environment, "demo", "--weeks", "3")
    app = create_app(from_environment(environment))
    rosa = Client(app.test_client())
    rosa.post("/sign-in", {"login": "rosa", "password": password_of(said)})
    walked: Counter[str] = Counter()
    found: dict[str, str] = {}
    for path, answer in walk(app, rosa.http):
        walked[answer.mimetype or ""] += 1
        read = READ.get(answer.mimetype or "")
        texts = read(answer) if read else []
        found |= {wrong: path for wrong in misspelt(texts)}
        if answer.mimetype == "text/html":
            found |= {f"two forms: {day}": path for day in two_forms(rows_of(answer.text))}
    assert found == {}
    assert walked["text/html"] > 100
    assert walked["application/pdf"] > 15
    shown = [
        depot(environment, *words.split(), "--depot", "norwood")
        for words in ("report weekly", "report filed", "token list")
    ]
    assert (
        list(misspelt(" ".join(line.split()) for said in shown for line in said.splitlines())) == []
    )


@pytest.mark.parametrize(
    "wrong",
    [
        "-3",
        "3 more, -12 kg",
        "(-3)",
        "12 %% of it",
        "Saved: %(what)s",
        "two  blanks",
        "on 2026-11-24",
        "on 24/11/2026",
        "on 24.11.2026",
        "Thu, Nov 24",
        "November 24, 2026",
        "at 6:02 PM",
    ],
)
def test_the_walk_sees_what_is_written_otherwise(wrong: str) -> None:
    assert len(list(misspelt([wrong]))) == 1


@pytest.mark.parametrize(
    "right",
    [
        "−3",
        "16–22 November 2026",
        "7K3M-9QX2",
        "plus-1 households",
        "Fri 27 Nov 11:30",
        "best before Nov 2026",
        "12 %",
        "05/2027",
    ],
)
def test_the_walk_lets_stand_what_is_right(right: str) -> None:
    assert list(misspelt([right])) == []


def test_a_day_in_full_belongs_into_a_head() -> None:
    head = "<h1>27 November 2026</h1><p>Thu 26 Nov</p>"
    assert two_forms(rows_of(head)) == []
    assert two_forms(rows_of(f"{head}<p>on 25 November</p>")) == ["on 25 November"]
