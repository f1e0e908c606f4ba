"""Labels that are read from afar: large modules, a large name, everything inside."""

from __future__ import annotations

from pathlib import Path

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from labels.sheets.large import (
    Label,
    PalletLabel,
    PlaceLabel,
    arrange_any,
    module_mm,
    reads_from_afar,
)
from labels.sheets.layout import CrateLabel
from labels.sheets.marks import CodeMark, SymbolMark, TextMark
from labels.sheets.pdf import sheet_pdf
from labels.sheets.sheets import PAPERS, SHEETS, Sheet, find_sheet
from labels.symbols.addresses import place_url
from labels.symbols.codes import code_url
from labels.symbols.qr import qr_symbol
from tests.unit.labels.printed import pages, texts_in

CODE = "7K3M-9QX2"
#: A short host, and one as long as they get.
BASES = ("https://depot.example", "https://stock.norwood-food-bank.example.org:8443")
FAR = ("A4/2", "A4/4", "A5", "A6", "LETTER/2", "LETTER/4", "102x152")
TWO_METRES, ONE_METRE = 4.0, 2.0  # mm a module, from what was measured


def shelf(base: str = BASES[0], name: str = "Shelf B2") -> PlaceLabel:
    return PlaceLabel(name, place_url(base, 12), "Norwood depot", "Cold room")


def pallet(base: str = BASES[0], **words: str) -> PalletLabel:
    said = {"title": "Chickpeas, 400 g tin: 36", "date_text": "best before 31 May 2027"} | words
    return PalletLabel(
        CODE,
        code_url(base, CODE),
        "Norwood depot",
        details=("Rice, 1 kg: 40", "Coconut milk: 12"),
        allergens="Contains: milk, nuts",
        **said,
    )


def measure(text: str, bold: bool) -> float:
    return (0.6 if bold else 0.5) * len(text)


def symbols(label: Label, sheet: Sheet) -> list[SymbolMark]:
    marks = arrange_any(label, sheet.label_width, sheet.label_height, measure)
    return [mark for mark in marks if isinstance(mark, SymbolMark)]


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("code", FAR)
def test_a_pallet_label_has_modules_of_4_mm(code: str, base: str, tmp_path: Path) -> None:
    label, sheet = pallet(base), find_sheet(code)
    largest = max(symbols(label, sheet), key=module_mm)
    assert module_mm(largest) >= TWO_METRES - 0.001
    (page,) = pages(sheet_pdf([label], sheet), tmp_path, 100)
    found = texts_in(page)
    assert label.url in found  # any phone's camera opens it, if need be from near
    assert {label.url, CODE} >= set(found)
    assert largest.text in found
    assert measured_module(page, largest.text, 100) >= TWO_METRES - 0.1


def measured_module(page: Image.Image, text: str, dpi: int) -> float:
    """Measure a module on the raster: the side of the symbol by how many modules it has."""
    (code,) = (found for found in zxingcpp.read_barcodes(page) if found.text == text)
    place = code.position
    side = (place.top_right.x - place.top_left.x + place.bottom_right.x - place.bottom_left.x) / 2
    return side / dpi * 25.4 / qr_symbol(text).modules


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("code", ["L7165", "L7169", "5164", "5168", *FAR])
def test_a_shelf_label_has_modules_of_2_mm(code: str, base: str, tmp_path: Path) -> None:
    label, sheet = shelf(base), find_sheet(code)
    (mark,) = symbols(label, sheet)
    assert module_mm(mark) >= ONE_METRE - 0.001
    (page,) = pages(sheet_pdf([label], sheet), tmp_path, 100)
    assert texts_in(page) == [label.url]
    assert measured_module(page, label.url, 100) >= ONE_METRE - 0.1


def test_small_labels_are_not_said_to_be_read_from_afar() -> None:
    small = SHEETS["L7160"]
    assert not reads_from_afar(shelf(), small.label_width, small.label_height, ONE_METRE)
    assert not reads_from_afar(pallet(), small.label_width, small.label_height, TWO_METRES)


@pytest.mark.parametrize("code", ["L7169", "A5", "A4/2"])
def test_a_shelfs_name_is_the_largest_thing_to_read(code: str) -> None:
    sheet = find_sheet(code)
    marks = arrange_any(shelf(name="B2"), sheet.label_width, sheet.label_height, measure)
    texts = {mark.text: mark.size for mark in marks if isinstance(mark, TextMark)}
    assert texts["B2"] >= 20
    assert texts["B2"] >= 4 * max(texts["Cold room"], texts["Norwood depot"])


@pytest.mark.parametrize("code", FAR)
def test_a_pallets_code_is_large_and_its_date_is_there(code: str) -> None:
    sheet = find_sheet(code)
    marks = arrange_any(pallet(), sheet.label_width, sheet.label_height, measure)
    letters = [mark for mark in marks if isinstance(mark, CodeMark)]
    assert "".join(mark.text for mark in letters).replace("-", "") == "7K3M9QX2"
    assert min(mark.height for mark in letters) >= 7
    said = " ".join(mark.text for mark in marks if isinstance(mark, TextMark))
    for words in ("Chickpeas", "31 May 2027", "milk, nuts"):
        assert all(word in said for word in words.split())


names = st.text(max_size=80) | st.lists(st.text("abcdefgh", max_size=9), max_size=9).map(" ".join)


@settings(max_examples=80)
@given(st.sampled_from([*PAPERS.values(), SHEETS["L7169"], SHEETS["5164"]]), names, names)
def test_no_name_leaves_the_label_or_meets_the_symbol(sheet: Sheet, name: str, other: str) -> None:
    width, height = sheet.label_width, sheet.label_height
    for label in (PlaceLabel(name, shelf().url, other, name), pallet(title=name, date_text=other)):
        marks = arrange_any(label, width, height, measure)
        symbol_boxes = [mark for mark in marks if isinstance(mark, SymbolMark)]
        for mark in marks:
            if isinstance(mark, TextMark):
                right = mark.x + measure(mark.text, mark.bold) * mark.size
                assert -0.01 <= mark.x <= right <= width + 0.1
                assert 0 <= mark.y - 0.8 * mark.size
                assert mark.y <= height + 0.01
                for symbol in symbol_boxes:
                    beside = right <= symbol.x + 0.1 or mark.x >= symbol.x + symbol.side - 0.1
                    above = mark.y <= symbol.y + 0.1 or (
                        mark.y - 0.8 * mark.size >= symbol.y + symbol.side - 0.1
                    )
                    assert beside or above


@pytest.mark.parametrize(
    "name", ["بنك الطعام", "食物 棚", "🍎 \x00\u202e", "W" * 300, "<script>", "^XA~JA\\&", ""]
)
def test_any_name_is_printed_and_read(name: str, tmp_path: Path) -> None:
    for label in (shelf(name=name), pallet(title=name, date_text=name)):
        (page,) = pages(sheet_pdf([label], find_sheet("A5")), tmp_path, 80)
        assert label.url in texts_in(page)


def test_a_crates_allergens_are_on_its_label() -> None:
    label = CrateLabel(
        CODE,
        code_url(BASES[0], CODE),
        "Norwood depot",
        "Muesli: 12",
        tuple(f"Detail {number}" for number in range(9)),
        "best before May 2027",
        "Contains: gluten, milk, nuts",
    )
    for code in ("L7160", "L7163", "5163", "5160", "L7651", "62x29"):
        sheet = find_sheet(code)
        marks = arrange_any(label, sheet.label_width, sheet.label_height, measure)
        said = " ".join(mark.text for mark in marks if isinstance(mark, TextMark))
        assert all(word in said for word in ("gluten,", "milk,", "nuts")), code
