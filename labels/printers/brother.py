"""Labels for Brother's QL printers, in their raster language.

The encoder is a library under the GPL, so it is an extra that nobody needs and nothing else
imports: `pip install 'mutual-depot[brother]'`. Without it everything but this file works.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING, Final

from labels.errors import LabelError
from labels.sheets.large import Label

# Pictures are drawn by what is loaded with the first label: a server starts without.
if TYPE_CHECKING:
    from PIL import Image

_DPI: Final = 300
_DOTS_PER_MM: Final = _DPI / 25.4
_DARK_BELOW: Final = 128

MODELS: Final = (
    "QL-500",
    "QL-550",
    "QL-560",
    "QL-570",
    "QL-580N",
    "QL-600",
    "QL-650TD",
    "QL-700",
    "QL-710W",
    "QL-720NW",
    "QL-800",
    "QL-810W",
    "QL-820NWB",
    "QL-1050",
    "QL-1060N",
    "QL-1100",
    "QL-1110NWB",
    "QL-1115NWB",
)
"""The printers of the series, small ones first; those from QL-1050 on take labels 102 mm wide."""


@dataclass(frozen=True)
class Tape:
    """A roll for these printers: `name` as on its box, in mm, and the dots that are printed on.

    An endless tape has no height of its own: `height_mm` is how much of it a label gets.
    """

    name: str
    width_mm: float
    height_mm: float
    dots: tuple[int, int]
    wide: bool = False

    @property
    def size_mm(self) -> tuple[float, float]:
        """What is printed on of it, in mm, lying so that its words are longest."""
        across, along = (side / _DOTS_PER_MM for side in self.dots)
        return (along, across) if self.turned else (across, along)

    @property
    def turned(self) -> bool:
        """Whether a label lies across the tape: one that is narrow and long does."""
        return self.dots[1] > 1.8 * self.dots[0]


TAPES: Final = (
    Tape("62x29", 62, 29, (696, 271)),
    Tape("62x100", 62, 100, (696, 1109)),
    Tape("29x90", 29, 90, (306, 991)),
    Tape("62", 62, 40, (696, 472)),
    Tape("102x51", 102, 51, (1164, 526), wide=True),
    Tape("102x152", 102, 152, (1164, 1660), wide=True),
)
"""The rolls offered: printable dots at 300 dpi."""


class BrotherMissing(LabelError):
    """The library that speaks to Brother's printers is not installed."""


class UnknownTape(LabelError):
    """There is no roll of this name, or the printer does not take it."""


def is_installed() -> bool:
    """Say whether labels can be made for these printers here."""
    return importlib.util.find_spec("brother_ql") is not None


def find_tape(width_mm: float, height_mm: float) -> Tape:
    """Return the roll of that size in mm. Raises UnknownTape."""
    for tape in TAPES:
        if (tape.width_mm, tape.height_mm) == (width_mm, height_mm):
            return tape
    raise UnknownTape(f"There is no roll for labels of {width_mm:g} by {height_mm:g} mm.")


def label_raster(
    labels: Sequence[Label],
    tape: Tape,
    model: str,
    offset_mm: tuple[float, float] = (0.0, 0.0),
) -> bytes:
    """Return the labels as a print job for a model of MODELS with that roll in it, each cut off.

    `offset_mm` moves everything to the right and down. Raises BrotherMissing, UnknownTape where
    the model does not take the roll, TextTooLong.
    """
    from labels.sheets.png import label_image

    pictures = [label_image(label, *tape.size_mm, _DOTS_PER_MM, offset_mm) for label in labels]
    return image_raster(pictures, tape, model)


def image_raster(pictures: Sequence[Image.Image], tape: Tape, model: str) -> bytes:
    """Return grey pictures of the size that the tape prints on as a job. Raises as above."""
    library = _library("brother_ql.raster"), _library("brother_ql.conversion")
    if tape.wide and not takes_wide(model):
        raise UnknownTape(f"{model} does not take labels {tape.width_mm:g} mm wide.")
    job = library[0].BrotherQLRaster(model)
    job.exception_on_warning = True
    made: bytes = library[1].convert(
        job, [_fitted(picture, tape) for picture in pictures], tape.name, cut=True, rotate="0"
    )
    return made


def takes_wide(model: str) -> bool:
    """Say whether a model of MODELS takes labels that are 102 mm wide."""
    return model.startswith("QL-1")


def _fitted(picture: Image.Image, tape: Tape) -> Image.Image:
    """Return a picture in black and white, of exactly the dots that the printer wants."""
    from PIL import Image

    turned = picture.rotate(90, expand=True) if tape.turned else picture
    page = Image.new("L", tape.dots, 255)
    page.paste(turned, (0, 0))
    return page.point(lambda grey: 0 if grey < _DARK_BELOW else 255).convert("1")


def _library(name: str) -> ModuleType:
    if not is_installed():
        raise BrotherMissing("The library for Brother's printers is not installed.")
    return importlib.import_module(name)
