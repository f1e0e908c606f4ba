"""Papers as they come out of a printer."""

from __future__ import annotations

from pathlib import Path

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from depot.papers import letters
from depot.papers.layout import pages_of
from depot.papers.paper import (
    Blanks,
    Block,
    Chart,
    Column,
    Facts,
    Figure,
    Figures,
    PageBreak,
    Paper,
    RankedLine,
    Ranking,
    Row,
    Series,
    Symbol,
    Table,
    Words,
)
from depot.papers.pdf import paper_as_pdf, papers_as_pdf
from depot.papers.sheet import COLOURS, SHEETS, BoxMark, LineMark, TextMark
from tests.unit.papers.shown import dots_of, pictures, text_of

HEAD = (Column("Item"), Column("Here", is_figure=True))
CHART = Chart(
    "In and out",
    "",
    ("45", "46", "47"),
    (Series("in", "in", (800, 700, 900)), Series("out", "out", (0, 650, 700))),
    ((0, "0"), (500, "500"), (1000, "1,000")),
)


def paper(*blocks: Block, size: str = "A4", title: str = "A paper") -> Paper:
    return Paper(title=title, owner="Norwood depot", blocks=blocks, size=size, foot="seal 1234")


def goods(count: int, name: str = "Item %s") -> Table:
    rows = tuple(Row((name % n, f"{n:,}")) for n in range(1, count + 1))
    return Table("Stock", HEAD, rows, ("All", f"{sum(range(1, count + 1)):,}"))


@pytest.mark.parametrize(("size", "points"), [("A4", (595, 842)), ("Letter", (612, 792))])
def test_a_paper_has_the_size_the_depot_prints_on(
    size: str, points: tuple[int, int], tmp_path: Path
) -> None:
    (page,) = pictures(paper_as_pdf(paper(Words("hello"), size=size)), tmp_path, dpi=72)
    assert page.size == pytest.approx(points, abs=1)


def test_a_long_table_repeats_its_head_and_numbers_its_pages() -> None:
    text = text_of(paper_as_pdf(paper(goods(150))))
    *pages, rest = text.split("\f")
    assert not rest
    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        assert "Item Here" in page
        assert f"page {number} of {len(pages)}" in page
        assert "seal 1234" in page
        assert "Norwood depot" in page
    for number in range(1, 151):
        assert f"Item {number} {number}\n" in text
    assert "All 11,325" in pages[-1]


def test_sums_and_headings_are_never_left_alone_on_a_page() -> None:
    for count in range(1, 90):
        rows = [Row((f"Item {n}", "1")) for n in range(count)]
        rows.insert(len(rows) - 1, Row(("Shelf",), is_heading=True))
        table = Table("Stock", HEAD, tuple(rows), ("All", "9"))
        for page in pages_of(paper(table))[1:]:
            texts = [mark.text for mark in page if isinstance(mark, TextMark)]
            assert "All" not in texts or any(text.startswith("Item ") for text in texts)
            assert texts[-1] != "Shelf"


def test_figures_stand_with_their_last_digits_under_each_other() -> None:
    marks = [mark for mark in pages_of(paper(goods(120)))[0] if isinstance(mark, TextMark)]
    ends = {mark.x for mark in marks if mark.text.isdigit() and mark.align == "right"}
    assert len(ends) == 1


def test_every_series_of_a_chart_is_seen_in_its_colour_and_in_grey(tmp_path: Path) -> None:
    pdf = paper_as_pdf(paper(CHART))
    (page,) = pictures(pdf, tmp_path)
    for kind in ("in", "out"):
        assert dots_of(page, COLOURS[kind]) > 100, kind
    bars = [m for m in pages_of(paper(CHART))[0] if isinstance(m, BoxMark) and m.height > 5]
    filled = [bar for bar in bars if bar.fill == "in"]
    outlined = [bar for bar in bars if bar.fill == "paper" and bar.line == "out"]
    assert (len(filled), len(outlined)) == (3, 2)  # black and white tells them apart


def test_bars_are_as_high_as_their_figures() -> None:
    bars = [m for m in pages_of(paper(CHART))[0] if isinstance(m, BoxMark) and m.fill == "in"]
    heights = [bar.height for bar in bars if bar.height > 5]
    assert [round(high / heights[0] * 800) for high in heights] == [800, 700, 900]


def test_an_address_is_read_back_from_its_symbol(tmp_path: Path) -> None:
    symbol = Symbol("https://DEPOT.EXAMPLE/E/7", "This hand-out")
    (page,) = pictures(paper_as_pdf(paper(symbol)), tmp_path, dpi=150)
    assert [found.text for found in zxingcpp.read_barcodes(page)] == [symbol.url]


def test_a_name_without_end_stays_on_the_paper() -> None:
    endless = "Donaudampfschifffahrtsgesellschaft" * 40
    block = Table("T" * 500, HEAD, (Row((endless, "12")),), (endless, "12"))
    facts = Facts(endless, ((endless, endless),))
    figures = Figures((Figure(endless, endless, endless),) * 4)
    for size, sheet in SHEETS.items():
        for page in pages_of(paper(block, facts, figures, size=size, title=endless)):
            for mark in page:
                if isinstance(mark, TextMark):
                    wide = letters.text_width(mark.text, mark.size, mark.bold)
                    left = mark.x - wide if mark.align == "right" else mark.x
                    assert left > sheet.side - 1
                    assert left + wide < sheet.width - sheet.side + 1
                elif isinstance(mark, LineMark | BoxMark):
                    assert mark.y < sheet.height


def test_names_in_any_script_are_printed() -> None:
    names = ("Žluťoučký kůň", "Гречка и рис", "Ελαιόλαδο", "Pão · café – “œuf”")
    text = text_of(paper_as_pdf(paper(*(Words(name) for name in names))))
    for name in names:
        assert name in text


def test_letters_join_and_run_from_right_to_left(tmp_path: Path) -> None:
    """Joined, a word is narrower than its letters alone; a line keeps its right edge."""
    word = "مرحبا"
    alone = sum(letters.text_width(letter, 20) for letter in word)
    assert 0.5 * alone < letters.text_width(word, 20) < 0.95 * alone
    table = Table("", HEAD, (Row((f"Rice {word}", "12")), Row(("Rice", "שלום"))))
    (page,) = pictures(paper_as_pdf(paper(table)), tmp_path, dpi=100, grey=True)
    ink = page.point(lambda grey: 255 if grey < 100 else 0).getbbox()
    assert ink is not None
    edge = SHEETS["A4"].width - SHEETS["A4"].side
    assert ink[2] <= (edge + 0.6) / 25.4 * 100


def test_what_no_typeface_has_becomes_a_question_mark_and_the_rest_stays() -> None:
    assert "rice ? 5 kg" in text_of(paper_as_pdf(paper(Words("rice \U0001f9ff 5 kg"))))


def test_a_bundle_numbers_the_pages_of_each_paper_by_itself() -> None:
    heard: list[int] = []
    pdf = papers_as_pdf((paper(goods(60), title=f"No. {n}") for n in range(3)), heard.append)
    text = text_of(pdf)
    assert text.count("page 1 of 2") == text.count("page 2 of 2") == 3
    assert heard == [1, 2, 3]
    with pytest.raises(ValueError, match="no papers"):
        papers_as_pdf([])


def test_a_page_break_begins_one_page_and_no_empty_one() -> None:
    assert len(pages_of(paper(Words("a"), PageBreak(), PageBreak(), Words("b")))) == 2


def test_an_empty_paper_says_so() -> None:
    empty = Table("Stock", HEAD, (), empty="Nothing is here.")
    text = text_of(paper_as_pdf(paper(empty, Ranking("Sources", "in", (), "nothing"))))
    assert "Nothing is here." in text
    assert "nothing" in text


_ANY = st.text(max_size=60) | st.sampled_from(["\ud800", "\u202e\u0000", "שלום", "a\u0300" * 30])


@settings(max_examples=60)
@given(_ANY, _ANY, st.sampled_from(sorted(SHEETS)))
def test_no_text_breaks_a_paper(one: str, other: str, size: str) -> None:
    blocks = (
        Words(one, "soft", other),
        Figures((Figure(one, other, one),)),
        Facts(one, ((other, one),)),
        Table(one, HEAD, (Row((other, one)), Row((one,), True)), (one, other), one),
        Chart(one, other, (one, other), (Series(one, "in", (1, 2)),), ((0, one), (2, other))),
        Ranking(other, "out", (RankedLine(one, 50, other, one),)),
        Blanks((one, other)),
    )
    found = Paper(
        title=one, owner=other, mark=one, lead=(other,), foot=one, blocks=blocks, size=size
    )
    assert paper_as_pdf(found).startswith(b"%PDF-")


@given(st.text(max_size=80), st.floats(4, 60))
def test_wrapped_lines_fit_and_nothing_is_lost(text: str, room: float) -> None:
    lines = letters.wrap_text(text, 9, room, most=10_000)
    for line in lines:
        assert letters.text_width(line, 9) <= room or len(line) == 1
    assert "".join(lines).replace(" ", "") == "".join(
        letters.clean_line(part) for part in text.splitlines()
    ).replace(" ", "")
