"""Catalogues for tests: a few sentences of a language in a folder of translations."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

Sentence = str | tuple[str, str]


def translated(
    folder: Path, language: str, sentences: Mapping[Sentence, Sentence], formats: str = ""
) -> Path:
    """Write a catalogue of these sentences into the folder, and return the folder."""
    catalogue = Catalog(locale=Locale.parse(formats or language.partition("_")[0]))
    for english, there in sentences.items():
        catalogue.add(english, there)
    file = folder / language / "LC_MESSAGES" / "messages.mo"
    file.parent.mkdir(parents=True)
    with file.open("wb") as opened:
        write_mo(opened, catalogue)
    return folder
