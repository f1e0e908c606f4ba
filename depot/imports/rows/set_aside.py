"""Rows that are no goods: sums, headings, and what another program says is no longer here. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Final

from depot.base.errors import DepotError
from depot.base.names import name_key
from depot.base.text import N_, plain_letters
from depot.imports.rows.fields import CRATES, HERE_WORDS, ITEMS, LOCATIONS, STOCK, plain_heading
from depot.imports.rows.numbers import is_nothing, parse_number, understood_once
from depot.imports.rows.spelling import COMMON_CATEGORIES
from depot.imports.sheets.problems import BadValue
from depot.imports.sheets.reader import Row, Table

#: The field that names what a row is.
_MAIN: Final = {ITEMS: "name", LOCATIONS: "name", CRATES: "box_number", STOCK: "item"}
_SUM_WORDS: Final = (
    "total|totals|grand total|overall total|sub ?total|sum|sums|total items|total quantity"
    "|total boxes|total units|total stock|summe|gesamt|gesamtsumme|zwischensumme|insgesamt"
    "|endsumme|suma|suma total|total general|totales|somme|sous total|totaux"
    "|totale|totali|somma|totais|soma|subtotal|razem|łącznie|ogółem|разом|всього|усього|підсумок"
    "|итого|всего|сумма|toplam|genel toplam|ara toplam|المجموع|الإجمالي|المجموع الكلي|إجمالي"
    "|جمع|جمع کل|مجموع|合计|总计|小计|总数"
)
_PLAIN_SUMS: Final = plain_letters(_SUM_WORDS)
_SUM: Final = re.compile(_PLAIN_SUMS)
_SUM_WORD: Final = re.compile(rf"\b(?:{_PLAIN_SUMS})\b")
_OF_SOMETHING: Final = re.compile(rf"(?:{_PLAIN_SUMS})\b.*|.*\b(?:{_PLAIN_SUMS})")
_FIGURE: Final = re.compile(r"[+-]?\d[\d.,' ]*(?:\s*[^\W\d_]{1,8}\.?)?")
_LONGEST_FIGURE: Final = 60
_RULED: Final = re.compile(r"[-=*_#~<>]{2,}\s*(.*?)\s*[-=*_#~<>]{2,}")
_CATEGORIES: Final = frozenset(name_key(name) for name in COMMON_CATEGORIES)
_GONE: Final = frozenset(
    "".join(word.split())
    for words in (
        "checked out, check out, out, loaned, loaned out, on loan, lent, lent out, issued",
        "deployed, in custody, signed out, disposed, disposed of, discarded, destroyed, trashed",
        "thrown away, binned, wasted, waste, spoiled, archived, archive, deleted, removed, retired",
        "inactive, discontinued, sold, donated, given, given away, given out, handed out, gone",
        "distributed, shipped, shipped out, sent, sent out, dispatched, transferred out, assigned",
        "lost, missing, stolen, lost stolen, scrap, scrapped, used up, consumed, not delivered",
        "no longer here, not here, not in stock, out of stock, written off, cancelled, canceled",
        "ausgegeben, entsorgt, archiviert, verkauft, verliehen, ausgeliehen, verloren, vernichtet",
        "geloscht, weg, gespendet, verbraucht, entregado, desechado, archivado, vendido, prestado",
        "perdido, donado, eliminado, dado de baja, sorti, jete, vendu, prete, perdu, donne",
        "distribue, supprime, detruit, epuise, agotado, ausverkauft",
        "esaurito, smaltito, venduto, consegnato, archiviato, perso, donato, entregue, descartado",
        "arquivado, doado, esgotado, emprestado, wydano, sprzedano, wyrzucono, zutylizowano",
        "oddano, wyczerpane, видано, продано, викинуто, списано, роздано, утилізовано, закінчилось",
        "выдано, выброшено, раздано, отдано, закончилось, verildi, dağıtıldı, satıldı, atıldı",
        "tükendi, bitti, arşivlendi, kayıp, مسلّم, تم التسليم, مباع, تالف, مؤرشف, نفد, مفقود",
        "تحویل شد, داده شد, فروخته شد, دور ریخته شد, بایگانی شد, تمام شد, گم شده",
        "已发放, 已售出, 已丢弃, 已归档, 用完, 已用完, 缺货, 丢失",
    )
    for word in plain_letters(words).split(",")
)
_NO: Final = frozenset(
    plain_letters(
        "no n false 0 0.0 nein non faux falsch falso não nie fałsz ні нет ложь hayır yanlış لا خطأ"
        " خیر نه 否 不 不是"
    ).split()
)
#: None are left, and yet it is an item.
_NONE_LEFT: Final = frozenset(
    plain_letters(
        "outofstock notinstock agotado epuise ausverkauft esaurito esgotado wyczerpane закінчилось"
        " закончилось tükendi bitti نفد تمامشد 用完 已用完 缺货"
    ).split()
)


class SumRow(DepotError):
    code = "sum_row"
    template = N_("“%(text)s” is a sum of the rows above.")


class HeadingRow(DepotError):
    code = "heading_row"
    template = N_("“%(text)s” is a heading.")


class NotHere(DepotError):
    code = "not_here"
    template = N_("“%(text)s”: by the file it is no longer here.")


class PerhapsHeading(DepotError):
    code = "perhaps_heading"
    template = N_("“%(text)s” has nothing but its name. If it is a heading, take it out.")


@dataclass(frozen=True, slots=True)
class SetAside:
    """Why rows are left out, by their number; the headings' words; and rows in doubt, kept."""

    rows: Mapping[int, DepotError] = field(default_factory=dict)
    headings: Mapping[int, str] = field(default_factory=dict)
    doubts: tuple[tuple[DepotError, tuple[int, ...]], ...] = ()


def find_set_aside(kind: str, table: Table, columns: Mapping[str, str]) -> SetAside:
    """Find the rows of a table that are no goods of today."""
    reasons: dict[int, DepotError] = dict(_not_here(kind, table, columns))
    for row, text in _sums(kind, table, columns):
        reasons.setdefault(row.number, SumRow(text=text[:60]))
    headings, doubts = _headings(kind, table, columns, reasons)
    for number, text in headings.items():
        reasons[number] = HeadingRow(text=text[:60])
    return SetAside(dict(sorted(reasons.items())), headings, doubts)


_plain: Final = understood_once(plain_heading)


def _not_here(
    kind: str, table: Table, columns: Mapping[str, str]
) -> Iterator[tuple[int, DepotError]]:
    kept = _NONE_LEFT if kind == ITEMS else frozenset()
    for name in ("state", "gone"):
        if name not in columns:
            continue
        header = columns[name]
        at = table.headers.index(header)
        is_gone = _is_marked_gone if name == "gone" else _is_state_gone
        for row in table.rows:
            text = row.cells[at].strip()
            if is_gone(text, header) and _plain(text).replace(" ", "") not in kept:
                shown = text if name == "state" else f"{header}: {text}"
                yield row.number, NotHere(text=shown[:60])


def _is_state_gone(text: str, header: str) -> bool:
    word = _plain(text)
    if _plain(header) in HERE_WORDS and word in _NO:
        return True
    return word.replace(" ", "") in _GONE


def _is_marked_gone(text: str, _header: str) -> bool:
    """Say whether a column like "Checked out to" says so: by yes, a date, or somebody's name."""
    return not is_nothing(text) and _plain(text) not in _NO


#: An exact number.
Rational = int | Fraction


class _Sums:
    """What the rows so far add up to: all of them, those since the last sum, and by each word."""

    def __init__(self, amounts: int | None) -> None:
        self._amounts = amounts
        self._rows = 0
        self._all: Rational = 0
        self._since: Rational = 0
        self._of: dict[str, Rational] = {}

    def add(self, row: Row) -> None:
        """Add a row that is no sum."""
        number = self._number(row)
        if number is None:
            return
        self._rows += 1
        self._all += number
        self._since += number
        for text in {_plain(cell) for cell in row.cells if cell and not _is_figure(cell)}:
            self._of[text] = self._of.get(text, 0) + number

    def begin_anew(self) -> None:
        """Remember that a sum stands here."""
        self._since = 0

    def are_in(self, row: Row, name: str) -> bool:
        """Say whether a row's figure is the sum of those above it, or of those called `name`."""
        number = self._number(row)
        if number is None or not self._rows:
            return False
        if self._rows > 1 and number in (self._all, self._since):
            return True
        return number == self._of.get(name)

    def _number(self, row: Row) -> Rational | None:
        """Return a row's figure; whole ones as whole numbers, which add up ten times as fast."""
        if self._amounts is None:
            return None
        figures = re.match(r"\s*([\d.,' ]*\d)", row.cells[self._amounts])
        try:
            number = parse_number(figures[1]) if figures else None
        except BadValue:
            return None
        return number.numerator if number is not None and number.denominator == 1 else number


@lru_cache(maxsize=4096)
def _is_figure(text: str) -> bool:
    return len(text) <= _LONGEST_FIGURE and _FIGURE.fullmatch(text.strip()) is not None


def _sums(kind: str, table: Table, columns: Mapping[str, str]) -> Iterator[tuple[Row, str]]:
    main, quantity = columns.get(_MAIN[kind], ""), columns.get("quantity", "")
    at = table.headers.index(main) if main else 0
    sums = _Sums(table.headers.index(quantity) if quantity else None)
    for row in table.rows:
        filled = [text.strip() for text in row.cells if text.strip()]
        called = row.cells[at].strip()
        label = called if _SUM.fullmatch(_plain(called)) else next(iter(filled), "")
        if _is_sum(kind, row, label, filled, sums, is_unnamed=not called):
            yield row, label
            sums.begin_anew()
        else:
            sums.add(row)


def _is_sum(
    kind: str, row: Row, label: str, filled: Sequence[str], sums: _Sums, *, is_unnamed: bool
) -> bool:
    """Say whether a row is a sum: it is called so, and its figures and words do not say otherwise.

    What is only partly called so ("Corn total"), or not at all, must be the sum of rows above.
    """
    plain = _plain(label)
    words = [text for text in filled if text != label and not _is_figure(text)]
    if _SUM.fullmatch(plain) and (kind == CRATES or not words):
        return True
    if _OF_SOMETHING.fullmatch(plain) or (is_unnamed and not words and _is_figure(label)):
        return sums.are_in(row, " ".join(_SUM_WORD.sub(" ", plain).split()))
    return False


def _headings(
    kind: str, table: Table, columns: Mapping[str, str], reasons: Mapping[int, DepotError]
) -> tuple[dict[int, str], tuple[tuple[DepotError, tuple[int, ...]], ...]]:
    """Find rows that only head those below them: one cell, capitals or a colon or a food group."""
    main = columns.get(_MAIN[kind], "")
    if kind == LOCATIONS or not main:
        return {}, ()
    at = table.headers.index(main)
    rows = [row for row in table.rows if row.number not in reasons]
    fuller = [row for row in rows if _filled(row) > 1]
    shouted = sum(row.cells[at].isupper() for row in fuller)
    are_shouted = 2 * shouted > len(fuller)
    found: dict[int, str] = {}
    doubts: list[tuple[DepotError, tuple[int, ...]]] = []
    for place, row in enumerate(rows):
        text = next((text.strip() for text in row.cells if text.strip()), "")
        if _filled(row) != 1 or any(map(str.isdigit, text)) or not fuller:
            continue
        heads = any(_filled(below) > 1 for below in rows[place + 1 : place + 3])
        if _is_heading(text, are_shouted, heads):
            ruled = _RULED.fullmatch(text)
            found[row.number] = (ruled[1] if ruled else text).strip(" :")
        elif kind == ITEMS and heads and len(fuller) * 2 > len(rows):
            doubts.append((PerhapsHeading(text=text[:60]), (row.number,)))
    return found, tuple(doubts)


def _filled(row: Row) -> int:
    return sum(bool(text.strip()) for text in row.cells)


def _is_heading(text: str, are_shouted: bool, heads: bool) -> bool:
    if text.endswith(":") or _RULED.fullmatch(text):
        return True
    if not heads:
        return False
    is_shouted = text.isupper() and sum(map(str.isalpha, text)) > 2
    return (is_shouted and not are_shouted) or name_key(text) in _CATEGORIES
