"""Where things stand on a crate label. Pure geometry: the same for PDF and PNG, all in mm.

A wide label has its symbol at the left and the words beside it, a tall one has them below. The
code is as large as the words leave room for, in one line or in two; what does not fit is left
out in this order: details from the last, the title's second line, the depot, the allergens, the
title. The date and the code always stay. Labels that are read from afar: `labels.sheets.large`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import sqrt
from typing import Final

from labels.sheets import lettering
from labels.sheets.marks import CodeMark, Mark, Measure, SymbolMark, TextMark
from labels.sheets.typefaces import tidy_line

__all__ = ["CodeMark", "CrateLabel", "Mark", "Measure", "SymbolMark", "TextMark", "arrange"]


@dataclass(frozen=True)
class CrateLabel:
    """What one crate label says.

    `code` is drawn in large letters and `url` stands in the symbol. The rest is optional text in
    any script: without `title`, `details`, `allergens` and `date_text` it is a blank label, to be
    bound to a crate later. `date_text` is a whole phrase ("use by 24 Nov"); it is set largest and
    never cut. `allergens` is one too ("contains: milk, nuts"), and goes before any detail does.
    """

    code: str
    url: str
    depot: str = ""
    title: str = ""
    details: tuple[str, ...] = ()
    date_text: str = ""
    allergens: str = ""

    @property
    def is_blank(self) -> bool:
        """Say whether the label has no words about contents."""
        return not (self.title or self.details or self.date_text or self.allergens)


_LINE: Final = 1.22  # height of a line, of its size
_BASELINE: Final = 0.94  # from a line's top to its baseline, of its size
_SMALLEST_SYMBOL: Final = 20.0  # a phone reads it at arm's length
_SMALLEST_TEXT: Final = 1.8  # about 5 points
_TINIEST: Final = 1.0
_MOST_DETAILS: Final = 12
_MOST_ALLERGEN_LINES: Final = 4
_CODE_LINE_GAP: Final = 0.3  # between the two halves of a code, of a letter's height


@dataclass(frozen=True)
class _Line:
    text: str
    size: float
    bold: bool
    gap: float  # above it, mm

    @property
    def height(self) -> float:
        return self.gap + self.size * _LINE


@dataclass(frozen=True)
class _Words:
    above: tuple[_Line, ...]
    below: tuple[_Line, ...]

    @property
    def gap(self) -> float:
        """Between what is above the code and the code, mm."""
        return sum(0.3 * line.size for line in self.above)

    @property
    def height(self) -> float:
        return self.gap + sum(line.height for line in self.above + self.below)


@dataclass(frozen=True)
class _Column:
    width: float
    height: float
    base: float  # the size of plain text here, mm
    measure: Measure

    def cut(self, text: str, size: float, bold: bool) -> str:
        """Shorten a text with an ellipsis so that it fits the column."""
        most = self.width * 1.0001  # what was scaled to fit exactly is not too wide
        if self.measure(text, bold) * size <= most:
            return text
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            fits = self.measure(text[:middle].rstrip() + "…", bold) * size <= most
            low, high = (middle, high) if fits else (low, middle - 1)
        return text[:low].rstrip() + "…" if low else ""

    def line(
        self, text: str, size: float, floor: float, gap: float = 0.0, *, bold: bool = False
    ) -> tuple[_Line, ...]:
        """Set a text in one line: down to the size `floor` first, then shortened."""
        wide = self.measure(text, bold)
        if not wide:
            return ()
        fitted = max(floor, min(size, self.width / wide))
        return (_Line(self.cut(text, fitted, bold), fitted, bold, gap),)

    def wrapped(self, text: str, size: float, gap: float) -> tuple[_Line, ...]:
        """Set a text in one or two bold lines, broken between words; the last is shortened."""
        words = text.split()
        if len(words) < 2 or self.measure(text, True) * 0.85 * size <= self.width:
            return self.line(text, size, 0.8 * size, gap, bold=True)
        count = len(words) - 1
        while count > 1 and self.measure(" ".join(words[:count]), True) * size > self.width:
            count -= 1
        first = self.line(" ".join(words[:count]), size, 0.8 * size, gap, bold=True)
        return first + self.line(" ".join(words[count:]), size, 0.85 * size, bold=True)

    def paragraph(self, text: str, size: float, gap: float, most: int) -> tuple[_Line, ...]:
        """Set a text in at most `most` bold lines, broken between words; the last is shortened."""
        lines: list[str] = []
        for word in text.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and (len(lines) == most or self.measure(longer, True) * size <= self.width):
                lines[-1] = longer
            else:
                lines.append(word)
        found: tuple[_Line, ...] = ()
        for line in lines:
            found += self.line(line, size, 0.85 * size, 0.0 if found else gap, bold=True)
        return found

    def whole(self, text: str, size: float, gap: float) -> tuple[_Line, ...]:
        """Set a text in one or two bold lines, as small as it must be to stay whole."""
        words = text.split()
        wide = self.measure(text, True)
        if len(words) < 2 or self.width / wide >= 0.7 * size:
            return self.line(text, size, _TINIEST, gap, bold=True)
        first, second = min(
            ((" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))),
            key=lambda halves: max(self.measure(half, True) for half in halves),
        )
        widest = max(self.measure(first, True), self.measure(second, True))
        fitted = max(_TINIEST, min(0.95 * size, self.width / widest))
        lines = self.line(first, fitted, fitted, gap, bold=True)
        return lines + self.line(second, fitted, fitted, bold=True)


def arrange(label: CrateLabel, width: float, height: float, measure: Measure) -> tuple[Mark, ...]:
    """Lay out a label of `width` by `height` mm; the marks are relative to its top left corner.

    Every length is in mm. Texts are tidied first and shortened where they do not fit.
    """
    label = replace(
        label,
        depot=tidy_line(label.depot),
        title=tidy_line(label.title),
        details=tuple(filter(None, map(tidy_line, label.details))),
        date_text=tidy_line(label.date_text),
        allergens=tidy_line(label.allergens),
    )
    edge = _between(0.4, 0.025 * min(width, height), 2.0)
    pad = _between(0.7, 0.055 * min(width, height), 5.0)
    if width >= 1.15 * height:
        return _beside(label, (width, height), (edge, pad), measure)
    return _below(label, (width, height), (edge, pad), measure)


def _beside(
    label: CrateLabel, size: tuple[float, float], rim: tuple[float, float], measure: Measure
) -> tuple[Mark, ...]:
    (width, height), (edge, pad) = size, rim
    wanted = max(_SMALLEST_SYMBOL, width * (0.5 if label.is_blank else 0.42))
    side = min(height - 2 * edge, wanted, 0.55 * width)
    column = _column(width - edge - side - pad, height - 2 * pad, measure)
    words, code = _fill(label, column, 0.66 if label.is_blank else 0.42)
    free = column.height - words.height - _code_height(code)
    marks = _stack(words, code, column, edge + side, pad + free / 2, centred=False)
    return SymbolMark(edge, (height - side) / 2, side, label.url), *marks


def _below(
    label: CrateLabel,
    size: tuple[float, float],
    rim: tuple[float, float],
    measure: Measure,
) -> tuple[Mark, ...]:
    (width, height), (edge, pad) = size, rim
    share = 0.66 if label.is_blank else 0.47
    side = min(width - 2 * edge, max(share * height, min(_SMALLEST_SYMBOL, 0.66 * height)))
    column = _column(width - 2 * pad, height - edge - side - pad, measure)
    words, code = _fill(label, column, 0.7 if label.is_blank else 0.42)
    free = column.height - words.height - _code_height(code)
    top = edge + free / 3
    marks = _stack(words, code, column, pad, top + side + free / 6, centred=True)
    return SymbolMark((width - side) / 2, top, side, label.url), *marks


def _column(width: float, height: float, measure: Measure) -> _Column:
    return _Column(width, height, _between(1.9, sqrt(width * height) / 10.5, 9.0), measure)


def _fill(label: CrateLabel, column: _Column, share: float) -> tuple[_Words, tuple[CodeMark, ...]]:
    """Choose the words that fit and give the code what they leave, up to a share of the height."""
    least = min(0.3 * column.height, lettering.height_for(len(label.code), column.width))
    for words in _choices(label, column):
        if words.height + least <= column.height:
            break
    room = min(column.height - words.height, max(share * column.height, least))
    return words, _set_code(label.code, column.width, max(room, 1.0))


def _choices(label: CrateLabel, column: _Column) -> Iterator[_Words]:
    """Yield what may be said, from everything in full size to the date alone."""
    details = min(len(label.details), _MOST_DETAILS)
    for scale in (1.0, 0.9, 0.8):
        yield _say(label, column, scale, details=details)
    for count in range(details - 1, 0, -1):
        yield _say(label, column, 0.8, details=count)
    yield _say(label, column, 0.8, details=min(details, 1), title_lines=1)
    yield _say(label, column, 0.8, details=min(details, 1), title_lines=1, depot=False)
    for allergens in (True, False):
        yield _say(label, column, 0.8, details=0, title_lines=1, allergens=allergens)
        yield _say(label, column, 0.8, details=0, title_lines=1, depot=False, allergens=allergens)
    for scale in (0.8, 0.6, 0.4, 0.2):
        yield _say(label, column, scale, details=0, title_lines=0, depot=False, allergens=False)


def _say(
    label: CrateLabel,
    column: _Column,
    scale: float,
    *,
    details: int,
    depot: bool = True,
    title_lines: int = 2,
    allergens: bool = True,
) -> _Words:
    """Set the words chosen. `scale` makes them smaller, but what is not a date only so far."""
    base = max(_SMALLEST_TEXT, column.base * scale)
    above = column.line(label.depot, 0.85 * base, 0.75 * base) if depot else ()
    below = list(_title(label.title, column, base, title_lines))
    for number, detail in enumerate(label.details[:details]):
        below += column.line(detail, base, 0.85 * base, (0.1 if number else 0.25) * base)
    if allergens:
        below += column.paragraph(label.allergens, base, 0.25 * base, _MOST_ALLERGEN_LINES)
    below += column.whole(label.date_text, 1.5 * column.base * scale, 0.4 * base)
    return _Words(above, tuple(below))


def _title(text: str, column: _Column, base: float, lines: int) -> tuple[_Line, ...]:
    if lines == 2:
        return column.wrapped(text, 1.2 * base, 0.45 * base)
    return column.line(text, 1.2 * base, base, 0.3 * base, bold=True) if lines else ()


def _set_code(code: str, width: float, room: float) -> tuple[CodeMark, ...]:
    """Set the code in one line, or in two where that makes its letters a good deal larger."""
    one = min(room, lettering.height_for(len(code), width))
    halves = [half for half in code.split("-") if half]
    if len(halves) == 2:
        longest = max(map(len, halves))
        two = min(room / (2 + _CODE_LINE_GAP), lettering.height_for(longest, width))
        if two > 1.3 * one:
            step = two * (1 + _CODE_LINE_GAP)
            return CodeMark(0, 0, two, halves[0]), CodeMark(0, step, two, halves[1])
    return (CodeMark(0, 0, one, code),)


def _code_height(code: tuple[CodeMark, ...]) -> float:
    return code[-1].y + code[-1].height


def _stack(
    words: _Words,
    code: tuple[CodeMark, ...],
    column: _Column,
    left: float,
    top: float,
    *,
    centred: bool,
) -> Iterator[Mark]:
    """Place the lines above, the code and the lines below one under the other."""

    def indent(width: float) -> float:
        return left + ((column.width - width) / 2 if centred else 0.0)

    def lines(set_lines: tuple[_Line, ...]) -> Iterator[Mark]:
        nonlocal top
        for line in set_lines:
            x = indent(column.measure(line.text, line.bold) * line.size)
            baseline = top + line.gap + _BASELINE * line.size
            yield TextMark(x, baseline, line.size, line.bold, line.text)
            top += line.height

    yield from lines(words.above)
    top += words.gap
    for part in code:
        x = indent(lettering.width_for(len(part.text), part.height))
        yield CodeMark(x, top + part.y, part.height, part.text)
    top += _code_height(code)
    yield from lines(words.below)


def _between(low: float, value: float, high: float) -> float:
    return max(low, min(value, high))
