"""Every label of every sheet is printed where its maker cut it, to 0.2 mm.

The figures are typed here again, from the makers' tables and not from the program, and what is
printed is measured on the raster: the outline of each label's symbol, found by its three corners.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from labels.sheets.layout import CrateLabel
from labels.sheets.pdf import label_pdf, sheet_pdf
from labels.sheets.sheets import SHEETS, Sheet, sheet_of_micrometres
from tests.unit.labels.printed import make_labels, pages

MM_PER_INCH = 25.4
DPI = 300
#: width, height, columns, rows, left, top, pitch x, pitch y: mm for A4, inches for Letter.
FIGURES = {
    "L7160": (63.5, 38.1, 3, 7, 7.48, 15.49, 66.04, 38.1),
    "L7161": (63.5, 46.6, 3, 6, 7.41, 8.11, 65.93, 46.74),
    "L7162": (99.1, 33.9, 2, 8, 3.99, 12.98, 102.48, 33.9),
    "L7163": (99.1, 38.1, 2, 7, 3.35, 15.17, 103.01, 38.1),
    "L7164": (63.5, 71.98, 3, 4, 7.35, 3.53, 66.0, 71.98),
    "L7165": (99.1, 67.7, 2, 4, 4.67, 13.04, 101.64, 67.73),
    "L7169": (99.1, 139.0, 2, 2, 5.01, 7.06, 101.49, 139.0),
    "L7651": (38.1, 21.2, 5, 13, 4.7, 10.9, 40.6, 21.2),
    "L4732": (35.6, 16.9, 5, 16, 11.0, 13.0, 38.1, 16.9),
    "5160": (2.625, 1.0, 3, 10, 0.15625, 0.5, 2.78125, 1.0),
    "5161": (4.0, 1.0, 2, 10, 0.15625, 0.5, 4.1875, 1.0),
    "5162": (4.0, 1.3333, 2, 7, 0.15625, 0.8333, 4.1875, 1.3333),
    "5163": (4.0, 2.0, 2, 5, 0.1625, 0.5, 4.1875, 2.0),
    "5164": (4.0, 3.3333, 2, 3, 0.15625, 0.5, 4.1875, 3.3333),
    "5167": (1.75, 0.5, 4, 20, 0.28125, 0.5, 2.0625, 0.5),
    "5168": (3.5, 5.0, 2, 2, 0.5, 0.5, 4.0, 5.0),
}


@dataclass(frozen=True)
class Seen:
    """A symbol on the raster: the address in it, and its top left corner in mm."""

    text: str
    x: float
    y: float


def seen(page: Image.Image) -> dict[str, Seen]:
    """Find every symbol; its corner is where its ink begins, measured on the raster."""
    formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    dark = page.point(lambda grey: 255 if grey < 128 else 0)
    found = {}
    for code in zxingcpp.read_barcodes(page, formats=formats):
        corner = code.position.top_left
        x, y = _edge(dark, corner.x, corner.y)
        found[code.text] = Seen(code.text, x / DPI * MM_PER_INCH, y / DPI * MM_PER_INCH)
    return found


def _edge(dark: Image.Image, x: int, y: int) -> tuple[int, int]:
    """Return the corner of the finder pattern near a point: its ink has a straight left and top."""
    around = 12
    box = (x - around, y - around, x + around, y + around)
    ink = dark.crop(box).getbbox()
    assert ink is not None
    return box[0] + ink[0], box[1] + ink[1]


def corners(code: str) -> Iterator[tuple[float, float]]:
    """Return the top left corner of every label in mm, along the rows."""
    _w, _h, columns, rows, left, top, pitch_x, pitch_y = FIGURES[code]
    scale = 1.0 if code.startswith("L") else MM_PER_INCH
    for row in range(rows):
        for column in range(columns):
            yield (left + column * pitch_x) * scale, (top + row * pitch_y) * scale


def inside(label: CrateLabel, size: tuple[float, float], folder: Path) -> tuple[float, float]:
    """Measure how far the symbol is from the corner of the label when it is printed alone."""
    alone = folder / "alone"
    alone.mkdir()
    (page,) = pages(label_pdf(label, *size), alone, DPI)
    found = seen(page)[label.url]
    return found.x, found.y


def check(
    page: Image.Image,
    urls: list[str],
    wanted: list[tuple[float, float]],
    within: tuple[float, float],
) -> None:
    """Compare where symbols are on the page with where the corners of their labels are."""
    found = seen(page)
    assert sorted(found) == sorted(urls)
    for url, (x, y) in zip(urls, wanted, strict=True):
        assert found[url].x - within[0] == pytest.approx(x, abs=0.2), url
        assert found[url].y - within[1] == pytest.approx(y, abs=0.2), url


@pytest.mark.parametrize("code", FIGURES)
def test_every_label_is_printed_where_the_maker_cut_it(code: str, tmp_path: Path) -> None:
    width, height, *_rest = FIGURES[code]
    scale = 1.0 if code.startswith("L") else MM_PER_INCH
    wanted = list(corners(code))
    labels = make_labels(len(wanted))
    (page,) = pages(sheet_pdf(labels, SHEETS[code]), tmp_path, DPI)
    within = inside(labels[0], (width * scale, height * scale), tmp_path)
    check(page, [label.url for label in labels], wanted, within)


@pytest.mark.parametrize("offset", [(1.2, -0.7), (-0.9, 1.5)])
def test_an_offset_moves_every_label_that_far(offset: tuple[float, float], tmp_path: Path) -> None:
    labels = make_labels(21)
    urls = [label.url for label in labels]
    (tmp_path / "moved").mkdir()
    (plain,) = pages(sheet_pdf(labels, SHEETS["L7160"]), tmp_path, DPI)
    pdf = sheet_pdf(labels, SHEETS["L7160"], 1, offset)
    (moved,) = pages(pdf, tmp_path / "moved", DPI)
    before, after = seen(plain), seen(moved)
    for url in urls:
        assert after[url].x - before[url].x == pytest.approx(offset[0], abs=0.1)
        assert after[url].y - before[url].y == pytest.approx(offset[1], abs=0.1)


def own() -> Sheet:
    return sheet_of_micrometres(
        "Own",
        (210_000, 297_000),
        (60_000, 40_000),
        (3, 6),
        left=8_500,
        top=12_250,
        pitch_x=65_300,
        pitch_y=45_100,
    )


@pytest.mark.parametrize("start_at", [1, 8])
def test_a_sheet_of_ones_own_is_printed_where_it_was_measured(
    start_at: int, tmp_path: Path
) -> None:
    places = [(8.5 + column * 65.3, 12.25 + row * 45.1) for row in range(6) for column in range(3)]
    labels = make_labels(18 - start_at + 1)
    (page,) = pages(sheet_pdf(labels, own(), start_at), tmp_path, DPI)
    within = inside(labels[0], (60.0, 40.0), tmp_path)
    check(page, [label.url for label in labels], places[start_at - 1 :], within)
