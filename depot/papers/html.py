"""A paper as one stand-alone page: opens in any browser, prints, asks nothing of any network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import singledispatch
from html import escape
from typing import Final

from depot.papers.paper import (
    Blanks,
    Block,
    Chart,
    Column,
    Facts,
    Figures,
    PageBreak,
    Paper,
    Ranking,
    Row,
    Series,
    Symbol,
    Table,
    Words,
)
from depot.papers.sheet import COLOURS, SHEETS
from labels.symbols.qr import qr_symbol

_STYLE: Final = """
:root{--ink:#1d1a15;--soft:#544d42;--line:#b0a898;--shade:#f3efe6;--paper:#fff}
*{box-sizing:border-box}
body{margin:0 auto;max-width:60rem;padding:1.5rem;background:var(--paper);color:var(--ink);
font:1rem/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
header,footer{display:flex;justify-content:space-between;gap:1rem;color:var(--soft);font-size:.9rem}
header{border-bottom:3px solid var(--ink);padding-bottom:.4rem}
footer{border-top:1px solid var(--line);padding-top:.4rem;margin-top:2rem}
h1{font-size:1.7rem;line-height:1.2;margin:1.2rem 0 .2rem}
h2{font-size:1.15rem;margin:1.8rem 0 .4rem;break-after:avoid}
p{margin:.5rem 0}.soft{color:var(--soft);font-size:.9rem}.strong{font-weight:700}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(10rem,1fr));gap:.8rem;
margin:1.2rem 0}
.figures div{border:1px solid var(--line);border-radius:6px;padding:.6rem .8rem}
.figures b{display:block;font-size:1.5rem;line-height:1.2}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{padding:.3rem .5rem;text-align:left;vertical-align:top;font-weight:400;
border-bottom:1px solid var(--line);overflow-wrap:break-word}
tbody th{min-width:7.5rem}
.n{text-align:right;white-space:nowrap}
thead th{font-size:.85rem;color:var(--soft);border-bottom:2px solid var(--ink)}
tfoot :is(th,td){font-weight:700;border-top:2px solid var(--ink);border-bottom:0}
.over{background:var(--shade);font-weight:700}
.blank{min-width:5rem}
.wide{min-width:11rem}
.blank::after{content:"";display:block;height:1.6rem;border:1px solid var(--ink)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1.5rem;margin:.4rem 0}
dt{color:var(--soft)}dd{margin:0;font-weight:700}
svg{display:block;width:100%;height:auto}.chart{min-width:46rem}.qr{width:30mm}
.keys{display:flex;gap:1.2rem;list-style:none;padding:0;margin:.3rem 0}
.keys svg{width:1.6rem;display:inline-block;vertical-align:middle;margin-right:.4rem}
.bar{width:40%;vertical-align:middle}.bar svg{height:.85rem}
.sign{display:flex;gap:1.5rem;margin-top:3rem}
.sign span{flex:1;border-top:1px solid var(--ink);color:var(--soft);font-size:.85rem}
.turn{break-before:page}
@media print{.chart{min-width:0}
body{max-width:none;padding:0;font-size:10pt}.scroll{overflow:visible}
thead{display:table-header-group}tfoot{display:table-row-group}tr,svg,.figures{break-inside:avoid}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
"""


def paper_as_html(paper: Paper) -> str:
    """Return the paper as an HTML document with its style and charts in it; all text is escaped."""
    sheet = SHEETS[paper.size]
    page = f"@page{{size:{sheet.width}mm {sheet.height}mm;margin:15mm}}"
    body = "".join(part for block in paper.blocks for part in _block(block))
    lead = "".join(f'<p class="soft">{escape(line)}</p>' for line in paper.lead)
    return (
        f'<!doctype html>\n<html lang="{escape(paper.language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(paper.title)} · {escape(paper.owner)}</title>"
        f"<style>{_STYLE}{page}</style></head><body>"
        f"<header><b>{escape(paper.owner)}</b><span>{escape(paper.mark)}</span></header>"
        f"<main><h1>{escape(paper.title)}</h1>{lead}{body}</main>"
        f"<footer><span>{escape(paper.foot)}</span></footer></body></html>\n"
    )


def _title(text: str) -> str:
    return f"<h2>{escape(text)}</h2>" if text else ""


@singledispatch
def _block(block: Block) -> Iterator[str]:
    raise TypeError(f"no block of a paper: {block!r}")


@_block.register
def _(block: Words) -> Iterator[str]:
    yield _title(block.title)
    lines = "<br>".join(escape(line) for line in block.text.splitlines())
    yield f'<p class="{block.style}">{lines}</p>'


@_block.register
def _(block: Figures) -> Iterator[str]:
    yield '<div class="figures">'
    for one in block.figures:
        small = f'<span class="soft">{escape(one.small)}</span>' if one.small else ""
        label = f'<span class="soft">{escape(one.label)}</span>'
        yield f"<div>{label}<b>{escape(one.figure)}</b>{small}</div>"
    yield "</div>"


@_block.register
def _(block: Facts) -> Iterator[str]:
    yield _title(block.title) + "<dl>"
    for name, said in block.pairs:
        yield f"<dt>{escape(name)}</dt><dd>{escape(said)}</dd>"
    yield "</dl>"


@_block.register
def _(block: Table) -> Iterator[str]:
    yield _title(block.title)
    if not block.rows:
        yield f'<p class="soft">{escape(block.empty or "–")}</p>'
        return
    head = _cells([column.title for column in block.columns], block.columns, "th", ' scope="col"')
    yield f'<div class="scroll" tabindex="0"><table><thead><tr>{head}</tr></thead><tbody>'
    for row in block.rows:
        yield f"<tr>{_row(row, block.columns)}</tr>"
    yield "</tbody>"
    if block.foot:
        yield f"<tfoot><tr>{_row(Row(block.foot), block.columns)}</tr></tfoot>"
    yield "</table></div>"
    if block.note:
        yield f'<p class="soft">{escape(block.note)}</p>'


def _row(row: Row, columns: Sequence[Column]) -> str:
    if row.is_heading:
        over = f'colspan="{len(columns)}"'
        return f'<th class="over" scope="colgroup" {over}>{escape(row.cells[0])}</th>'
    first = _cells(row.cells[:1], columns, "th", ' scope="row"')
    return first + _cells(row.cells[1:], columns[1:], "td")


def _cells(cells: Sequence[str], columns: Sequence[Column], tag: str, more: str = "") -> str:
    return "".join(
        f"<{tag}{more}{_class_of(column)}>{escape(cell)}</{tag}>"
        for cell, column in zip(cells, columns, strict=False)
    )


_BLANK: Final = {False: ' class="blank"', True: ' class="blank wide"'}


def _class_of(column: Column) -> str:
    return ' class="n"' if column.is_figure else _BLANK[column.is_wide] if column.is_blank else ""


@_block.register
def _(block: Ranking) -> Iterator[str]:
    yield _title(block.title)
    if not block.lines:
        yield f'<p class="soft">{escape(block.empty or "–")}</p>'
        return
    yield "<table><tbody>"
    for line in block.lines:
        bar = f'<rect width="{line.width}" height="8" fill="{_hex(block.kind)}"/>'
        drawn = (
            f'<svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">{bar}</svg>'
        )
        yield f'<tr><th scope="row">{escape(line.name)}</th><td class="bar">{drawn}</td>'
        yield f'<td class="n"><b>{escape(line.figure)}</b></td>'
        yield f'<td class="n soft">{escape(line.share)}</td></tr>'
    yield "</tbody></table>"


@_block.register
def _(block: Blanks) -> Iterator[str]:
    labels = "".join(f"<span>{escape(label)}</span>" for label in block.labels)
    yield f'<div class="sign">{labels}</div>'


@_block.register
def _(block: Symbol) -> Iterator[str]:
    symbol = qr_symbol(block.url)
    path = f'<path fill="#000" d="{symbol.svg_path}"/>'
    label = escape(block.caption)
    yield (
        f'<svg class="qr" viewBox="0 0 {symbol.side} {symbol.side}" role="img"'
        f' aria-label="{label}">{path}</svg><p>{label}</p>'
    )


@_block.register
def _(_turn: PageBreak) -> Iterator[str]:
    yield '<div class="turn"></div>'


@_block.register
def _(block: Chart) -> Iterator[str]:
    yield _title(block.title)
    keys = "".join(
        f'<li><svg viewBox="0 0 24 14" aria-hidden="true">{_rect(1, 1, 22, 12, one, number)}</svg>'
        f"{escape(one.name)}</li>"
        for number, one in enumerate(block.series)
    )
    yield f'<ul class="keys">{keys}</ul>'
    said = f"<title>{escape(block.title)}</title><desc>{escape(block.description)}</desc>"
    chart = '<svg class="chart" viewBox="0 0 960 300" role="img" font-size="18">'
    yield f'<div class="scroll" tabindex="0">{chart}{said}'
    yield from _drawn(block)
    yield "</svg></div>"


def _drawn(block: Chart) -> Iterator[str]:
    left, top, bottom, right = 90.0, 12.0, 265.0, 955.0
    most = max((at for at, _text in block.ticks), default=0.0) or 1.0
    for at, text in block.ticks:
        y = bottom - at / most * (bottom - top)
        colour = _hex("ink") if at == 0 else _hex("line")
        yield f'<path d="M{left} {y:.1f}H{right}" stroke="{colour}"/>'
        yield f'<text x="{left - 8}" y="{y + 6:.1f}" text-anchor="end">{escape(text)}</text>'
    slot = (right - left) / max(len(block.categories), 1)
    wide = min(slot * 0.76 / max(len(block.series), 1), 60.0)
    for number, one in enumerate(block.series):
        for place, value in enumerate(one.values):
            high = value / most * (bottom - top)
            x = left + (place + 0.5) * slot + (number - len(block.series) / 2) * wide
            if high > 0:
                yield _rect(x, bottom - high, wide * 0.88, high, one, number)
    every = max(1, -int(-max((len(name) for name in block.categories), default=1) * 11 // slot))
    for place, name in enumerate(block.categories):
        if (len(block.categories) - 1 - place) % every == 0:
            x = left + (place + 0.5) * slot
            yield f'<text x="{x:.1f}" y="290" text-anchor="middle">{escape(name)}</text>'


def _rect(x: float, y: float, wide: float, high: float, one: Series, number: int) -> str:
    """The first series is filled, each other one outlined: black and white tells them apart."""
    colour = _hex(one.kind)
    if number == 0:
        size = f'width="{wide:.1f}" height="{high:.1f}"'
        return f'<rect x="{x:.1f}" y="{y:.1f}" {size} fill="{colour}"/>'
    dash = f' stroke-dasharray="{6 - number} 4"' if number > 1 else ""
    return (
        f'<rect x="{x + 1.5:.1f}" y="{y + 1.5:.1f}" width="{max(wide - 3, 1):.1f}"'
        f' height="{max(high - 3, 0.5):.1f}" fill="#fff" stroke="{colour}" stroke-width="3"{dash}/>'
    )


def _hex(kind: str) -> str:
    return "#{:02x}{:02x}{:02x}".format(*COLOURS[kind])
