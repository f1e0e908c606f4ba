"""The catalogue that translators get holds every sentence of the program, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import catalogue
from tests.catalogue import SOURCES, TEMPLATE, extracted, written


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A small program, in the folders where ours is."""
    for folder in SOURCES:
        (tmp_path / folder).mkdir()
    return tmp_path


def test_the_catalogue_holds_what_the_sources_say() -> None:
    assert TEMPLATE.read_bytes() == written(extracted()), (
        "call `make words` and commit what changed"
    )


def test_a_new_sentence_changes_the_catalogue(sources: Path) -> None:
    before = written(extracted(sources))
    (sources / "templates" / "page.html").write_text("{{ _('A new one') }}")
    assert b'msgid "A new one"' in written(extracted(sources))
    assert b"A new one" not in before


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('_("Come " "in")', ["Come in"]),
        ('N_("Come in")', ["Come in"]),
        ('reader.gettext("Come in", name=_("you"))', ["Come in", "you"]),
        ('reader.ngettext("a crate", "crates", 2)', [("a crate", "crates")]),
        ('_("more" if grown else "less")', ["less", "more"]),
        ('_(WORDS["kind"])', []),
        ('print("Come in")', []),
    ],
)
def test_each_way_of_marking_is_read(sources: Path, line: str, found: list[object]) -> None:
    (sources / "depot" / "module.py").write_text(line)
    assert sorted((m.id for m in extracted(sources) if m.id), key=str) == found


def test_templates_are_read_as_they_are_rendered(sources: Path) -> None:
    page = "{% trans num=n %}{{ num }} %{% pluralize %}{{ num }} %s{% endtrans %}"
    (sources / "templates" / "page.html").write_text(page)
    assert [m.id for m in extracted(sources) if m.id] == [("%(num)s %%", "%(num)s %%s")]


def test_a_language_is_brought_up_to_the_catalogue(sources: Path, tmp_path: Path) -> None:
    folder = tmp_path / "translations"
    language = folder / "de" / "LC_MESSAGES" / "messages.po"
    language.parent.mkdir(parents=True)
    language.write_text('msgid ""\nmsgstr "Language: de\\n"\n\nmsgid "Rice"\nmsgstr "Reis"\n')
    (sources / "depot" / "module.py").write_text('_("Rice")\n_("Find the crate")')
    catalogue.write(sources, folder)
    found = language.read_text()
    assert 'msgid "Rice"\nmsgstr "Reis"' in found
    assert 'msgid "Find the crate"\nmsgstr ""' in found
    catalogue.write(sources, folder)
    assert language.read_text() == found
    assert language.with_suffix(".mo").is_file()
