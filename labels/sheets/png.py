"""A label as a picture, for screens and for label printers that take pictures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from labels.errors import SheetDoesNotFit
from labels.sheets import calibration, lettering
from labels.sheets.large import Label, arrange_any
from labels.sheets.marks import CodeMark, LineMark, Mark, Measure, SymbolMark, TextMark
from labels.sheets.sheets import single_label_sheet
from labels.sheets.typefaces import font_and_text
from labels.symbols.qr import qr_symbol

_MM_PER_INCH: Final = 25.4
_MEASURED_AT: Final = 100  # pixels
_FINER: Final = 4  # letters of the code are drawn this much larger and then smoothed
_LARGEST_PX: Final = 40_000_000


def label_png(
    label: Label, width_mm: float = 62.0, height_mm: float = 29.0, dpi: int = 300
) -> bytes:
    """Return one label as a grey PNG of `width_mm` by `height_mm` at `dpi` dots an inch.

    Modules of the symbol are whole pixels, so that it stays sharp. Text that is too long is
    shortened and letters that no font at hand has are replaced.

    Raises SheetDoesNotFit for a size that is not positive or a picture over 40 million pixels,
    TextTooLong for an address that fits no QR symbol.
    """
    image = label_image(label, width_mm, height_mm, dpi / _MM_PER_INCH)
    file = BytesIO()
    image.save(file, "PNG", optimize=True, dpi=(dpi, dpi))
    return file.getvalue()


def label_image(
    label: Label,
    width_mm: float,
    height_mm: float,
    dots_per_mm: float,
    offset_mm: tuple[float, float] = (0.0, 0.0),
) -> Image.Image:
    """Return one label in grey, `offset_mm` moving all to the right and down. Raises as above."""
    return draw_marks(
        lambda measure: arrange_any(label, width_mm, height_mm, measure),
        (width_mm, height_mm),
        dots_per_mm,
        offset_mm,
    )


def draw_marks(
    marks: Callable[[Measure], Sequence[Mark]],
    size_mm: tuple[float, float],
    dots_per_mm: float,
    offset_mm: tuple[float, float] = (0.0, 0.0),
) -> Image.Image:
    """Draw marks on a white picture of `size_mm`, in grey.

    Raises SheetDoesNotFit for a size that is not positive or a picture over 40 million pixels.
    """
    box = single_label_sheet(*size_mm).place(1)
    width, height = (max(1, round(mm * dots_per_mm)) for mm in (box.width, box.height))
    if width * height > _LARGEST_PX:
        raise SheetDoesNotFit(f"A picture of {width} by {height} pixels is too large.")
    image = Image.new("L", (width, height), 255)
    _draw(image, marks(measure_text), dots_per_mm, offset_mm)
    return image


def _draw(
    image: Image.Image, marks: Sequence[Mark], px: float, offset: tuple[float, float]
) -> None:
    for mark in marks:
        moved = calibration.move_mark(mark, *offset)
        if isinstance(moved, SymbolMark):
            _draw_symbol(image, moved, px)
        elif isinstance(moved, TextMark):
            _draw_text(image, moved, px)
        elif isinstance(moved, LineMark):
            _draw_line(image, moved, px)
        else:
            _draw_letters(image, moved, px)


def _draw_line(image: Image.Image, mark: LineMark, px: float) -> None:
    ends = [round(end * px) for end in (mark.x, mark.y, mark.to_x, mark.to_y)]
    ImageDraw.Draw(image).line(ends, 0, max(1, round(mark.width * px)))


def _draw_symbol(image: Image.Image, mark: SymbolMark, px: float) -> None:
    symbol, side = qr_symbol(mark.text), mark.side * px
    picture = symbol.image(max(1, int(side / symbol.side)))
    spare = (side - picture.width) / 2
    image.paste(picture, (round(mark.x * px + spare), round(mark.y * px + spare)))


def _draw_text(image: Image.Image, mark: TextMark, px: float) -> None:
    size = mark.size * px
    path, text = font_and_text(mark.text, bold=mark.bold)
    pen = ImageDraw.Draw(image)
    pen.text((mark.x * px, mark.y * px), text, 0, _font(path, round(size, 1)), anchor="ls")


def _draw_letters(image: Image.Image, mark: CodeMark, px: float) -> None:
    unit = lettering.scale_for(mark.height) * px * _FINER
    half = lettering.STROKE_WIDTH / 2
    width = lettering.width_for(len(mark.text), mark.height) * px
    size = (round(width) + 2, round(mark.height * px) + 2)
    mask = Image.new("L", (size[0] * _FINER, size[1] * _FINER), 0)
    pen = ImageDraw.Draw(mask)
    for number, letter in enumerate(mark.text):
        shift = number * lettering.ADVANCE + half
        for stroke in lettering.strokes(letter):
            corners = [((x + shift) * unit, (y + half) * unit) for x, y in stroke]
            _stroke(pen, corners, lettering.STROKE_WIDTH * unit)
    smooth = mask.resize(size, Image.Resampling.BOX)
    image.paste(0, (round(mark.x * px), round(mark.y * px)), smooth)


def _stroke(pen: ImageDraw.ImageDraw, corners: list[tuple[float, float]], width: float) -> None:
    pen.line(corners, 255, round(width))
    for x, y in corners:
        pen.circle((x, y), width / 2, 255)


def measure_text(text: str, bold: bool) -> float:
    """Return the width of a text as a multiple of its size, in the font it would be drawn in."""
    path, shown = font_and_text(text, bold=bold)
    return _font(path, _MEASURED_AT).getlength(shown) / _MEASURED_AT


@lru_cache(maxsize=64)
def _font(path: Path, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size)
