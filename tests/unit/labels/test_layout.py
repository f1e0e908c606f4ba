from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labels.sheets import lettering
from labels.sheets.layout import CodeMark, CrateLabel, Mark, SymbolMark, TextMark, arrange
from labels.sheets.sheets import SHEETS, Box, Sheet

sizes = st.sampled_from([(sheet.label_width, sheet.label_height) for sheet in SHEETS.values()])
any_sizes = st.tuples(st.floats(12, 250), st.floats(10, 250))
texts = st.text(max_size=60) | st.lists(st.text("abcdefgh", max_size=9), max_size=9).map(" ".join)


def measure(text: str, bold: bool) -> float:
    return (0.6 if bold else 0.5) * len(text)


def boxes(marks: tuple[Mark, ...]) -> Iterator[Box]:
    for mark in marks:
        if isinstance(mark, SymbolMark):
            yield Box(mark.x, mark.y, mark.side, mark.side)
        elif isinstance(mark, CodeMark):
            width = lettering.width_for(len(mark.text), mark.height)
            yield Box(mark.x, mark.y, width, mark.height)
        elif isinstance(mark, TextMark):
            width = measure(mark.text, mark.bold) * mark.size
            yield Box(mark.x, mark.y - 0.75 * mark.size, width, 0.98 * mark.size)


def words(marks: tuple[Mark, ...]) -> list[str]:
    return [mark.text for mark in marks if isinstance(mark, TextMark)]


def codes(marks: tuple[Mark, ...]) -> list[CodeMark]:
    return [mark for mark in marks if isinstance(mark, CodeMark)]


FILLED = CrateLabel(
    "7K3M-9QX2",
    "https://DEPOT.EXAMPLE/C/7K3M-9QX2",
    "Norwood depot",
    "Chickpeas, 400 g tin",
    ("36 tins", "14.4 kg", "SuperFresh"),
    "use by 24 Nov",
)


@given(sizes | any_sizes, texts, texts, st.lists(texts, max_size=6), texts)
def test_nothing_leaves_the_label_and_nothing_overlaps(
    size: tuple[float, float], depot: str, title: str, details: list[str], date: str
) -> None:
    label = CrateLabel("7K3M-9QX2", "x", depot, title, tuple(details), date)
    width, height = size
    placed = list(boxes(arrange(label, width, height, measure)))
    for box in placed:
        assert box.x >= 0
        assert box.y >= -0.001
        assert box.x + box.width <= width + 0.01
        assert box.y + box.height <= height + 0.01
    symbol, *lines = placed
    for above, below in pairwise(lines):
        assert above.y + above.height <= below.y + 0.01
    for line in lines:
        beside = line.x >= symbol.x + symbol.width - 0.01
        assert beside or line.y >= symbol.y + symbol.height - 0.01


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=lambda sheet: sheet.code)
def test_code_and_date_and_what_is_in_it_are_on_every_label(sheet: Sheet) -> None:
    marks = arrange(FILLED, sheet.label_width, sheet.label_height, measure)
    said = " ".join(words(marks))
    assert "use by 24 Nov" in said
    assert "Chickpeas" in said
    assert "".join(mark.text for mark in codes(marks)).replace("-", "") == "7K3M9QX2"
    assert all(mark.height >= 2.1 for mark in codes(marks))


def test_a_roomy_label_says_everything() -> None:
    marks = arrange(FILLED, 99.1, 67.7, measure)
    said = " ".join(words(marks))
    for text in ("Norwood depot", *FILLED.details, FILLED.title, FILLED.date_text):
        assert text in said


def test_a_blank_label_has_its_code_in_two_large_lines() -> None:
    marks = arrange(CrateLabel("7K3M-9QX2", "x", "Norwood depot"), 63.5, 38.1, measure)
    assert [mark.text for mark in codes(marks)] == ["7K3M", "9QX2"]
    assert codes(marks)[0].height > 7
    assert words(marks) == ["Norwood depot"]


def test_the_symbol_is_at_least_20_mm_where_the_label_is() -> None:
    for sheet in SHEETS.values():
        for label in (FILLED, CrateLabel("7K3M-9QX2", "x")):
            marks = arrange(label, sheet.label_width, sheet.label_height, measure)
            (symbol,) = (mark for mark in marks if isinstance(mark, SymbolMark))
            assert symbol.side >= min(20, sheet.label_height - 0.9)


def test_a_long_name_is_shortened() -> None:
    label = CrateLabel("7K3M-9QX2", "x", "The Very Long Name of a Depot in the Far North " * 3)
    (depot,) = words(arrange(label, 63.5, 38.1, measure))
    assert depot.startswith("The Very")
    assert depot.endswith("…")


def test_a_code_of_another_kind_is_drawn_too() -> None:
    marks = arrange(CrateLabel("BOX12345", "x"), 63.5, 38.1, measure)
    assert [mark.text for mark in codes(marks)] == ["BOX12345"]
