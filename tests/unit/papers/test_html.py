"""A paper as a page of its own: everything in it, nothing fetched, nothing run."""

from __future__ import annotations

from html.parser import HTMLParser

from depot.papers.html import paper_as_html
from depot.papers.paper import (
    Chart,
    Column,
    Facts,
    Figure,
    Figures,
    Paper,
    RankedLine,
    Ranking,
    Row,
    Series,
    Symbol,
    Table,
    Words,
)

EVIL = "<script src=//evil.example></script>\"'><img onerror=x>&amp;"
EVERYTHING = (
    Words(EVIL, "soft", EVIL),
    Figures((Figure(EVIL, EVIL, EVIL),)),
    Facts(EVIL, ((EVIL, EVIL),)),
    Table(EVIL, (Column(EVIL), Column(EVIL, is_figure=True)), (Row((EVIL, EVIL)),), (EVIL, EVIL)),
    Chart(EVIL, EVIL, (EVIL,), (Series(EVIL, "in", (2,)),), ((0, EVIL), (2, EVIL))),
    Ranking(EVIL, "out", (RankedLine(EVIL, 50, EVIL, EVIL),)),
    Symbol("HTTPS://DEPOT.EXAMPLE/E/7", EVIL),
)


class _Seen(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [name for name, _value in attrs]
        if tag not in ("meta", "br", "rect", "path"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()


def test_no_text_becomes_markup_and_nothing_is_fetched() -> None:
    seen = _Seen(
        paper_as_html(Paper(title=EVIL, owner=EVIL, blocks=EVERYTHING, foot=EVIL, mark=EVIL))
    )
    assert not {"script", "img", "link", "iframe", "object"} & set(seen.tags)
    assert not [
        name for name in seen.attributes if name.startswith("on") or name in ("src", "href")
    ]
    assert not seen.open  # every element is closed


def test_it_says_everything_and_prints_on_the_depots_paper() -> None:
    html = paper_as_html(
        Paper(
            title="Week 47",
            owner="Norwood",
            blocks=(Facts("People", (("Households", "106"),)),),
            foot="seal 1234",
            size="Letter",
        )
    )
    for said in ("<h1>Week 47</h1>", "Norwood", "<dd>106</dd>", "seal 1234", "215.9mm 279.4mm"):
        assert said in html
