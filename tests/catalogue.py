"""The catalogue of the program's sentences: `make words` writes it, a guard reads it.

`depot/translations/messages.pot` says which sentences there are and in which files, without dates
and line numbers, so that it changes when a sentence does. What is in a language follows it.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from io import BytesIO
from pathlib import Path
from typing import IO, Any, Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from depot.words.languages import FOLDER

ROOT: Final = Path(__file__).resolve().parent.parent
TEMPLATE: Final = FOLDER / "messages.pot"
SOURCES: Final = ("depot", "blueprints", "labels", "templates")
_Found = tuple[int, str, str | tuple[str, ...], list[str]]
# As Flask-Babel sets up the templates: a lone % is %% in their sentences. A template that cannot
# be read is an error, not an empty one.
_OPTIONS: Final = {"**.html": {"newstyle_gettext": "true", "silent": "false"}}
#: What marks a sentence, and in which of its first arguments.
_KEYWORDS: Final[dict[str, Any]] = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
# Header lines that differ from day to day, or with the version of Babel.
_PASSING: Final = (b'"POT-Creation-Date:', b'"Generated-By:', b'"Report-Msgid-Bugs-To:')


def sentences_of_python(
    file: IO[bytes], keywords: Collection[str], _tags: object, options: object
) -> Iterator[_Found]:
    """Yield the sentences that a Python file marks.

    Babel's own reader takes every string within the call: of `_(WORDS["kind"])` the word "kind",
    of `_("more" if grown else "less")` the word "moreless".
    """
    del options  # Babel gives them by this name to every reader
    for node in ast.walk(ast.parse(file.read())):
        if not isinstance(node, ast.Call) or _called(node) not in keywords:
            continue
        if _called(node) == "ngettext":
            forms = tuple(text for given in node.args[:2] for text in _strings(given))
            yield from [(node.lineno, "ngettext", forms, [])] if len(forms) == 2 else []
        else:
            for text in _strings(*node.args[:1]):
                yield node.lineno, _called(node), text, []


def _called(node: ast.Call) -> str:
    name = node.func
    if isinstance(name, ast.Attribute):
        return name.attr
    return name.id if isinstance(name, ast.Name) else ""


def _strings(*given: ast.expr) -> Iterator[str]:
    """Yield each text that the expression may be."""
    for node in given:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.IfExp):
            yield from _strings(node.body, node.orelse)


_METHODS: Final[Any] = [("**.py", sentences_of_python), ("**.html", "jinja2")]


def extracted(root: Path = ROOT) -> Catalog:
    """Return every sentence that the sources below `root` mark."""
    catalogue = Catalog(
        project="Depot", version="", header_comment="# Made by `make words`.", fuzzy=False
    )
    for folder in SOURCES:
        found = extract_from_dir(root / folder, _METHODS, _OPTIONS, _KEYWORDS)
        for name, _line, message, comments, context in found:
            if message:
                place = (f"{folder}/{Path(name).as_posix()}", 0)
                catalogue.add(message, None, [place], auto_comments=comments, context=context)
    return catalogue


def written(catalogue: Catalog) -> bytes:
    """Return a catalogue as a file, the same each time."""
    file = BytesIO()
    write_po(file, catalogue, width=0, sort_by_file=True, include_lineno=False)
    lines = file.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(_PASSING))


def write(root: Path = ROOT, folder: Path = FOLDER) -> None:
    """Write the catalogue into the folder, and bring the languages there up to it."""
    template = extracted(root)
    (folder / TEMPLATE.name).write_bytes(written(template))
    for path in sorted(folder.glob("*/LC_MESSAGES/messages.po")):
        with path.open("rb") as opened:
            language = read_po(opened, locale=path.parent.parent.name)
        language.update(template, update_header_comment=False)
        path.write_bytes(written(language))
        with path.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, language)


if __name__ == "__main__":
    write()
