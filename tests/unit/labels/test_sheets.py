from __future__ import annotations

from dataclasses import replace

import pytest

from labels.errors import SheetDoesNotFit, UnknownSheet
from labels.sheets.sheets import A4, LETTER, SHEETS, Box, Sheet, find_sheet, single_label_sheet


def test_every_sheet_is_known() -> None:
    assert list(SHEETS) == [
        *("L7160", "L7161", "L7162", "L7163", "L7164", "L7165", "L7169", "L7651", "L4732"),
        *("5160", "5161", "5162", "5163", "5164", "5167", "5168"),
    ]


@pytest.mark.parametrize(
    ("code", "labels"),
    [
        *(("L7160", 21), ("L7161", 18), ("L7162", 16), ("L7163", 14), ("L7164", 12)),
        *(("L7165", 8), ("L7169", 4), ("L7651", 65), ("L4732", 80)),
        *(("5160", 30), ("5161", 20), ("5162", 14), ("5163", 10), ("5164", 6)),
        *(("5167", 80), ("5168", 4)),
    ],
)
def test_a_sheet_has_as_many_labels_as_its_box_says(code: str, labels: int) -> None:
    assert SHEETS[code].capacity == labels


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=lambda sheet: sheet.code)
def test_a_sheet_lies_about_in_the_middle_of_its_page(sheet: Sheet) -> None:
    last = sheet.place(sheet.capacity)
    right = sheet.page.width - last.x - last.width
    bottom = sheet.page.height - last.y - last.height
    assert right == pytest.approx(sheet.left, abs=1.5)
    assert bottom == pytest.approx(sheet.top, abs=5)


def test_letter_sheets_are_exact_in_inches() -> None:
    assert SHEETS["5160"].place(1) == Box(3.96875, 12.7, 66.675, 25.4)
    assert SHEETS["5162"].place(14).y == pytest.approx((5 / 6 + 6 * 4 / 3) * 25.4)
    assert SHEETS["5164"].label_height == pytest.approx(10 / 3 * 25.4)
    assert SHEETS["5160"].page is LETTER


def test_labels_are_numbered_along_the_rows() -> None:
    sheet = SHEETS["L7160"]
    assert sheet.page is A4
    assert sheet.place(1) == Box(7.48, 15.49, 63.5, 38.1)
    assert sheet.place(2).x == pytest.approx(7.48 + 66.04)
    assert sheet.place(4) == Box(7.48, 15.49 + 38.1, 63.5, 38.1)


@pytest.mark.parametrize("position", [0, -1, 22])
def test_a_position_off_the_sheet_is_refused(position: int) -> None:
    with pytest.raises(IndexError):
        SHEETS["L7160"].place(position)


@pytest.mark.parametrize("typed", ["L7160", "l7160", " Avery L7160", "avery-l7160"])
def test_a_sheet_is_found_as_people_type_it(typed: str) -> None:
    assert find_sheet(typed) is SHEETS["L7160"]


def test_an_unknown_sheet_is_refused_with_near_ones() -> None:
    with pytest.raises(UnknownSheet) as caught:
        find_sheet("L7166")
    assert "L7165" in caught.value.known
    with pytest.raises(UnknownSheet) as caught:
        find_sheet("?")
    assert caught.value.known == tuple(SHEETS)


@pytest.mark.parametrize(
    "change",
    [
        {"columns": 4},
        {"rows": 8},
        {"left": 20.0},
        {"top": 40.0},
        {"pitch_x": 60.0},
        {"pitch_y": 30.0},
        {"label_width": 0.0},
        {"label_height": -1.0},
        {"label_width": float("nan")},
        {"pitch_x": float("inf")},
        {"left": -1.0},
        {"left": float("nan")},
        {"columns": 0},
        {"rows": 10**9},
    ],
)
def test_own_geometry_that_does_not_fit_is_refused(change: dict[str, float]) -> None:
    with pytest.raises(SheetDoesNotFit):
        replace(SHEETS["L7160"], **change)  # type: ignore[arg-type]  # wrong on purpose


def test_own_geometry_can_be_made() -> None:
    sheet = Sheet("own", A4, 90.0, 50.0, 2, 5, 10.0, 20.0, 95.0, 52.0)
    assert sheet.place(10) == Box(105.0, 228.0, 90.0, 50.0)


def test_a_single_label_is_its_own_page() -> None:
    sheet = single_label_sheet(62, 29)
    assert (sheet.page.width, sheet.page.height, sheet.capacity) == (62, 29, 1)
    assert sheet.place(1) == Box(0, 0, 62, 29)
    with pytest.raises(SheetDoesNotFit):
        single_label_sheet(0, 29)
