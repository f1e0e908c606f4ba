"""Charts as marks: solid fills and thick outlines, with figures on them, for any printer.

Series differ by fill and outline as well as by colour, so that black and white tells them apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from depot.papers.letters import fit_text, text_width
from depot.papers.paper import Chart, RankedLine, Ranking, Series
from depot.papers.sheet import POINT, BoxMark, LineMark, Mark, TextMark
from depot.papers.tables import LaidOut

_TALL: Final = 46.0
_TYPE: Final = 8.0
_KEY: Final = 7.0
#: How the first, second, third and fourth series are filled.
_FILLS: Final = ("solid", "outline", "shade", "dashed")
_LINE: Final = 6.2


def draw_chart(drawn: Chart, left: float, room: float) -> LaidOut:
    """Return a bar chart `room` mm wide, its legend above it."""
    labels = max((text_width(text, _TYPE) for _at, text in drawn.ticks), default=0.0) + 2
    x, bottom = left + labels, _KEY + _TALL
    most = max((at for at, _text in drawn.ticks), default=0.0) or 1.0
    marks: list[Mark] = [*_keys(drawn.series, left)]
    for at, text in drawn.ticks:
        y = bottom - at / most * (_TALL - 4)
        colour, thick = ("ink", 0.4) if at == 0 else ("line", 0.15)
        marks.append(LineMark(x, y, left + room, y, colour, thick))
        marks.append(TextMark(x - 1.5, y + 1, text, _TYPE, False, "soft", "right"))
    marks += _bars(drawn, x, room - labels, bottom, (_TALL - 4) / most)
    marks += _names(drawn.categories, x, room - labels, bottom)
    return LaidOut(tuple(marks), bottom + 6.5)


def _keys(series: Sequence[Series], left: float) -> Iterator[Mark]:
    x = left
    for number, one in enumerate(series):
        yield _box(x, 0.6, 4.2, 3.2, one.kind, number)
        yield TextMark(x + 5.6, 3.4, one.name, 9)
        x += 5.6 + text_width(one.name, 9) + 6


def _bars(drawn: Chart, x: float, room: float, bottom: float, scale: float) -> Iterator[Mark]:
    slot = room / max(len(drawn.categories), 1)
    wide = min(slot * 0.76 / max(len(drawn.series), 1), 12.0)
    for number, one in enumerate(drawn.series):
        for place, value in enumerate(one.values):
            if value <= 0:
                continue
            middle = x + (place + 0.5) * slot
            start = middle + (number - len(drawn.series) / 2) * wide
            yield _box(start, bottom - value * scale, wide * 0.88, value * scale, one.kind, number)


def _box(x: float, y: float, wide: float, high: float, kind: str, number: int) -> BoxMark:
    """A rectangle drawn inside its outline, so that an outlined bar is as tall as a filled one."""
    how = _FILLS[number % len(_FILLS)]
    if how == "solid":
        return BoxMark(x, y, wide, high, fill=kind)
    thick = min(0.7, wide / 3, high)
    half, fill = thick / 2, "shade" if how == "shade" else "paper"
    dashed = 1.0 if how == "dashed" else 0.0
    inner_wide, inner_high = max(wide - thick, 0.1), max(high - thick, 0.05)
    return BoxMark(x + half, y + half, inner_wide, inner_high, fill, kind, thick, dashed)


def _names(names: Sequence[str], x: float, room: float, bottom: float) -> Iterator[Mark]:
    """As many names as fit without touching, the last one always among them."""
    slot = room / max(len(names), 1)
    needed = max((text_width(name, _TYPE) for name in names), default=0.0) + 2
    every = max(1, -int(-needed // slot))
    for place, name in enumerate(names):
        if (len(names) - 1 - place) % every == 0:
            yield TextMark(
                x + (place + 0.5) * slot, bottom + 4, name, _TYPE, False, "ink", "middle"
            )


def draw_ranking_line(line: RankedLine, ranking: Ranking, left: float, room: float) -> LaidOut:
    """Return one line of a ranking: its name, its bar, its figure and its share."""
    size = 9.0
    baseline = _LINE / 2 + size * POINT * 0.36
    figures, share = 22.0, 16.0
    name_room = min(room * 0.42, room - figures - share - 20)
    bar_room = room - name_room - figures - share - 2
    marks: list[Mark] = [TextMark(left, baseline, fit_text(line.name, size, name_room - 2), size)]
    if line.width > 0:
        long = max(bar_room * line.width / 100, 0.4)
        marks.append(BoxMark(left + name_room, 1.4, long, _LINE - 2.8, fill=ranking.kind))
    end = left + room
    marks.append(TextMark(end - share, baseline, line.figure, size, True, "ink", "right"))
    marks.append(TextMark(end, baseline, line.share, 8, False, "soft", "right"))
    return LaidOut(tuple(marks), _LINE)
