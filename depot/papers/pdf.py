"""A paper as PDF: its marks drawn, nothing decided any more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from depot.papers.layout import pages_of
from depot.papers.letters import (
    BUILT_IN,
    Run,
    clean_line,
    run_width,
    shaping_font,
    text_runs,
    text_width,
)
from depot.papers.paper import Paper
from depot.papers.sheet import (
    COLOURS,
    SHEETS,
    BoxMark,
    LineMark,
    Mark,
    SymbolMark,
    TextMark,
    mirrored,
)
from depot.words.reader import direction_of
from labels.sheets.typefaces import tidy_line
from labels.symbols.qr import qr_symbol

_RIGHT: Final = {"left": 0.0, "middle": 0.5, "right": 1.0}
#: Told after each paper of a bundle: how many are done.
Tell = Callable[[int], None]


def paper_as_pdf(paper: Paper) -> bytes:
    """Return the paper as a PDF of as many pages as it needs.

    No text makes this fail: what is too long is wrapped or cut, what no typeface has is replaced.
    """
    return papers_as_pdf([paper])


def papers_as_pdf(papers: Iterable[Paper], tell: Tell | None = None) -> bytes:
    """Return several papers in one PDF, each from a page of its own with numbers of its own.

    Raises ValueError where there is none. `tell` hears after each paper how many are drawn.
    """
    pen: _Pen | None = None
    for done, paper in enumerate(papers, start=1):
        pen = pen or _Pen(paper)
        pen.paper(paper)
        if tell:
            tell(done)
    if pen is None:
        raise ValueError("a bundle of no papers")
    return pen.output()


def draw_pages(paper: Paper, pages: Iterable[Sequence[Mark]]) -> bytes:
    """Return a PDF of pages whose marks stand already: a poster. Of `paper` its head alone counts.

    Raises ValueError where there is no page.
    """
    pen = _Pen(paper)
    if not pen.pages(paper, pages):
        raise ValueError("a PDF of no pages")
    return pen.output()


class _Pen:
    """Draws marks on the pages of one document."""

    def __init__(self, first: Paper) -> None:
        from fpdf import FPDF  # loaded with the first paper: 30 MB, with what it loads itself

        self._pdf = FPDF(unit="mm", format=first.size)
        self._pdf.set_margin(0)
        self._pdf.c_margin = 0
        self._pdf.set_auto_page_break(False)
        self._pdf.core_fonts_encoding = "cp1252"
        self._pdf.set_title(tidy_line(first.title))
        self._pdf.set_author(tidy_line(first.owner))
        self._pdf.set_lang(first.language)
        self._fonts: dict[Path, str] = {}
        #: Whether the paper at hand is read from right to left.
        self._is_mirrored = False

    def paper(self, paper: Paper) -> None:
        """Draw a paper on new pages."""
        self.pages(paper, pages_of(paper))

    def pages(self, paper: Paper, pages: Iterable[Sequence[Mark]]) -> int:
        """Draw marks on new pages of the paper's size; return how many pages there are now."""
        sheet = SHEETS[paper.size]
        self._is_mirrored = direction_of(paper.language.replace("-", "_")) == "rtl"
        for marks in pages:
            self._pdf.add_page(format=(sheet.width, sheet.height))
            if self._is_mirrored:
                marks = [mirrored(mark, sheet.width) for mark in marks]
            self._page(marks)
        return int(self._pdf.pages_count)

    def output(self) -> bytes:
        """Return the finished file."""
        return bytes(self._pdf.output())

    def _page(self, marks: Sequence[Mark]) -> None:
        for mark in marks:
            if isinstance(mark, TextMark):
                self._text(mark)
            elif isinstance(mark, BoxMark):
                self._box(mark)
            elif isinstance(mark, LineMark):
                self._line(mark)
            else:
                self._symbol(mark)

    def _text(self, mark: TextMark) -> None:
        self._pdf.set_text_color(*COLOURS[mark.colour])
        x = mark.x - _RIGHT[mark.align] * text_width(mark.text, mark.size, mark.bold)
        shown = clean_line(mark.text, mark.bold)
        whole = shaping_font(shown, mark.bold)
        if whole is not None:
            self._shaped(x, mark, Run(shown, whole))
            return
        for run in text_runs(mark.text, mark.bold):
            self._set_font(run, mark)
            self._pdf.text(x, mark.y, run.text)
            x += run_width(run, mark.size, mark.bold)

    def _shaped(self, x: float, mark: TextMark, run: Run) -> None:
        """Set a line whose letters join or turn; a cell of no height has its text 0.3 below it."""
        self._set_font(run, mark)
        self._pdf.set_text_shaping(True, direction="rtl" if self._is_mirrored else None)
        self._pdf.set_xy(x, mark.y - 0.3 * self._pdf.font_size)
        self._pdf.cell(text_width(run.text, mark.size, mark.bold), 0, run.text)
        self._pdf.set_text_shaping(False)

    def _set_font(self, run: Run, mark: TextMark) -> None:
        if run.font is None:
            self._pdf.set_font(BUILT_IN, "B" if mark.bold else "", mark.size)
            return
        if run.font not in self._fonts:
            self._fonts[run.font] = f"font{len(self._fonts)}"
            self._pdf.add_font(self._fonts[run.font], fname=run.font)
        self._pdf.set_font(self._fonts[run.font], size=mark.size)

    def _box(self, mark: BoxMark) -> None:
        if mark.fill:
            self._pdf.set_fill_color(*COLOURS[mark.fill])
        if mark.line:
            self._pdf.set_draw_color(*COLOURS[mark.line])
            self._pdf.set_line_width(mark.thick)
            self._pdf.set_dash_pattern(dash=mark.dashed, gap=mark.dashed)
        style = ("D" if mark.line else "") + ("F" if mark.fill else "")
        self._pdf.rect(mark.x, mark.y, mark.width, mark.height, style=style)
        if mark.dashed:
            self._pdf.set_dash_pattern()

    def _line(self, mark: LineMark) -> None:
        self._pdf.set_draw_color(*COLOURS[mark.colour])
        self._pdf.set_line_width(mark.thick)
        self._pdf.line(mark.x, mark.y, mark.to_x, mark.to_y)

    def _symbol(self, mark: SymbolMark) -> None:
        symbol = qr_symbol(mark.url)
        k, unit = self._pdf.k, mark.side / symbol.side * self._pdf.k
        path = " ".join(f"{column} {row} {run} 1 re" for column, row, run in symbol.runs)
        at = f"{mark.x * k:.3f} {(self._pdf.h - mark.y) * k:.3f}"
        # One path, so that a viewer that smooths edges leaves no hair lines inside the symbol;
        # FPDF has no public way to add ready-made operators.
        self._pdf._out(f"q 0 g {unit:.5f} 0 0 {-unit:.5f} {at} cm {path} f Q")
