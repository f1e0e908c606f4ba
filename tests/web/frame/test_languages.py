"""A page speaks the language its reader's browser asks for, as far as there is a catalogue."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import ngettext

from depot.app import create_app
from depot.base.errors import ConfigError
from depot.config import from_environment
from depot.words.languages import FOLDER, Languages
from tests.conftest import config_for
from tests.translations import translated


@pytest.mark.parametrize(
    ("asked", "heard", "tag"),
    [("de, en;q=0.5", "Anmelden", "de"), ("ar-XB", "Sign in", "ar-XB"), ("fi", "Sign in", "en")],
)
def test_a_page_speaks_the_readers_language(
    tmp_path: Path, asked: str, heard: str, tag: str
) -> None:
    folder = translated(tmp_path / "words", "de", {"Sign in": "Anmelden"})
    translated(folder, "ar_XB", {})
    config = config_for(tmp_path, f"sqlite:///{tmp_path / 'depot.sqlite3'}")
    app = create_app(replace(config, languages=Languages((FOLDER, folder))))
    page = app.test_client().get("/sign-in", headers={"Accept-Language": asked}).text
    assert f'<html lang="{tag}" dir="{"rtl" if tag == "ar-XB" else "ltr"}">' in page
    assert heard in page


def test_a_folder_and_a_usual_language_can_be_named(tmp_path: Path) -> None:
    folder = translated(tmp_path / "words", "de", {"Sign in": "Anmelden"})
    given = {"DEPOT_DATA": str(tmp_path), "DEPOT_TRANSLATIONS": str(folder)}
    assert from_environment(given).languages.usual == "en"
    found = from_environment(given | {"DEPOT_LANGUAGE": "de"}).languages
    assert found.reader().gettext("Sign in") == "Anmelden"
    with pytest.raises(ConfigError, match="DEPOT_LANGUAGE is 'fi'"):
        from_environment(given | {"DEPOT_LANGUAGE": "fi"})


def test_a_number_in_a_counted_sentence_of_the_edge_is_grouped(app: Flask) -> None:
    with app.test_request_context():
        assert ngettext("%(num)s row", "%(num)s rows", 1200) == "1,200 rows"
        said = ngettext("%(num)s row of %(what)s", "%(num)s rows of %(what)s", 1, what="rice")
        assert said == "1 row of rice"
