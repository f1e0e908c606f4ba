"""Languages nobody speaks, made from the catalogue: they show what is not translated or mirrored.

`en_XA` wraps every sentence and makes it longer, and writes numbers and dates as Finns do, so that
an English one is seen. `ar_XB` writes from right to left. Look at them in a running depot:
`python -m tests.pseudo some/folder`, and start it with DEPOT_TRANSLATIONS.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo

from tests.catalogue import extracted

OPEN, SHUT = "⟦", "⟧"
WRAPPED: Final = "en_XA"
MIRRORED: Final = "ar_XB"
#: The locale whose numbers and dates the wrapped language has.
FORMATS: Final = "fi"
_RIGHT_TO_LEFT, _END = "\u202e", "\u202c"
_ACCENTS: Final = str.maketrans("aceinosuyACEINOSUY", "àçéîñöšûýÀÇÉÎÑÖŠÛÝ")
# What a translator leaves as it is: %(name)s, %%, {name}, <b>, &nbsp;.
_KEPT: Final = re.compile(r"(%\(\w+\)[sd]|%%|\{\w*\}|</?\w[^>]*>|&\w+;)")
# A number within a sentence of the program, which its translator writes.
_NUMBER: Final = re.compile(r"(?<=\d)[.,](?=\d)")

Translate = Callable[[str], str]


def wrapped(text: str) -> str:
    """Return the text between marks, with accents and two fifths longer."""
    parts = _KEPT.split(text)
    accented = "".join(
        part if place % 2 else _NUMBER.sub("·", part.translate(_ACCENTS))
        for place, part in enumerate(parts)
    )
    letters = sum(len(part) for part in parts[::2])
    return f"{OPEN}{accented}{'~' * (letters * 2 // 5)}{SHUT}"


def mirrored(text: str) -> str:
    """Return the text with each line to be written from right to left."""
    return "\n".join(f"{_RIGHT_TO_LEFT}{line}{_END}" if line else line for line in text.split("\n"))


def write_pseudo(folder: Path) -> Path:
    """Write both languages into the folder, and return it."""
    template = extracted()
    _write(folder, WRAPPED, _translated(template, wrapped, FORMATS))
    _write(folder, MIRRORED, _translated(template, mirrored, "ar"))
    return folder


def _translated(template: Catalog, translate: Translate, formats: str) -> Catalog:
    catalogue = Catalog(locale=Locale.parse(formats))
    for message in template:
        if message.id:
            catalogue.add(message.id, _forms(message, translate, catalogue.num_plurals))
    return catalogue


def _forms(message: Message, translate: Translate, plurals: int) -> str | tuple[str, ...]:
    if isinstance(message.id, str):
        return translate(message.id)
    one, other = message.id
    return (translate(one), *[translate(other)] * (plurals - 1))


def _write(folder: Path, language: str, catalogue: Catalog) -> None:
    file = folder / language / "LC_MESSAGES" / "messages.mo"
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as opened:
        write_mo(opened, catalogue)


if __name__ == "__main__":
    write_pseudo(Path(sys.argv[1]))
