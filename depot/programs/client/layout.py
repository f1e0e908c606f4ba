"""Lines of Python as the house's formatter leaves them: 100 wide, one thing a line."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import Final

WIDTH: Final = 100
INDENT: Final = "    "


def block(first: str, parts: Iterable[str], last: str, depth: int = 0) -> Iterator[str]:
    """Yield what stands in brackets, a part a line; with nothing in them they stand in one."""
    found = list(parts)
    indent = INDENT * depth
    if not found:
        yield f"{indent}{first}{last}"
        return
    yield f"{indent}{first}"
    yield from (f"{indent}{INDENT}{part}," for part in found)
    yield f"{indent}{last}"


def statement(first: str, parts: Iterable[str], last: str, depth: int) -> Iterator[str]:
    """Yield what stands in brackets in one line, else in one of its own, else a part a line."""
    found = list(parts)
    indent = INDENT * depth
    inside = ", ".join(found)
    if len(f"{indent}{first}{inside}{last}") <= WIDTH:
        yield f"{indent}{first}{inside}{last}"
    elif len(f"{indent}{INDENT}{inside}") <= WIDTH:
        yield from (f"{indent}{first}", f"{indent}{INDENT}{inside}", f"{indent}{last}")
    else:
        yield from block(first, found, last, depth)


def docstring(paragraphs: Iterable[str], depth: int) -> Iterator[str]:
    """Yield a docstring of some paragraphs, wrapped; empty ones are left out.

    One whose first line is indented stays as it is.
    """
    indent = INDENT * depth
    wrapped = [_paragraph(text, len(indent)) for text in paragraphs if text]
    wrapped[0][0] = f'"""{wrapped[0][0]}'
    if len(wrapped) == 1 and len(wrapped[0]) == 1:
        yield f'{indent}{wrapped[0][0]}"""'
        return
    for number, lines in enumerate(wrapped):
        if number:
            yield ""
        yield from (f"{indent}{line}" for line in lines)
    yield f'{indent}"""'


def comment(text: str, depth: int) -> Iterator[str]:
    """Yield a comment for what stands below it, wrapped."""
    indent = INDENT * depth
    yield from (f"{indent}#: {line}" for line in _lines(text, len(indent) + 3))


def _paragraph(text: str, taken: int) -> list[str]:
    if text.startswith(INDENT):
        return text.splitlines()
    return _lines(text.replace("\\", "\\\\").replace('"""', "'''"), taken + 3)


def _lines(text: str, taken: int) -> list[str]:
    plain = " ".join(text.split())
    return textwrap.wrap(plain, WIDTH - taken, break_long_words=False, break_on_hyphens=False)
