"""One word a thing: what docs/glossary.md says a thing is not called stands nowhere people read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from tests.catalogue import extracted
from tests.guards.sources import ROOT

GLOSSARY: Final = ROOT / "docs" / "glossary.md"
GUIDES: Final = ROOT / "docs" / "user"
HEADING: Final = "## Words that were two"


@dataclass(frozen=True, slots=True)
class Banned:
    """A word that is not used, the one that is, and where it means something else."""

    word: str
    instead: str
    elsewhere: tuple[str, ...]

    def stands_in(self, text: str, files: tuple[str, ...]) -> bool:
        """Say whether `text`, which stands in these files, says it."""
        plain = re.sub(r"%\(\w+\)\w|\{\w+\}|`[^`]*`|\]\([^)]*\)", " ", text)
        said = re.search(rf"\b{re.escape(self.word)}\b", plain, re.IGNORECASE)
        return said is not None and not all(
            any(part in file for part in self.elsewhere) for file in files
        )


def parts(cell: str) -> tuple[str, ...]:
    """Return what a cell lists."""
    return tuple(part.strip() for part in cell.split(",") if part.strip())


def banned(glossary: str) -> list[Banned]:
    """Read the table of the glossary."""
    table = glossary.split(HEADING)[1].split("\n## ")[0]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in table.splitlines()
        if line.startswith("| ")
    ]
    return [
        Banned(word, instead, parts(elsewhere))
        for instead, words, elsewhere in rows[1:]
        for word in parts(words)
    ]


def said() -> Iterator[tuple[Any, tuple[str, ...]]]:
    """Yield each sentence of the program and each paragraph of a guide, with the files it is in."""
    for message in extracted():
        for text in message.id if isinstance(message.id, tuple) else (message.id,):
            yield text, tuple(file for file, _line in message.locations)
    for guide in sorted(GUIDES.rglob("*.md")):
        for paragraph in guide.read_text("utf-8").split("\n\n"):
            yield paragraph, (guide.name,)


def test_nothing_says_a_word_that_the_glossary_put_away() -> None:
    rows = banned(GLOSSARY.read_text("utf-8"))
    found = [
        f"{row.word!r} (say {row.instead!r}) in {files[0]}: {text[:90]}"
        for text, files in said()
        if text
        for row in rows
        if row.stands_in(text, files)
    ]
    assert len(rows) > 20
    assert not found, "\n".join(found)


def test_the_guard_sees_a_word_and_lets_the_other_meaning_be() -> None:
    (row,) = banned(
        f"{HEADING}\n\n| a | b | c |\n|---|---|---|\n| crate | box | intake |\n\n## Next"
    )
    assert row.stands_in("Which Box?", ("templates/crates/show.html",))
    assert row.stands_in("The box", ("blueprints/intake/words.py", "templates/crates/show.html"))
    assert not row.stands_in("The box", ("blueprints/intake/words.py",))
    assert not row.stands_in("%(box)s, `box` and boxing", ("templates/crates/show.html",))
