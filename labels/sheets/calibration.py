"""The test page: where a printer really prints, measured with the eye and a sheet of labels.

It is printed on plain paper and held against a sheet of labels. A cross stands at each label's
corner; two of them have scales, on which one reads how far the label's corner is from the cross:
that is the offset to enter. Two rulers show whether the printer shrinks the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from labels.sheets import fitting
from labels.sheets.marks import LineMark, Mark, Measure, TextMark
from labels.sheets.sheets import Box, Page, Sheet

_MM_PER_INCH: Final = 25.4
_HAIR: Final = 0.1
_THIN: Final = 0.18
_SCALE: Final = 10  # mm that a cross's scale reaches on each side
_FIGURE: Final = 2.2
_TEXT: Final = 3.4
_FRAME: Final = 2.0  # from the edge of a single label
_CLEAR: Final = 7.0  # mm around the rulers' crossing without figures


@dataclass(frozen=True)
class TestWords:
    """What the page says in the reader's language: a heading, and sentences one below the other."""

    __test__ = False  # no test, whatever pytest makes of its name

    heading: str
    lines: tuple[str, ...]


def page_marks(
    sheet: Sheet, words: TestWords, offset_mm: tuple[float, float], measure: Measure
) -> tuple[Mark, ...]:
    """Return the marks of a test page for a sheet, moved by the printer's offset.

    The rulers are in mm, and in inches too where the paper is US Letter.
    """
    is_inch = sheet.page.name == "Letter"
    text_box = _text_box(sheet, words, measure)
    marks: list[Mark] = [
        *_crosses(sheet, text_box),
        *_across(sheet.page, inches=is_inch),
        *_down(sheet.page, inches=is_inch),
        *_text(words, text_box, measure),
    ]
    return tuple(move_mark(mark, *offset_mm) for mark in marks)


def move_mark(mark: Mark, x: float, y: float) -> Mark:
    """Return a mark so far to the right and down, in mm."""
    if isinstance(mark, LineMark):
        return replace(mark, x=mark.x + x, y=mark.y + y, to_x=mark.to_x + x, to_y=mark.to_y + y)
    return replace(mark, x=mark.x + x, y=mark.y + y)


def label_marks(width: float, height: float, name: str, measure: Measure) -> tuple[Mark, ...]:
    """Return the marks of a test label: a frame exactly 2 mm inside its edges, with mm ticks."""
    left, top, right, bottom = _FRAME, _FRAME, width - _FRAME, height - _FRAME
    frame = [
        LineMark(left, top, right, top, _THIN),
        LineMark(left, bottom, right, bottom, _THIN),
        LineMark(left, top, left, bottom, _THIN),
        LineMark(right, top, right, bottom, _THIN),
    ]
    ticks: list[Mark] = []
    for mm in range(int(right - left) + 1):
        ticks.append(LineMark(left + mm, top, left + mm, top + _tick(mm), _HAIR))
    for mm in range(int(bottom - top) + 1):
        ticks.append(LineMark(left, top + mm, left + _tick(mm), top + mm, _HAIR))
    inner = (left + 4.0, top + 4.0, right - left - 5.0, bottom - top - 5.0)
    lines, size = fitting.fit_largest(name, inner[2], inner[3], measure, most=5.0, least=1.5)
    words = fitting.set_lines(lines, size, inner[:3], measure)
    return (*frame, *ticks, *words)


def _tick(mm: int) -> float:
    return 2.6 if mm % 10 == 0 else 1.8 if mm % 5 == 0 else 1.0


def _corners(sheet: Sheet) -> Iterator[tuple[float, float]]:
    for position in range(1, sheet.capacity + 1):
        box = sheet.place(position)
        for x in (box.x, box.x + box.width):
            for y in (box.y, box.y + box.height):
                yield x, y


def _crosses(sheet: Sheet, text_box: Box) -> Iterator[Mark]:
    arm = min(3.0, sheet.label_height / 6)
    last = sheet.place(sheet.capacity)
    # corners inside the page: few printers reach its edges
    first = sheet.place(1)
    scaled = {(first.x + first.width, first.y + first.height), (last.x, last.y)}
    for x, y in sorted({(round(x, 3), round(y, 3)) for x, y in _corners(sheet)}):
        if not _is_in(x, y, text_box):
            yield LineMark(x - arm, y, x + arm, y, _HAIR)
            yield LineMark(x, y - arm, x, y + arm, _HAIR)
    for x, y in scaled:
        yield from _scale(x, y)


def _is_in(x: float, y: float, box: Box) -> bool:
    beside = 4.0
    return (
        box.x - beside < x < box.x + box.width + beside
        and box.y - beside < y < box.y + box.height + beside
    )


def _scale(x: float, y: float) -> Iterator[Mark]:
    """A cross with mm on its arms: + to the right and down, as the offset is entered."""
    yield LineMark(x - _SCALE, y, x + _SCALE, y, _THIN)
    yield LineMark(x, y - _SCALE, x, y + _SCALE, _THIN)
    for mm in range(-_SCALE, _SCALE + 1):
        half = 0.9 if mm % 5 else 1.8
        yield LineMark(x + mm, y - half, x + mm, y + half, _HAIR)
        yield LineMark(x - half, y + mm, x + half, y + mm, _HAIR)
        if mm and mm % 5 == 0:
            figure = f"{mm:+d}".replace("-", "–")
            yield TextMark(x + mm - 1.6, y - 2.4, _FIGURE, False, figure)
            yield TextMark(x + 2.4, y + mm + 0.8, _FIGURE, False, figure)


def _across(page: Page, *, inches: bool) -> Iterator[Mark]:
    start, end, y, crossing = 10, int(page.width) - 10, page.height / 2, page.width / 2
    yield LineMark(start, y, end, y, _THIN)
    for mm in range(start, end + 1):
        yield LineMark(mm, y, mm, y - _tick(mm), _HAIR)
        if mm % 10 == 0 and abs(mm - crossing) > _CLEAR:
            yield TextMark(mm - 1.4, y - 3.2, _FIGURE, False, str(mm))
    for at, inch in _eighths(start, end) if inches else ():
        yield LineMark(at, y, at, y + (1.2 if inch is None else 2.6), _HAIR)
        if inch is not None and abs(at - crossing) > _CLEAR:
            yield TextMark(at - 1.4, y + 5.2, _FIGURE, False, f"{inch} in")


def _down(page: Page, *, inches: bool) -> Iterator[Mark]:
    start, end, x, crossing = 10, int(page.height) - 10, page.width / 2, page.height / 2
    yield LineMark(x, start, x, end, _THIN)
    for mm in range(start, end + 1):
        yield LineMark(x, mm, x - _tick(mm), mm, _HAIR)
        if mm % 10 == 0 and abs(mm - crossing) > _CLEAR:
            yield TextMark(x - 7.2, mm + 0.8, _FIGURE, False, str(mm))
    for at, inch in _eighths(start, end) if inches else ():
        yield LineMark(x, at, x + (1.2 if inch is None else 2.6), at, _HAIR)
        if inch is not None and abs(at - crossing) > _CLEAR:
            yield TextMark(x + 3.4, at + 0.8, _FIGURE, False, f"{inch} in")


def _eighths(start: int, end: int) -> Iterator[tuple[float, int | None]]:
    """Yield where each eighth of an inch is in mm, with the inch that it completes, if it does."""
    for eighth in range(int(start * 8 / _MM_PER_INCH) + 1, int(end * 8 / _MM_PER_INCH) + 1):
        yield eighth * _MM_PER_INCH / 8, None if eighth % 8 else eighth // 8


def _text_box(sheet: Sheet, words: TestWords, measure: Measure) -> Box:
    """Give the words the lower left quarter, between the rulers."""
    page = sheet.page
    width = page.width / 2 - 26.0
    lines = _wrapped(words, width, measure)
    return Box(14.0, page.height / 2 + 10.0, width, len(lines) * _TEXT * 1.3 + 4.0)


def _wrapped(words: TestWords, width: float, measure: Measure) -> list[tuple[str, bool]]:
    found = [(words.heading, True)]
    for sentence in words.lines:
        line = ""
        for word in sentence.split():
            longer = f"{line} {word}" if line else word
            if line and measure(longer, False) * _TEXT > width:
                found.append((line, False))
                longer = word
            line = longer
        found += [(line, False), ("", False)]
    return found


def _text(words: TestWords, box: Box, measure: Measure) -> Sequence[Mark]:
    return [
        TextMark(box.x, box.y + (number + 0.9) * _TEXT * 1.3, _TEXT, bold, line)
        for number, (line, bold) in enumerate(_wrapped(words, box.width, measure))
        if line
    ]
