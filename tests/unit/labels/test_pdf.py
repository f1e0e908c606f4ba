from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from labels.errors import NothingToPrint, SheetDoesNotFit, StartOffSheet
from labels.sheets.layout import CrateLabel
from labels.sheets.pdf import label_pdf, sheet_pdf
from labels.sheets.sheets import SHEETS, Box, Sheet, single_label_sheet
from tests.unit.labels.printed import (
    MM_PER_INCH,
    darkest,
    make_filled_labels,
    make_labels,
    pages,
    texts_in,
)

every_sheet = pytest.mark.parametrize("sheet", SHEETS.values(), ids=lambda sheet: sheet.code)


def crop(picture: Image.Image, box: Box, dpi: int) -> Image.Image:
    left, top = box.x * dpi / MM_PER_INCH, box.y * dpi / MM_PER_INCH
    right, bottom = left + box.width * dpi / MM_PER_INCH, top + box.height * dpi / MM_PER_INCH
    return picture.crop((round(left), round(top), round(right), round(bottom)))


def ink(picture: Image.Image) -> tuple[int, int, int, int]:
    """Return the edges of what is printed, in pixels: left, top, right, bottom."""
    edges = picture.point(lambda grey: 255 if grey < 128 else 0).getbbox()
    assert edges is not None
    return edges


@every_sheet
def test_every_symbol_of_a_full_sheet_is_read_back(sheet: Sheet, tmp_path: Path) -> None:
    labels = make_labels(sheet.capacity)
    (page,) = pages(sheet_pdf(labels, sheet), tmp_path, 200)
    assert sorted(texts_in(page)) == sorted(label.url for label in labels)


@every_sheet
def test_filled_labels_are_read_back_and_stay_inside(sheet: Sheet, tmp_path: Path) -> None:
    dpi = 200
    labels = make_filled_labels(sheet.capacity)
    (page,) = pages(sheet_pdf(labels, sheet), tmp_path, dpi)
    assert sorted(texts_in(page)) == sorted(label.url for label in labels)
    for position in range(1, sheet.capacity + 1):
        box = sheet.place(position)
        printed = crop(page, box, dpi)
        left, top, right, bottom = ink(printed)
        assert left >= 1
        assert top >= 1
        assert right <= printed.width - 1
        assert bottom <= printed.height - 1
        corner = (round(box.x * dpi / MM_PER_INCH), round(box.y * dpi / MM_PER_INCH))
        page.paste(255, (*corner, corner[0] + printed.width, corner[1] + printed.height))
    assert darkest(page) > 128


def test_a_used_sheet_is_started_where_it_ends(tmp_path: Path) -> None:
    sheet = SHEETS["L7160"]
    labels = make_labels(20)
    first, second = pages(sheet_pdf(labels, sheet, start_at=5), tmp_path, 150)
    for position in range(1, 22):
        texts = texts_in(crop(first, sheet.place(position), 150))
        assert texts == ([] if position < 5 else [labels[position - 5].url])
    assert sorted(texts_in(second)) == sorted(label.url for label in labels[17:])
    assert texts_in(crop(second, sheet.place(1), 150)) == [labels[17].url]


def test_an_offset_moves_everything(tmp_path: Path) -> None:
    label, sheet = make_labels(1)[0], SHEETS["L7160"]
    (tmp_path / "moved").mkdir()
    (plain,) = pages(sheet_pdf([label], sheet), tmp_path, 300)
    moved_pdf = sheet_pdf([label], sheet, offset_mm=(2.54, -1.27))
    (moved,) = pages(moved_pdf, tmp_path / "moved", 300)
    shifts = [after - before for before, after in zip(ink(plain), ink(moved), strict=True)]
    assert shifts == pytest.approx([30, -15, 30, -15], abs=1)


def test_a_label_printer_gets_a_page_of_the_labels_size(tmp_path: Path) -> None:
    for width, height in ((62.0, 29.0), (29.0, 90.0), (102.0, 152.0)):
        folder = tmp_path / f"{width:g}"
        folder.mkdir()
        (label,) = make_filled_labels(1)
        (page,) = pages(label_pdf(label, width, height), folder, 254)
        assert page.size == pytest.approx((width * 10, height * 10), abs=1)
        assert texts_in(page) == [label.url]


def test_several_labels_on_a_roll_are_a_page_each(tmp_path: Path) -> None:
    labels = make_labels(3)
    printed = pages(sheet_pdf(labels, single_label_sheet(62, 29)), tmp_path, 200)
    assert [texts_in(page) for page in printed] == [[label.url] for label in labels]


@pytest.mark.parametrize("start_at", [0, -3, 22])
def test_a_start_off_the_sheet_is_refused(start_at: int) -> None:
    with pytest.raises(StartOffSheet):
        sheet_pdf(make_labels(1), SHEETS["L7160"], start_at=start_at)


def test_nothing_to_print_is_refused() -> None:
    with pytest.raises(NothingToPrint):
        sheet_pdf([], SHEETS["L7160"])
    with pytest.raises(SheetDoesNotFit):
        label_pdf(make_labels(1)[0], 0, 29)


NAMES = [
    "Banco de alimentos «Ñandú» – Łódź",
    "Продовольчий банк Київ",
    "食物银行 東京",
    "بنك الطعام",
    "🍎 Food \x00bank\n\tof\u202e the \ud800North",
    "(parentheses) \\ and /Names <<>>",
    "W" * 500,
]


@pytest.mark.parametrize("with_fonts", [True, False], ids=["fonts", "no fonts"])
@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_any_script_can_be_printed(
    name: str, with_fonts: bool, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if not with_fonts:
        request.getfixturevalue("no_system_typefaces")
    blank = make_labels(1)[0]
    label = CrateLabel(blank.code, blank.url, name, name, (name, name), name)
    sheet = SHEETS["5163"]
    (page,) = pages(sheet_pdf([label] * 2, sheet), tmp_path, 150)
    for position in (1, 2):
        printed = crop(page, sheet.place(position), 150)
        assert texts_in(printed) == [label.url]
        left, top, right, bottom = ink(printed)
        assert min(left, top) >= 1
        assert right < printed.width
        assert bottom < printed.height


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=40))
def test_no_text_makes_printing_fail(depot: str, title: str, date: str) -> None:
    blank = make_labels(1)[0]
    label = CrateLabel(blank.code, blank.url, depot, title, (title, date), date)
    assert sheet_pdf([label], SHEETS["L7160"]).startswith(b"%PDF-")


def test_a_thousand_labels_are_all_there() -> None:
    """Two seconds of CPU is what is promised; the bound here is loose, for slow machines."""
    labels = make_labels(1000)
    before = os.times()
    made = sheet_pdf(labels, SHEETS["L7160"])
    after = os.times()
    assert made.count(b"/Type /Page\n") == 48
    assert after.user + after.system - before.user - before.system < 10
