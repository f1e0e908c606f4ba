"""The poster for the door: what to bring in letters that are read from across the street. Pure.

One page. The names take the largest type in which all of them fit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from depot.papers.letters import ELLIPSIS, wrap_text
from depot.papers.posters import PosterHead, draw_poster, fitting_size
from depot.papers.sheet import POINT, SHEETS, BoxMark, LineMark, Mark, Sheet, SymbolMark, TextMark

#: More names than these are not read in passing.
MAX_SHORT: Final = 12
MAX_TOO_MUCH: Final = 12
_LARGEST: Final = 64.0
_SMALLEST: Final = 15.0
_STEP: Final = 0.5
#: A line is this much higher than its letters.
_LEADING: Final = 1.22
_NOTE: Final = 0.5
#: Down to this size a name is rather set smaller than broken.
_MIDDLING: Final = 34.0
_MARKER: Final = 3.5
_INDENT: Final = 9.0
_EDGE: Final = 14.0
_BAND: Final = 46.0
_SYMBOL: Final = 40.0


@dataclass(frozen=True, slots=True)
class WantedName:
    """A name in large type, with a few words in smaller type beneath."""

    name: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Poster(PosterHead):
    """Everything the poster says, in the reader's language.

    `nothing` is said where nothing is short. `url` is printed as a symbol; empty: none.
    """

    short: tuple[WantedName, ...]
    nothing: str
    enough_title: str
    too_much: tuple[WantedName, ...]
    words: str
    changed: str
    url: str = ""
    caption: str = ""


def poster_pdf(poster: Poster) -> bytes:
    """Return the poster as a PDF of one page; no text makes it fail."""
    return draw_poster(poster, _marks(poster, SHEETS[poster.size]))


def _marks(poster: Poster, sheet: Sheet) -> Iterator[Mark]:
    yield from _band(poster, sheet)
    foot_top = sheet.height - _foot_height(poster, sheet)
    yield from _foot(poster, sheet, foot_top)
    enough = _enough(poster, sheet, foot_top)
    yield from enough
    tops = [mark.y for mark in enough if isinstance(mark, BoxMark)]
    yield from _names(poster, sheet, _BAND + 8, min(tops, default=foot_top) - 4)


def _band(poster: Poster, sheet: Sheet) -> Iterator[Mark]:
    yield BoxMark(0, 0, sheet.width, _BAND, fill="in")
    room = sheet.width - 2 * _EDGE
    owner_size = fitting_size(poster.owner, room, 20, smallest=_SMALLEST / 2)
    yield TextMark(_EDGE, 14, poster.owner, owner_size, colour="paper")
    size = fitting_size(poster.title, room, 58, smallest=_SMALLEST / 2, bold=True)
    yield TextMark(_EDGE, 37.5, poster.title, size, bold=True, colour="paper")


def _names(poster: Poster, sheet: Sheet, top: float, end: float) -> Iterator[Mark]:
    asked = poster.short[:MAX_SHORT] or (WantedName(poster.nothing),)
    room = sheet.width - 2 * _EDGE - _INDENT
    size = _LARGEST
    entries = [_set(one, size, room) for one in asked]
    while size > _SMALLEST and not _is_good(entries, size, end - top):
        size -= _STEP
        entries = [_set(one, size, room) for one in asked]
    # what is left is shared out between the names, but not so much that they fall apart
    spare = (end - top - sum(entry.height for entry in entries)) / len(entries)
    gap = min(max(spare, 0.0), size * POINT * 0.8)
    y = top
    for entry in entries:
        if y + entry.height > end + 1:
            return
        yield BoxMark(_EDGE, y + 1.5, _MARKER, entry.height - 2, fill="in")
        yield from entry.marks(y)
        y += entry.height + gap


@dataclass(frozen=True, slots=True)
class _Entry:
    """One name as it is set: its lines with their points, the first of them bold."""

    name: tuple[str, ...]
    note: tuple[str, ...]
    size: float

    @property
    def note_size(self) -> float:
        return max(self.size * _NOTE, _SMALLEST - 1)

    @property
    def height(self) -> float:
        lines = len(self.name) * self.size + len(self.note) * self.note_size
        return lines * POINT * _LEADING

    def marks(self, y: float) -> Iterator[Mark]:
        for lines, points, bold in (
            (self.name, self.size, True),
            (self.note, self.note_size, False),
        ):
            for text in lines:
                y += points * POINT * _LEADING
                base = y - points * POINT * 0.3
                yield TextMark(_EDGE + _INDENT, base, text, points, bold=bold)


def _set(asked: WantedName, size: float, room: float) -> _Entry:
    name = tuple(wrap_text(asked.name, size, room, bold=True, most=2))
    plain = _Entry(name, (), size)
    note = wrap_text(asked.note, plain.note_size, room, most=2) if asked.note else []
    return _Entry(name, tuple(note), size)


def _is_good(entries: Sequence[_Entry], size: float, room: float) -> bool:
    """Whether all fit with some air between, and, down to a middling size, no name is broken."""
    air = size * POINT * 0.25 * (len(entries) - 1)
    fits = sum(entry.height for entry in entries) + air <= room
    return fits and (size <= _MIDDLING or all(len(entry.name) == 1 for entry in entries))


def _enough(poster: Poster, sheet: Sheet, end: float) -> list[Mark]:
    """Return the quiet box above the foot: what not to bring just now."""
    if not poster.too_much:
        return []
    names = ", ".join(
        f"{one.name} ({one.note})" if one.note else one.name
        for one in poster.too_much[:MAX_TOO_MUCH]
    )
    names += f" {ELLIPSIS}" if len(poster.too_much) > MAX_TOO_MUCH else ""
    size, room = 22.0, sheet.width - 2 * _EDGE - 12
    lines = wrap_text(names, size, room, most=5)
    line_height = size * POINT * _LEADING
    height = 15 + len(lines) * line_height
    top = end - height - 6
    marks: list[Mark] = [
        BoxMark(_EDGE, top, sheet.width - 2 * _EDGE, height, line="count", thick=0.9),
        TextMark(_EDGE + 6, top + 9, poster.enough_title, 16, bold=True, colour="count"),
    ]
    for number, text in enumerate(lines, start=1):
        marks.append(TextMark(_EDGE + 6, top + 9 + number * line_height, text, size))
    return marks


def _foot_height(poster: Poster, sheet: Sheet) -> float:
    lines = len(_words(poster, sheet))
    return max(18 + lines * 7.5, _SYMBOL + 22 if poster.url else 0)


def _words(poster: Poster, sheet: Sheet) -> list[str]:
    room = sheet.width - 2 * _EDGE - (_SYMBOL + 8 if poster.url else 0)
    return wrap_text(poster.words, 17, room, most=7) if poster.words else []


def _foot(poster: Poster, sheet: Sheet, top: float) -> Iterator[Mark]:
    yield LineMark(_EDGE, top, sheet.width - _EDGE, top, colour="ink", thick=0.6)
    for number, text in enumerate(_words(poster, sheet), start=1):
        yield TextMark(_EDGE, top + 3 + number * 7.5, text, 17)
    yield TextMark(_EDGE, sheet.height - 10, poster.changed, 11, colour="soft")
    if poster.url:
        left = sheet.width - _EDGE - _SYMBOL
        yield SymbolMark(left, top + 4, _SYMBOL, poster.url)
        yield TextMark(
            left + _SYMBOL / 2,
            top + 4 + _SYMBOL + 3,
            poster.caption,
            11,
            colour="soft",
            align="middle",
        )
