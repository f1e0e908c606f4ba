"""Blocks flow down the pages of a paper: heads repeated, rows whole, a title never alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import singledispatchmethod
from typing import Final

from depot.papers import drawings, letters
from depot.papers.paper import (
    Blanks,
    Block,
    Chart,
    Facts,
    Figures,
    PageBreak,
    Paper,
    Ranking,
    Symbol,
    Table,
    Words,
)
from depot.papers.sheet import (
    POINT,
    SHEETS,
    BoxMark,
    LineMark,
    Mark,
    Sheet,
    SymbolMark,
    TextMark,
)
from depot.papers.tables import Grid, LaidOut, lay_out_table

_BODY: Final = 10.0
_SMALL: Final = 8.5
_TITLE: Final = 20.0
_BLOCK_TITLE: Final = 12.0
#: Between two blocks, in mm.
_GAP: Final = 6.0
_STYLES: Final = {
    "plain": (_BODY, False, "ink"),
    "soft": (_SMALL, False, "soft"),
    "strong": (_BODY, True, "ink"),
}


def pages_of(paper: Paper) -> list[tuple[Mark, ...]]:
    """Return the marks of each page, head and foot with its number among them."""
    flow = _Flow(paper)
    flow.heading()
    for block in paper.blocks:
        flow.put(block)
    count = len(flow.pages)
    return [
        (*_frame(paper, flow.sheet, number, count), *marks)
        for number, marks in enumerate(flow.pages, start=1)
    ]


def _frame(paper: Paper, sheet: Sheet, number: int, count: int) -> Iterable[Mark]:
    """The depot and the mark above, the seal and the page's number below, on every page."""
    right, half = sheet.width - sheet.side, sheet.inner / 2 - 4
    owner = letters.fit_text(paper.owner, 9, half, bold=True)
    yield TextMark(sheet.side, 13, owner, 9, True)
    yield TextMark(right, 13, letters.fit_text(paper.mark, 9, half), 9, False, "soft", "right")
    yield LineMark(sheet.side, 15.5, right, 15.5, "ink", 0.6)
    base = sheet.height - 10
    page = letters.clean_line(paper.page_of % {"page": number, "pages": count})
    room = sheet.inner - letters.text_width(page, 8) - 8
    yield LineMark(sheet.side, base - 4.5, right, base - 4.5)
    yield TextMark(sheet.side, base, letters.fit_text(paper.foot, 8, room), 8, False, "soft")
    yield TextMark(right, base, page, 8, False, "soft", "right")


class _Flow:
    """Where the next mark goes."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.sheet = SHEETS[paper.size]
        self.pages: list[list[Mark]] = [[]]
        self.y = self.sheet.top

    def heading(self) -> None:
        """Put the paper's title and what stands under it."""
        self.lines(self.paper.title, _TITLE, bold=True)
        for line in self.paper.lead:
            self.lines(line, _BODY, colour="soft")
        self.y += 3

    def put(self, block: Block) -> None:
        """Put one block."""
        self._put(block)

    def lines(
        self,
        text: str,
        size: float,
        *,
        bold: bool = False,
        colour: str = "ink",
        indent: float = 0.0,
    ) -> None:
        """Put a paragraph, line by line."""
        step = size * POINT * 1.32
        for line in letters.wrap_text(text, size, self.sheet.inner - indent, bold, most=200):
            mark = TextMark(self.sheet.side + indent, size * POINT, line, size, bold, colour)
            self.lay(LaidOut((mark,), step))

    def lay(self, laid: LaidOut) -> None:
        """Put marks that belong together; on the next page if this one has no room for them."""
        self.need(laid.height)
        self.pages[-1] += [_lowered(mark, self.y) for mark in laid.marks]
        self.y += laid.height

    def need(self, height: float) -> None:
        """Begin a new page unless there is room for so much."""
        if self.y + height > self.sheet.end and self.y > self.sheet.top:
            self.turn()

    def turn(self) -> None:
        """Begin a new page."""
        self.pages.append([])
        self.y = self.sheet.top

    def titled(self, title: str, next_height: float) -> None:
        """Put a block's title, on the page that has room for what follows it, too."""
        self.y += _GAP if self.y > self.sheet.top else 0
        if not title:
            self.need(next_height)
            return
        step = _BLOCK_TITLE * POINT * 1.5
        self.need(step + next_height)
        shown = letters.fit_text(title, _BLOCK_TITLE, self.sheet.inner, bold=True)
        mark = TextMark(self.sheet.side, _BLOCK_TITLE * POINT, shown, _BLOCK_TITLE, True)
        self.lay(LaidOut((mark,), step))

    @singledispatchmethod
    def _put(self, block: object) -> None:
        raise TypeError(f"no block of a paper: {block!r}")

    @_put.register
    def _break(self, _block: PageBreak) -> None:
        if self.y > self.sheet.top:
            self.turn()

    @_put.register
    def _words(self, block: Words) -> None:
        size, bold, colour = _STYLES[block.style]
        self.titled(block.title, size * POINT * 1.4)
        if not block.title:
            self.y -= _GAP / 2 if self.y > self.sheet.top + _GAP else 0
        self.lines(block.text, size, bold=bold, colour=colour)

    @_put.register
    def _figures(self, block: Figures) -> None:
        self.titled("", 20)
        gap = 3.0
        count = max(len(block.figures), 1)
        wide = (self.sheet.inner - gap * (count - 1)) / count
        marks: list[Mark] = []
        for number, one in enumerate(block.figures):
            x = self.sheet.side + number * (wide + gap)
            room = wide - 6
            marks.append(BoxMark(x, 0, wide, 21.5, line="line", thick=0.3))
            marks.append(
                TextMark(x + 3, 5.6, letters.fit_text(one.label, 9, room), 9, False, "soft")
            )
            size = _size_for(one.figure, room, (17.0, 15.0, 13.0, 11.0, 9.0))
            marks.append(
                TextMark(x + 3, 12.6, letters.fit_text(one.figure, size, room, True), size, True)
            )
            for line, text in enumerate(letters.wrap_text(one.small, 7.5, room, most=2)):
                marks.append(TextMark(x + 3, 16.6 + line * 3.3, text, 7.5, False, "soft"))
        self.lay(LaidOut(tuple(marks), 22))

    @_put.register
    def _facts(self, block: Facts) -> None:
        self.titled(block.title, 12)
        label = min(
            max(
                (letters.text_width(letters.clean_line(name), 9) for name, _ in block.pairs),
                default=0,
            )
            + 6,
            self.sheet.inner * 0.45,
        )
        for name, said in block.pairs:
            self.lay(self._fact(name, said, label))

    def _fact(self, name: str, said: str, label: float) -> LaidOut:
        left, step = self.sheet.side, 9 * POINT * 1.3
        names = letters.wrap_text(name, 9, label - 3, most=4)
        texts = letters.wrap_text(said, 9, self.sheet.inner - label, True, most=20)
        marks: list[Mark] = [
            TextMark(left, 3.9 + number * step, text, 9, False, "soft")
            for number, text in enumerate(names)
        ]
        marks += [
            TextMark(left + label, 3.9 + number * step, text, 9, True)
            for number, text in enumerate(texts)
        ]
        return LaidOut(tuple(marks), max(len(names), len(texts)) * step + 1.6)

    @_put.register
    def _table(self, block: Table) -> None:
        set_ = lay_out_table(block, self.sheet.side, self.sheet.inner)
        head = set_.head()
        first = set_.row(block.rows[0]).height if block.rows else 6
        self.titled(block.title, head.height + first)
        if not block.rows:
            self.lines(block.empty or "–", _BODY, colour="soft")
            return
        self.lay(head)
        self._rows(set_, head, block)
        if block.note:
            self.y += 1
            self.lines(block.note, _SMALL, colour="soft")

    def _rows(self, set_: Grid, head: LaidOut, block: Table) -> None:
        """Put the rows, the head again on each new page; a heading is kept with its first row."""
        foot = set_.foot(block.foot) if block.foot else None
        needed = 0.0  # by what must stay on one page: from below upwards
        rows: list[tuple[LaidOut, float]] = []
        for row in reversed(block.rows):
            laid = set_.row(row)
            below = needed if row.is_heading else foot.height if foot and not rows else 0.0
            needed = laid.height + below
            rows.append((laid, needed))
        for laid, needed in reversed(rows):
            if self.y + needed > self.sheet.end:
                self.turn()
                self.lay(head)
            self.lay(laid)
        if foot:
            self.lay(foot)

    @_put.register
    def _chart(self, block: Chart) -> None:
        laid = drawings.draw_chart(block, self.sheet.side, self.sheet.inner)
        self.titled(block.title, laid.height)
        self.lay(laid)

    @_put.register
    def _ranking(self, block: Ranking) -> None:
        self.titled(block.title, 13)
        for line in block.lines:
            self.lay(drawings.draw_ranking_line(line, block, self.sheet.side, self.sheet.inner))
        if not block.lines:
            self.lines(block.empty or "–", _BODY, colour="soft")

    @_put.register
    def _blanks(self, block: Blanks) -> None:
        self.titled("", 16)
        gap, count = 6.0, max(len(block.labels), 1)
        wide = (self.sheet.inner - gap * (count - 1)) / count
        marks: list[Mark] = []
        for number, label in enumerate(block.labels):
            x = self.sheet.side + number * (wide + gap)
            marks.append(LineMark(x, 10, x + wide, 10, "ink", 0.3))
            marks.append(TextMark(x, 14, letters.fit_text(label, 8, wide), 8, False, "soft"))
        self.lay(LaidOut(tuple(marks), 15))

    @_put.register
    def _symbol(self, block: Symbol) -> None:
        side = 30.0
        self.titled("", side)
        left = self.sheet.side
        room = self.sheet.inner - side - 4
        marks: list[Mark] = [SymbolMark(left, 0, side, block.url)]
        for number, line in enumerate(letters.wrap_text(block.caption, _BODY, room, most=5)):
            marks.append(TextMark(left + side + 4, 8 + number * 4.6, line, _BODY))
        address = letters.fit_text(block.url, 8, room)
        marks.append(TextMark(left + side + 4, side - 3, address, 8, False, "soft"))
        self.lay(LaidOut(tuple(marks), side))


def _size_for(text: str, room: float, sizes: Sequence[float]) -> float:
    """Return the largest of the sizes in which the text fits, else the smallest."""
    shown = letters.clean_line(text, True)
    return next(
        (size for size in sizes if letters.text_width(shown, size, True) <= room), sizes[-1]
    )


def _lowered(mark: Mark, by: float) -> Mark:
    if isinstance(mark, LineMark):
        return replace(mark, y=mark.y + by, to_y=mark.to_y + by)
    return replace(mark, y=mark.y + by)
