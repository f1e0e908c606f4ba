"""The test page: crosses on the labels' corners, rulers that count from the page's edges."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from labels.sheets.calibration import TestWords, label_marks, page_marks
from labels.sheets.pdf import page_pdf
from labels.sheets.png import draw_marks
from labels.sheets.sheets import SHEETS
from tests.unit.labels.printed import pages
from tests.unit.labels.test_printed_places import FIGURES, MM_PER_INCH, corners

DPI = 300
WORDS = TestWords("Test page", ("Hold it against the light.", "Read the scales."))


def page_of(code: str, offset: tuple[float, float], folder: Path) -> Image.Image:
    sheet = SHEETS[code]
    pdf = page_pdf(sheet, lambda measure: page_marks(sheet, WORDS, offset, measure))
    (page,) = pages(pdf, folder, DPI)
    return page.point(lambda grey: 255 if grey < 140 else 0)


def is_cross(page: Image.Image, x: float, y: float) -> bool:
    """Say whether lines cross at a point in mm, to 0.2 mm: ink on all four arms, none between."""
    around = 0.2
    left, top, right, bottom = (
        round(edge / MM_PER_INCH * DPI) for edge in (x - around, y - around, x + around, y + around)
    )
    arm = round(1.4 / MM_PER_INCH * DPI)
    across = [page.crop((side, top, side + 1, bottom + 1)) for side in (left - arm, right + arm)]
    down = [page.crop((left, side, right + 1, side + 1)) for side in (top - arm, bottom + arm)]
    return all(strip.getbbox() is not None for strip in across + down)


@pytest.mark.parametrize("code", FIGURES)
@pytest.mark.parametrize("offset", [(0.0, 0.0), (1.5, -0.8)])
def test_a_cross_stands_on_the_corner_of_each_label(
    code: str, offset: tuple[float, float], tmp_path: Path
) -> None:
    page = page_of(code, offset, tmp_path)
    width, height, *_rest = FIGURES[code]
    scale = 1.0 if code.startswith("L") else MM_PER_INCH
    places = list(corners(code))
    # the two crosses that are measured, and the top row, which no words cover
    measured = [(places[0][0] + width * scale, places[0][1] + height * scale), places[-1]]
    for x, y in [*measured, *places[: FIGURES[code][2]]]:
        if x + offset[0] > 3 and y + offset[1] > 3:
            assert is_cross(page, x + offset[0], y + offset[1]), (x, y)


def test_letter_has_inches_too() -> None:
    def texts(code: str) -> set[str]:
        marks = page_marks(SHEETS[code], WORDS, (0, 0), lambda text, bold: 0.5 * len(text))
        return {getattr(mark, "text", "") for mark in marks}

    assert {"1 in", "8 in", "100", "+10", "–10"} <= texts("5160")
    assert "1 in" not in texts("L7160")
    assert {"100", "280", "Test page"} <= texts("L7160")


def test_the_ruler_is_as_long_as_it_says(tmp_path: Path) -> None:
    page = page_of("L7160", (0.0, 0.0), tmp_path)
    middle = round(297 / 2 / MM_PER_INCH * DPI)
    line = page.crop((0, middle - 2, page.width, middle + 3)).getbbox()
    assert line is not None
    left, right = (edge / DPI * MM_PER_INCH for edge in (line[0], line[2]))
    assert left == pytest.approx(10, abs=0.2)
    assert right == pytest.approx(200, abs=0.2)


def test_a_label_printers_frame_is_2_mm_from_the_edges() -> None:
    image = draw_marks(lambda measure: label_marks(62, 29, "Door", measure), (62, 29), 12)
    box = image.point(lambda grey: 255 - grey).getbbox()
    assert box is not None
    left, top, right, bottom = (edge / 12 for edge in box)
    assert (left, top) == pytest.approx((2, 2), abs=0.2)
    assert (right, bottom) == pytest.approx((60, 27), abs=0.2)
