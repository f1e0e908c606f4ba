"""Figures are written for their reader by one module, and words are made without a request."""

from __future__ import annotations

import ast
import configparser
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.guards.sources import PACKAGES, ROOT, python_files, relative_name

#: Where Babel is: the module that writes figures, and what hands it to Flask.
BABEL: Final = {
    "depot/words/countries.py",
    "depot/words/figures.py",
    "depot/words/languages.py",
    "depot/words/numbers.py",
    "depot/words/reader.py",
    "blueprints/frame/language.py",
}
#: What slices may take of Flask-Babel: its figures would be written a second way.
SENTENCES: Final = {"gettext", "ngettext"}
#: Numbers and days written by hand that nobody reads as words, and why.
BY_HAND: Final = {
    "blueprints/distribution/plans.py": "what a field for times takes",
    "blueprints/dropoffs/pages.py": "what a field for times takes",
    "blueprints/exporting/pages.py": "a file's name",
    "depot/backups/rotation.py": "a file's name, and which day, week and month it is of",
    "depot/base/periods.py": "a month by the name that is typed",
    "depot/exporting/readme.py": "a file that is in English, as the program beside it",
    "depot/items/gs1.py": "a date as it is stored",
    "depot/serving/tls/renewal.py": "for whoever looks after the machine, in English",
    "depot/serving/tls/terms.py": "for whoever looks after the machine, in English",
}
CONTRACT: Final = "importlinter:contract:words"
#: Modules of `blueprints/words` that make no words.
EDGE: Final = {"amounts", "crate_help", "exports", "scan_fields"}


def by_hand(source: str) -> Iterator[int]:
    """Yield the lines where a number is grouped, or a day or time written, by a format of ours."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr == "strftime":
            yield node.lineno
        if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            spec = ast.unparse(node.format_spec)
            if "," in spec or "%" in spec:
                yield node.lineno


def figures_made_elsewhere(source: str) -> Iterator[str]:
    """Yield what is imported to write figures with: Babel, or more of Flask-Babel than words."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names if one.name.split(".")[0] == "babel")
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "babel":
            yield str(node.module)
        if isinstance(node, ast.ImportFrom) and node.module == "flask_babel":
            yield from (one.name for one in node.names if one.name not in SENTENCES)


def words_modules() -> set[str]:
    """Return the modules that make words: of slices, of what several share, papers of wings."""
    found = [*(ROOT / "blueprints").glob("*/words.py"), *(ROOT / "depot").glob("*/papers.py")]
    found += [
        path for path in (ROOT / "blueprints" / "words").glob("[a-z]*.py") if path.stem not in EDGE
    ]
    names = {".".join(path.relative_to(ROOT).with_suffix("").parts) for path in found}
    return names - {"depot.cli.papers", "depot.models.papers"}


def test_one_module_writes_figures() -> None:
    for path in python_files(*PACKAGES):
        if relative_name(path) not in BABEL:
            assert list(figures_made_elsewhere(path.read_text("utf-8"))) == [], path


def test_no_figure_is_written_by_hand() -> None:
    found = {
        relative_name(path)
        for path in python_files(*PACKAGES)
        if any(True for _line in by_hand(path.read_text("utf-8")))
    }
    assert found == set(BY_HAND)


def test_every_module_of_words_is_in_the_contract() -> None:
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter")
    listed = set(contracts[CONTRACT]["source_modules"].split())
    assert words_modules() - listed == set()
    assert all(
        (ROOT / Path(*name.split("."))).with_suffix(".py").is_file()
        for name in listed
        if name.startswith("blueprints.")
    )


@pytest.mark.parametrize(
    "source",
    ['f"{size:,} bytes"', 'f"{size:,.10g}"', 'f"{day:%d %B}"', 'day.strftime("%B")'],
)
def test_the_guard_sees_a_figure_written_by_hand(source: str) -> None:
    assert list(by_hand(source)) == [1]


@pytest.mark.parametrize(
    "source",
    [
        "from babel.numbers import format_decimal",
        "import babel.dates",
        "from flask_babel import format_date",
        "from flask_babel import gettext, format_decimal",
    ],
)
def test_the_guard_sees_figures_made_elsewhere(source: str) -> None:
    assert len(list(figures_made_elsewhere(source))) == 1
    assert list(figures_made_elsewhere("from flask_babel import gettext as _")) == []
