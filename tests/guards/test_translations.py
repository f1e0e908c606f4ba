"""A catalogue that somebody translated just works: from a checkout, and from a wheel."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

import hatch_build
from depot.words.languages import Languages
from tests.guards.sources import ROOT

_HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


def write_catalogue(translations: Path, there: str) -> Path:
    """Write a catalogue with one sentence as a translator hands it in, and return the file."""
    file = translations / "de" / "LC_MESSAGES" / "messages.po"
    file.parent.mkdir(parents=True, exist_ok=True)
    sentences = f'msgid "Sign in"\nmsgstr "{there}"\n\n#, fuzzy\nmsgid "Sign out"\nmsgstr "?"\n'
    file.write_text(_HEAD + sentences, encoding="utf-8")
    return file


def test_the_catalogues_of_a_checkout_are_compiled(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(hatch_build, "TRANSLATIONS", tmp_path)
    monkeypatch.setattr(hatch_build, "is_fresh", lambda: True)
    hatch_build.main([])  # without a language there is nothing to do
    write_catalogue(tmp_path, "Anmeldung")
    hatch_build.main([])
    write_catalogue(tmp_path, "Anmelden")
    hatch_build.main([])
    german = Languages((tmp_path,)).reader(language="de")
    assert german.gettext("Sign in") == "Anmelden"
    assert german.gettext("Sign out") == "Sign out"
    assert [path.name for path in tmp_path.rglob("*.new")] == []


def test_a_wheel_carries_the_compiled_catalogues(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    for name in ("LICENSE", "README.md", ".gitignore", "pyproject.toml", "hatch_build.py"):
        tree.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tree)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / name, tree)
    for folder in ("blueprints/browser", "labels/dejavu", "templates"):
        shutil.copytree(ROOT / folder, tree / folder)
    (tree / "depot").mkdir()
    shutil.copy(ROOT / "depot" / "__init__.py", tree / "depot")
    write_catalogue(tree / "depot" / "translations", "Anmelden")
    (built,) = WheelBuilder(str(tree)).build(directory=str(tmp_path))
    with zipfile.ZipFile(str(built)) as wheel:
        wheel.extractall(tmp_path / "installed")
    languages = Languages((tmp_path / "installed" / "depot" / "translations",))
    assert languages.reader(language="de").gettext("Sign in") == "Anmelden"
