"""The poster on the wall: a code that is scanned from two steps away, and three sentences. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from depot.papers.letters import wrap_text
from depot.papers.posters import PosterHead, draw_poster, fitting_size
from depot.papers.sheet import POINT, SHEETS, BoxMark, Mark, Sheet, SymbolMark, TextMark

_EDGE: Final = 14.0
_BAND: Final = 50.0
#: A code is read from about ten times its width.
_SYMBOL: Final = 128.0
_STEP_SIZE: Final = 31.0
_SMALLEST_STEP: Final = 13.0
_LEADING: Final = 1.25


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinPoster(PosterHead):
    """Everything the poster says, in the reader's language."""

    steps: tuple[str, ...]
    foot: str
    url: str


def join_poster_pdf(poster: JoinPoster) -> bytes:
    """Return the poster as a PDF of one page; no text makes it fail."""
    return draw_poster(poster, _marks(poster, SHEETS[poster.size]))


def _marks(poster: JoinPoster, sheet: Sheet) -> Iterator[Mark]:
    yield BoxMark(0, 0, sheet.width, _BAND, fill="in")
    room = sheet.width - 2 * _EDGE
    yield TextMark(_EDGE, 15, poster.owner, fitting_size(poster.owner, room, 22), colour="paper")
    size = fitting_size(poster.title, room, 60, bold=True)
    yield TextMark(_EDGE, 40, poster.title, size, bold=True, colour="paper")
    left = (sheet.width - _SYMBOL) / 2
    yield SymbolMark(left, _BAND + 6, _SYMBOL, poster.url)
    yield from _steps(poster, sheet, _BAND + _SYMBOL + 12)
    yield TextMark(_EDGE, sheet.height - 10, poster.foot, 12, colour="soft")


def _steps(poster: JoinPoster, sheet: Sheet, top: float) -> Iterator[Mark]:
    """Yield the steps, numbered, in the largest type in which all of them fit."""
    room, end = sheet.width - 2 * _EDGE - 16, sheet.height - 20
    size = _STEP_SIZE
    while size > _SMALLEST_STEP and top + _height(poster, size, room) > end:
        size -= 0.5
    line, y = size * POINT * _LEADING, top
    for number, text in enumerate(poster.steps, start=1):
        y += line
        yield TextMark(_EDGE, y, str(number), size, bold=True, colour="in")
        for at, part in enumerate(wrap_text(text, size, room, most=4)):
            y += line if at else 0
            yield TextMark(_EDGE + 16, y, part, size)
        y += line * 0.5


def _height(poster: JoinPoster, size: float, room: float) -> float:
    lines = sum(len(wrap_text(text, size, room, most=4)) for text in poster.steps)
    return (lines + 0.5 * len(poster.steps)) * size * POINT * _LEADING
