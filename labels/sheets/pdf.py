"""Labels as PDF: on sheets of labels, or one label a page for a label printer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from labels.errors import NothingToPrint, StartOffSheet
from labels.sheets import lettering
from labels.sheets.large import Label, arrange_any
from labels.sheets.layout import CrateLabel
from labels.sheets.marks import CodeMark, LineMark, Mark, Measure, SymbolMark, TextMark
from labels.sheets.sheets import Sheet, single_label_sheet
from labels.sheets.typefaces import font_and_text, is_western, needs_shaping
from labels.symbols.qr import Symbol, qr_symbol

if TYPE_CHECKING:
    from fpdf import FPDF

_CORE_FONT: Final = "helvetica"
_MEASURED_AT = 100.0  # points


def sheet_pdf(
    labels: Sequence[Label],
    sheet: Sheet,
    start_at: int = 1,
    offset_mm: tuple[float, float] = (0.0, 0.0),
) -> bytes:
    """Return a PDF with the labels on as many sheets as they need, one vector path a symbol.

    `start_at` is the first unused label of the first sheet: 1 is top left, then along the row.
    `offset_mm` moves everything to the right and down, to make up for a printer that feeds askew.
    Text that is too long is shortened and letters that no font at hand has are replaced, so no
    text makes this fail. The file asks viewers to print at actual size.

    Raises NothingToPrint without labels, StartOffSheet when `start_at` is not on the sheet and
    TextTooLong for an address that fits no QR symbol.
    """
    if not labels:
        raise NothingToPrint("There are no labels to print.")
    if not 1 <= start_at <= sheet.capacity:
        raise StartOffSheet(
            f"Sheet {sheet.code} has labels 1 to {sheet.capacity}; {start_at} is not one of them."
        )
    pdf = _document(sheet)
    pen = _Pen(pdf)
    for number, label in enumerate(labels, start_at - 1):
        position = number % sheet.capacity
        if position == 0 or number == start_at - 1:
            pdf.add_page()
        box = sheet.place(position + 1)
        marks = arrange_any(label, box.width, box.height, pen.measure)
        code = label.code if isinstance(label, CrateLabel) else ""
        pen.draw(marks, box.x + offset_mm[0], box.y + offset_mm[1], code)
    return bytes(pdf.output())


def page_pdf(sheet: Sheet, marks: Callable[[Measure], Sequence[Mark]]) -> bytes:
    """Return a PDF of one page of the sheet's paper; `marks` are relative to the page's corner."""
    pdf = _document(sheet)
    pen = _Pen(pdf)
    pdf.add_page()
    pen.draw(marks(pen.measure), 0.0, 0.0)
    return bytes(pdf.output())


def label_pdf(label: Label, width_mm: float = 62.0, height_mm: float = 29.0) -> bytes:
    """Return a PDF whose page is the one label: 62 x 29 mm is a common label printer's size.

    Raises SheetDoesNotFit for a size that is not positive, TextTooLong as `sheet_pdf` does.
    """
    return sheet_pdf([label], single_label_sheet(width_mm, height_mm))


def _document(sheet: Sheet) -> FPDF:
    from fpdf import FPDF  # loaded with the first sheet: 30 MB, with what it loads itself
    from fpdf.prefs import ViewerPreferences

    # FPDF swaps the sides of a page that is wider than high unless it is told "L".
    wide = sheet.page.width > sheet.page.height
    short, long = sorted((sheet.page.width, sheet.page.height))
    pdf = FPDF(orientation="L" if wide else "P", unit="mm", format=(short, long))
    pdf.set_margin(0)
    pdf.c_margin = 0
    pdf.set_auto_page_break(False)
    pdf.core_fonts_encoding = "cp1252"
    pdf.viewer_preferences = ViewerPreferences(print_scaling="None")
    return pdf


class _Pen:
    """Draws marks, given in mm, on the pages of a document."""

    def __init__(self, pdf: FPDF) -> None:
        self._pdf = pdf
        self._families: dict[Path, str] = {}
        self._widths: dict[tuple[str, bool], float] = {}

    def measure(self, text: str, bold: bool) -> float:
        """Return the width of a text as a multiple of its size."""
        width = self._widths.get((text, bold))
        if width is None:
            shown = self._set_font(text, bold, _MEASURED_AT)
            self._pdf.set_text_shaping(needs_shaping(shown))
            width = self._pdf.get_string_width(shown) * self._pdf.k / _MEASURED_AT
            self._pdf.set_text_shaping(False)
            self._widths[text, bold] = width
        return width

    def draw(self, marks: Sequence[Mark], left: float, top: float, code: str = "") -> None:
        """Draw the marks of one label whose top left corner is at (`left`, `top`) mm.

        `code` is laid unseen over the letters that show it, to be searched for and read out.
        """
        spoken = code
        for mark in marks:
            x, y = left + mark.x, top + mark.y
            if isinstance(mark, SymbolMark):
                self._symbol(qr_symbol(mark.text), x, y, mark.side)
            elif isinstance(mark, TextMark):
                self._text(mark, x, y)
            elif isinstance(mark, LineMark):
                self._line(mark, left, top)
            else:
                self._letters(mark, x, y)
                self._unseen(spoken, x, y, mark)
                spoken = ""

    def _text(self, mark: TextMark, x: float, y: float) -> None:
        shown = self._set_font(mark.text, mark.bold, mark.size * self._pdf.k)
        if not needs_shaping(shown):
            self._pdf.text(x, y, shown)
            return
        # a cell of no height has its text 0.3 below it; `text` sets letters one by one
        self._pdf.set_text_shaping(True)
        self._pdf.set_xy(x, y - 0.3 * self._pdf.font_size)
        self._pdf.cell(self._pdf.get_string_width(shown), 0, shown)
        self._pdf.set_text_shaping(False)

    def _set_font(self, text: str, bold: bool, size: float) -> str:
        """Choose a font for a text, `size` in points; return what of the text it can show."""
        if is_western(text):
            self._pdf.set_font(_CORE_FONT, "B" if bold else "", size)
            return text
        path, shown = font_and_text(text, bold=bold)
        self._pdf.set_font(self._family(path), size=size)
        return shown

    def _family(self, path: Path) -> str:
        if path not in self._families:
            self._families[path] = f"font{len(self._families)}"
            self._pdf.add_font(self._families[path], fname=path)
        return self._families[path]

    def _write(self, operators: str) -> None:
        # FPDF has no public way to add ready-made operators; its drawing API does the same
        # four times slower. Tests read every symbol back from the finished file.
        self._pdf._out(operators)

    def _start(self, scale: float, x: float, y: float) -> str:
        """Return operators that put the origin at (x, y) mm, y downwards, `scale` mm a unit."""
        k = self._pdf.k
        height = self._pdf.h
        unit = scale * k
        return f"q {unit:.5f} 0 0 {-unit:.5f} {x * k:.3f} {(height - y) * k:.3f} cm"

    def _symbol(self, symbol: Symbol, x: float, y: float, side: float) -> None:
        path = " ".join(f"{column} {row} {run} 1 re" for column, row, run in symbol.runs)
        self._write(f"{self._start(side / symbol.side, x, y)} {path} f Q")

    def _line(self, mark: LineMark, left: float, top: float) -> None:
        self._pdf.set_line_width(mark.width)
        self._pdf.line(left + mark.x, top + mark.y, left + mark.to_x, top + mark.to_y)

    def _letters(self, mark: CodeMark, x: float, y: float) -> None:
        half = lettering.STROKE_WIDTH / 2
        strokes = f" 1 0 0 1 {lettering.ADVANCE} 0 cm ".join(map(_glyph_path, mark.text))
        self._write(
            f"{self._start(lettering.scale_for(mark.height), x, y)} 1 0 0 1 {half} {half} cm"
            f" {lettering.STROKE_WIDTH} w 1 J 1 j {strokes} Q"
        )

    def _unseen(self, code: str, x: float, y: float, mark: CodeMark) -> None:
        """Lay the code as invisible text over its drawn letters, for searching and reading out."""
        if not code:
            return
        from fpdf.enums import TextMode

        shown = self._set_font(code, False, mark.height * self._pdf.k)
        self._write("q")
        self._pdf.text_mode = TextMode.INVISIBLE
        self._pdf.text(x, y + mark.height, shown)
        self._pdf.text_mode = TextMode.FILL
        self._write("Q")


@lru_cache(maxsize=64)
def _glyph_path(letter: str) -> str:
    """Return the operators that stroke one letter, in units of its cell."""
    paths = []
    for stroke in lettering.strokes(letter):
        first, *others = (f"{x:g} {y:g}" for x, y in stroke)
        paths.append(f"{first} m " + " ".join(f"{corner} l" for corner in others))
    return " ".join([*paths, "S"]) if paths else ""
