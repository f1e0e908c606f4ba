"""Papers of what happened: to a crate, and to an item with its running balance."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from flask import url_for
from flask_babel import gettext as _

from blueprints.frame.api import base_url
from blueprints.frame.web import asked_id, reader
from blueprints.papers.frame import Shown, figure, need, sheet, weight_words
from blueprints.words import filters
from blueprints.words.entries import figure_text, title_of, who_of
from depot.base.text import N_
from depot.crates.queries.crate_history import crate_history
from depot.crates.queries.crates import CrateView, LotInCrate, crate_view, find_crate
from depot.entries.queries.ledger import EntryRow
from depot.papers.paper import Block, Column, Facts, Row, Symbol, Table
from depot.stock.queries import items
from labels.symbols.codes import code_url

#: So many lines stand on one paper; older ones are on the next.
LINES: Final = 100


def cursor() -> int | None:
    """Return where a history goes on, as the address says; nonsense is its beginning."""
    return asked_id("after")


def crate(code: str) -> Shown:
    """Show a crate's contents and what happened to it."""
    session, who = reader()
    head = need(N_("crate"), code, find_crate(session, who.depot_id, code))
    view = crate_view(session, who.depot_id, head)
    after = cursor()
    page = crate_history(session, who, head.id, after, LINES)
    address = code_url(base_url(), head.code)
    places = " › ".join(step.name for step in reversed(head.path))
    facts = [(_("Stands at"), places or _("place not known"))]
    if head.box_number:
        facts.append((_("Box number"), head.box_number))
    facts.append((_("Weight"), filters.weight(view.total.grams)))
    blocks: list[Block] = [Symbol(address, _("Scan to open this crate.")), Facts("", tuple(facts))]
    paper = sheet(
        _("Crate %(code)s", code=head.code),
        [*blocks, _contents(view), _history(page.rows)],
        mark=head.code,
    )
    back = url_for("crates.show", code=head.code)
    older = page.next and url_for("papers.crate", code=head.code, after=page.next)
    newer = url_for("papers.crate", code=head.code) if after else None
    return Shown(paper, back, newer=newer, older=older or None)


def _contents(view: CrateView) -> Table:
    rows = [_lot(lot) for lot in view.lots]
    for inner in view.crates:
        rows.append(Row((_("Crate %(code)s", code=inner.code),), is_heading=True))
        rows += [_lot(lot) for lot in inner.lots]
    columns = (
        Column(_("In it now")),
        Column(_("Date on it")),
        figure(_("Weight")),
        figure(_("How much")),
    )
    return Table(_("Contents"), columns, tuple(rows), empty=_("Nothing is in it, says the book."))


def _lot(lot: LotInCrate) -> Row:
    return Row(
        (
            lot.item,
            filters.lot_date(lot.date_kind, lot.date_text),
            weight_words(lot.weight.grams, lot.weight.is_estimated),
            filters.quantity(lot.quantity, lot.unit),
        )
    )


def _history(rows: Iterable[EntryRow]) -> Table:
    columns = (
        Column(_("When")),
        Column(_("What happened")),
        Column(_("By")),
        figure(_("How much")),
    )
    lines = tuple(
        Row((filters.moment(row.occurred_at), told(row), who_of(row), figure_text(row) or ""))
        for row in rows
    )
    return Table(_("What happened"), columns, lines, empty=_("Nothing yet."))


def told(row: EntryRow) -> str:
    """Return what happened in plain words; an undone line says so."""
    words = title_of(row).striptags()
    return str(_("%(what)s (undone)", what=words)) if row.is_undone else words


def item_card(item_id: int) -> Shown:
    """Show every movement of an item with what there was afterwards, the newest first."""
    session, who = reader()
    facts = need(N_("item"), item_id, items.item_facts(session, who.depot_id, item_id))
    after = cursor()
    page = items.movements(session, who, item_id, after, LINES)
    columns = (
        Column(_("When")),
        Column(_("What happened")),
        Column(_("By")),
        figure(_("Change")),
        figure(_("Afterwards")),
        figure(_("Line")),
    )
    rows = tuple(
        Row(
            (
                filters.moment(row.entry.occurred_at),
                told(row.entry),
                who_of(row.entry),
                filters.signed(row.change, facts.unit) if row.change else "",
                filters.quantity(row.balance, facts.unit),
                filters.number(row.entry.seq),
            )
        )
        for row in page.rows
    )
    here = (
        (_("Category"), facts.category),
        (_("Here"), filters.quantity(facts.quantity, facts.unit)),
        (_("Weight"), weight_words(facts.weight.grams, facts.weight.is_estimated)),
    )
    note = _("Older lines are on the next paper.") if page.next else ""
    table = Table(
        _("What happened"), columns, rows, note=note, empty=_("Nothing happened to it yet.")
    )
    paper = sheet(facts.name, [Facts("", here), table], [_("Item card")])
    older = page.next and url_for("papers.item_card", item_id=item_id, after=page.next)
    newer = url_for("papers.item_card", item_id=item_id) if after else None
    back = url_for("items.item", item_id=item_id)
    return Shown(paper, back, newer=newer, older=older or None)
