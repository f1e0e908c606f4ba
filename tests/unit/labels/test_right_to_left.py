"""Labels whose words are read from right to left: joined, turned, and begun at the right."""

from __future__ import annotations

import pytest

from labels.sheets import lettering
from labels.sheets.large import Label, PalletLabel, PlaceLabel, arrange_any
from labels.sheets.layout import CrateLabel
from labels.sheets.marks import CodeMark, Mark, Measure, SymbolMark, TextMark
from labels.sheets.pdf import page_pdf
from labels.sheets.png import measure_text
from labels.sheets.sheets import single_label_sheet
from labels.sheets.typefaces import needs_shaping, runs_left, tidy_line

CODE, URL = "7K3M-9QX2", "https://depot.example.org/c/7K3M-9QX2"
ARABIC = CrateLabel(CODE, URL, "North", "معكرونة: 27", (), "يُفضّل قبل أبريل 2029", "حليب")
ENGLISH = CrateLabel(CODE, URL, "North", "Pasta: 27", (), "best before April 2029", "milk")


def ends(mark: Mark, measure: Measure) -> tuple[float, float]:
    """Return where a mark begins and ends from the left."""
    if isinstance(mark, SymbolMark):
        return mark.x, mark.x + mark.side
    if isinstance(mark, CodeMark):
        return mark.x, mark.x + lettering.width_for(len(mark.text), mark.height)
    assert isinstance(mark, TextMark)
    return mark.x, mark.x + measure(mark.text, mark.bold) * mark.size


@pytest.mark.parametrize(
    ("label", "is_turned"),
    [
        (ARABIC, True),
        (ENGLISH, False),
        (PalletLabel(CODE, URL, "North", "لوبیا: ۲۷", (), "بهترین تا آوریل ۲۰۲۹"), True),
        (PlaceLabel("رف 4", URL, "North"), True),
        (PlaceLabel("Shelf 4", URL, "مخزن"), False),
        # an English name in an Arabic depot: the program's words say how it is read
        (CrateLabel(CODE, URL, "North", "Pasta: 27", (), "يُفضّل قبل أبريل 2029"), True),
        (CrateLabel(CODE, URL, "North"), False),
    ],
)
def test_the_symbol_stands_where_one_begins_to_read(label: Label, is_turned: bool) -> None:
    width, height = 99.0, 67.0
    marks = arrange_any(label, width, height, measure_text)
    symbol = next(mark for mark in marks if isinstance(mark, SymbolMark))
    assert (symbol.x + symbol.side / 2 > width / 2) == is_turned
    texts = [ends(mark, measure_text) for mark in marks if not isinstance(mark, SymbolMark)]
    for begin, end in texts:
        assert -0.01 <= begin
        assert end <= width + 0.01
    edges = {round(end if is_turned else begin, 1) for begin, end in texts}
    assert len(edges) == 1


def test_letters_that_join_are_measured_and_set_joined() -> None:
    widths: dict[str, float] = {}

    def marks(measure: Measure) -> list[Mark]:
        widths.update({word: measure(word, False) for word in ("ب", "ببب", "b", "bbb")})
        return [TextMark(5, 10, 4, False, "مسببات الحساسية 2029 Rice")]

    pdf = page_pdf(single_label_sheet(99, 67), marks)
    assert widths["ببب"] < 0.8 * 3 * widths["ب"]
    assert widths["bbb"] == pytest.approx(3 * widths["b"])
    assert pdf.startswith(b"%PDF")


def test_what_parts_letters_of_a_word_stays_where_letters_join() -> None:
    assert tidy_line("می\u200cگوید\u202e") == "می\u200cگوید"
    assert tidy_line("a\u200cb") == "ab"


def test_which_way_a_text_runs() -> None:
    assert runs_left("27 معكرونة")
    assert not runs_left("Rice معكرونة")
    assert not runs_left("27")
    assert needs_shaping("Rice معكرونة")
    assert not needs_shaping("Zażółć 意面")
