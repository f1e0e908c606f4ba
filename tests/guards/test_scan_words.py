"""The scan page's script and the server agree on what there is to say."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from blueprints.browser.words import scanner_texts
from depot.words.reader import ENGLISH
from tests.guards.sources import ROOT

SCRIPTS = ROOT / "blueprints" / "browser" / "src" / "scan"
SAID = re.compile(r'\bsay\(\s*"(\w+)"')
#: Names that are put together: "camera_" and what is wrong, "call_" and which list.
PUT_TOGETHER = re.compile(r"`(\w+_)\$\{")


@pytest.fixture
def names(app: Flask) -> set[str]:
    with app.test_request_context():
        return set(scanner_texts(ENGLISH))


def script() -> str:
    return "\n".join(path.read_text() for path in sorted(SCRIPTS.rglob("*.ts")))


def test_every_sentence_the_script_says_is_there(names: set[str]) -> None:
    said = set(SAID.findall(script()))
    assert len(said) > 20
    assert not said - names


def test_no_sentence_is_there_that_nobody_says(names: set[str]) -> None:
    text = script()
    quoted = set(re.findall(r'"(\w+)"', text)) | set(re.findall(r"\b(\w+):", text))
    beginnings = tuple(PUT_TOGETHER.findall(text))
    assert not {name for name in names - quoted if not name.startswith(beginnings)}
