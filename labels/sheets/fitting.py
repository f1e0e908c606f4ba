"""A name as large as it can be set in a box: on one line or on several, never broken in a word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from labels.sheets.marks import Measure, TextMark
from labels.sheets.typefaces import tidy_line

LINE: Final = 1.12
"""Height of a line, of its size."""
_BASELINE: Final = 0.88
_MOST_WORDS: Final = 24


def fit_largest(
    text: str, width: float, height: float, measure: Measure, *, most: float, least: float
) -> tuple[tuple[str, ...], float]:
    """Return the lines in which a text fits a box of `width` by `height` mm, and their size.

    The size is at most `most` and at least `least` mm; a text that does not even fit then is
    shortened with an ellipsis. Blanks alone, or a box without height, give no lines.
    """
    words = tidy_line(text).split()[:_MOST_WORDS]
    if not words or height <= 0 or width <= 0:
        return (), 0.0
    best: tuple[tuple[str, ...], float] = ((), 0.0)
    for lines in _broken(words, measure):
        size = min(width / _widest(lines, measure), height / (len(lines) * LINE), most)
        if size > best[1] * 1.08:  # another line is worth it only if the letters grow by it
            best = lines, size
    if best[1] >= least:
        return best
    size = min(least, height / LINE)
    count = max(1, int(height / (size * LINE)))
    return _shortened(words, count, width / size, measure), size


def _widest(lines: Sequence[str], measure: Measure) -> float:
    return max(max(measure(line, True) for line in lines), 0.01)


def _broken(words: Sequence[str], measure: Measure) -> Iterator[tuple[str, ...]]:
    """Yield the words on one line, on two as even as can be, and so on."""
    for limit in sorted({measure(" ".join(words[a:b]), True) for a, b in _spans(len(words))})[::-1]:
        lines = _wrapped(words, limit, measure)
        if _widest(lines, measure) <= limit * 1.0001:
            yield tuple(lines)


def _spans(count: int) -> Iterator[tuple[int, int]]:
    return ((start, end) for start in range(count) for end in range(start + 1, count + 1))


def _wrapped(words: Sequence[str], limit: float, measure: Measure) -> list[str]:
    lines = [words[0]]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        if measure(longer, True) <= limit * 1.0001:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _shortened(words: Sequence[str], count: int, limit: float, measure: Measure) -> tuple[str, ...]:
    lines = _wrapped(words, limit, measure)
    kept = [*lines[: count - 1], " ".join(lines[count - 1 :])]
    return tuple(filter(None, (cut_text(line, limit, measure, bold=True) for line in kept)))


def cut_text(text: str, limit: float, measure: Measure, *, bold: bool) -> str:
    """Shorten a text with an ellipsis to `limit` times its size; "" if not a letter fits."""
    if measure(text, bold) <= limit * 1.0001:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        fits = measure(text[:middle].rstrip() + "…", bold) <= limit
        low, high = (middle, high) if fits else (low, middle - 1)
    return text[:low].rstrip() + "…" if low else ""


def set_lines(
    lines: Sequence[str],
    size: float,
    box: tuple[float, float, float],
    measure: Measure,
    *,
    bold: bool = True,
    centred: bool = False,
) -> Iterator[TextMark]:
    """Place lines one below the other; `box` is left, top and width in mm."""
    left, top, width = box
    for number, line in enumerate(lines):
        indent = (width - measure(line, bold) * size) / 2 if centred else 0.0
        baseline = top + number * size * LINE + _BASELINE * size
        yield TextMark(left + max(indent, 0.0), baseline, size, bold, line)
