"""What scripts say is made once a language, and the same for all who speak it."""

from __future__ import annotations

import json
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from blueprints.browser.sentences import ScriptTexts, kept_by_language, plural_forms
from depot.words.languages import Languages
from depot.words.reader import ENGLISH, Reader
from tests.translations import translated


@pytest.mark.parametrize(("language", "forms"), [("en", 2), ("de", 2), ("ar", 6), ("pl", 3)])
def test_a_counted_sentence_is_made_once_for_each_form(language: str, forms: int) -> None:
    said: list[int] = []

    def say(number: int) -> str:
        said.append(number)
        return f"{{n}} of {number}"

    speaker = Reader(language)
    made = plural_forms(say, speaker)
    assert len(said) == len(made) == forms
    assert all(speaker.plural_form(n) in made for n in range(300))


def test_sentences_are_kept_for_a_language_and_for_nobody_in_particular(tmp_path: Path) -> None:
    asked: list[Reader] = []

    def texts(reader: Reader) -> ScriptTexts:
        asked.append(reader)
        return {"undo": reader.gettext("Undo"), "odd": 'a "<b>" & ö'}

    told = kept_by_language(texts)
    ben = Reader(time_zone="Asia/Tokyo", weight_unit="lb", paper_size="Letter")
    assert told(ENGLISH) is told(ben)
    assert asked == [ENGLISH]
    assert (asked[0].time_zone, asked[0].weight_unit) == ("UTC", "kg")
    assert json.loads(unescape(told(ben))) == {"undo": "Undo", "odd": 'a "<b>" & ö'}
    assert not set('<>"') & set(told(ben))
    folder = translated(tmp_path / "words", "de", {"Undo": "Rückgängig"})
    german = Languages((folder,)).reader(None, "de")
    assert json.loads(unescape(told(replace(german, weight_unit="lb"))))["undo"] == "Rückgängig"
    assert len(asked) == 2
