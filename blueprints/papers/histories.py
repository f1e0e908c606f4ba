"""Papers of what happened: to a crate, and to an item with its running balance."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from flask import url_for
from flask_babel import gettext as _

from blueprints.frame.api import base_url
from blueprints.frame.language import current_reader
from blueprints.frame.web import query_id, reader
from blueprints.papers.frame import (
    PaperPage,
    found_or_404,
    make_paper,
    paper_weight_words,
)
from blueprints.words.entries import author_of, entry_title, figure_text
from depot.base.text import N_
from depot.crates.queries.crate_history import crate_history
from depot.crates.queries.crates import CrateView, LotInCrate, crate_view, find_crate
from depot.entries.queries.ledger import EntryRow
from depot.papers.paper import Block, Column, Facts, Row, Symbol, Table
from depot.papers.parts import figure_column
from depot.stock.queries import items
from depot.words import figures
from labels.symbols.codes import code_url

#: So many lines stand on one paper; older ones are on the next.
HISTORY_LINES: Final = 100


def cursor() -> int | None:
    """Return where a history goes on, as the address says; nonsense is its beginning."""
    return query_id("after")


def crate(code: str) -> PaperPage:
    """Show a crate's contents and what happened to it."""
    session, who = reader()
    head = found_or_404(N_("crate"), code, find_crate(session, who.depot_id, code))
    view = crate_view(session, who.depot_id, head)
    after = cursor()
    page = crate_history(session, who, head.id, after, HISTORY_LINES)
    address = code_url(base_url(), head.code)
    places = " › ".join(step.name for step in reversed(head.path))
    facts = [(_("Stands at"), places or _("place not known"))]
    if head.box_number:
        facts.append((_("Box number"), head.box_number))
    facts.append((_("Weight"), figures.weight(view.total.grams, current_reader())))
    blocks: list[Block] = [Symbol(address, _("Scan to open this crate.")), Facts("", tuple(facts))]
    paper = make_paper(
        _("Crate %(code)s", code=head.code),
        [*blocks, _contents(view), _history(page.rows)],
        mark=head.code,
    )
    back = url_for("crates.show", code=head.code)
    older = page.next and url_for("papers.crate", code=head.code, after=page.next)
    newer = url_for("papers.crate", code=head.code) if after else None
    return PaperPage(paper, back, newer=newer, older=older or None)


def _contents(view: CrateView) -> Table:
    rows = [_lot(lot) for lot in view.lots]
    for inner in view.crates:
        rows.append(Row((_("Crate %(code)s", code=inner.code),), is_heading=True))
        rows += [_lot(lot) for lot in inner.lots]
    columns = (
        Column(_("In it now")),
        Column(_("Date on it")),
        figure_column(_("Weight")),
        figure_column(_("How much")),
    )
    return Table(_("Contents"), columns, tuple(rows), empty=_("Nothing is in it, says the book."))


def _lot(lot: LotInCrate) -> Row:
    return Row(
        (
            lot.item,
            figures.lot_date(lot.date_kind, lot.date_text, current_reader()),
            paper_weight_words(lot.weight.grams, lot.weight.is_estimated),
            figures.quantity(lot.quantity, lot.unit, current_reader()),
        )
    )


def _history(rows: Iterable[EntryRow]) -> Table:
    columns = (
        Column(_("When")),
        Column(_("What happened")),
        Column(_("By")),
        figure_column(_("How much")),
    )
    lines = tuple(
        Row(
            (
                figures.moment(row.occurred_at, current_reader()),
                entry_line_words(row),
                author_of(row, current_reader()),
                figure_text(row, current_reader()) or "",
            )
        )
        for row in rows
    )
    return Table(_("What happened"), columns, lines, empty=_("Nothing yet."))


def entry_line_words(row: EntryRow) -> str:
    """Return what happened in plain words; an undone line says so."""
    words = entry_title(row, current_reader()).striptags()
    return str(_("%(what)s (undone)", what=words)) if row.is_undone else words


def item_card(item_id: int) -> PaperPage:
    """Show every movement of an item with what there was afterwards, the newest first."""
    session, who = reader()
    facts = found_or_404(N_("item"), item_id, items.item_facts(session, who.depot_id, item_id))
    after = cursor()
    page = items.movements(session, who, item_id, after, HISTORY_LINES)
    columns = (
        Column(_("When")),
        Column(_("What happened")),
        Column(_("By")),
        figure_column(_("Change")),
        figure_column(_("Afterwards")),
        figure_column(_("Line")),
    )
    rows = tuple(
        Row(
            (
                figures.moment(row.entry.occurred_at, current_reader()),
                entry_line_words(row.entry),
                author_of(row.entry, current_reader()),
                figures.signed_number(row.change, facts.unit, current_reader())
                if row.change
                else "",
                figures.quantity(row.balance, facts.unit, current_reader()),
                figures.number(row.entry.seq, current_reader()),
            )
        )
        for row in page.rows
    )
    here = (
        (_("Category"), facts.category),
        (_("Here"), figures.quantity(facts.quantity, facts.unit, current_reader())),
        (_("Weight"), paper_weight_words(facts.weight.grams, facts.weight.is_estimated)),
    )
    note = _("Older lines are on the next paper.") if page.next else ""
    table = Table(
        _("What happened"), columns, rows, note=note, empty=_("Nothing happened to it yet.")
    )
    paper = make_paper(facts.name, [Facts("", here), table], [_("Item card")])
    older = page.next and url_for("papers.item_card", item_id=item_id, after=page.next)
    newer = url_for("papers.item_card", item_id=item_id) if after else None
    back = url_for("items.item", item_id=item_id)
    return PaperPage(paper, back, newer=newer, older=older or None)
