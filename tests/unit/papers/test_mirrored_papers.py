"""Papers that are read from right to left, and what no typeface shows."""

from __future__ import annotations

import pytest

from depot.papers.paper import Column, Paper, Row, Table, Words, texts_of
from depot.papers.pdf import paper_as_pdf
from depot.papers.sheet import BoxMark, LineMark, Mark, SymbolMark, TextMark, mirrored
from depot.words.reader import Reader
from labels.sheets import typefaces
from labels.sheets.typefaces import lacking_letters


@pytest.mark.parametrize(
    ("mark", "there"),
    [
        (TextMark(20, 5, "7K3M", 9), TextMark(190, 5, "7K3M", 9, align="right")),
        (TextMark(105, 5, "ملء", 9, align="middle"), TextMark(105, 5, "ملء", 9, align="middle")),
        (BoxMark(10, 5, 40, 8), BoxMark(160, 5, 40, 8)),
        (LineMark(10, 5, 60, 5), LineMark(200, 5, 150, 5)),
        (SymbolMark(10, 5, 30, "x"), SymbolMark(170, 5, 30, "x")),
    ],
)
def test_a_mark_changes_sides_and_stays_what_it_is(mark: Mark, there: Mark) -> None:
    assert mirrored(mark, 210) == there
    assert mirrored(there, 210) == mark


def test_a_paper_in_arabic_is_drawn_and_names_run_their_own_way() -> None:
    rows = (Row(("Chickpeas, 400 g", "12")), Row(("عدس", "٣")))
    table = Table("المخزون", (Column("الصنف"), Column("الكمية")), rows)
    paper = Paper(title="قائمة", owner="Norwood", blocks=(table,), language="ar")
    assert paper_as_pdf(paper).startswith(b"%PDF")


def test_names_from_left_to_right_are_set_apart_in_a_sentence_from_right_to_left() -> None:
    arabic = Reader("ar", "ar")
    assert arabic.gettext("%(name)s: %(code)s", name="Amina", code="7K3M") == (
        "\u2068Amina\u2069: \u20687K3M\u2069"
    )
    told = arabic.gettext("%(name)s %(page)s %(count)s", name="أمينة", page="http://a.b/c", count=7)
    assert told == "أمينة http://a.b/c 7"
    assert Reader().gettext("%(name)s", name="أمينة") == "أمينة"


def test_letters_that_nothing_here_shows_are_named_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typefaces, "_OF_SYSTEMS", ())
    monkeypatch.setattr(typefaces, "_installed", lambda: ())
    typefaces.font_for.cache_clear()
    try:
        assert lacking_letters("大米, 大豆 12 kg") == "大米豆"
        assert lacking_letters("Łódź, عدس, Їжа") == ""
    finally:
        typefaces.font_for.cache_clear()


def test_every_text_of_a_paper_is_looked_at() -> None:
    paper = Paper(title="A", owner="B", blocks=(Words("C"), Table("D", (Column("E"),), ())))
    assert {"A", "B", "C", "D", "E"} <= set(texts_of(paper))
