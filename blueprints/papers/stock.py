"""Papers of what is here: the stock list, the count sheet, and what to hand out first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any, Final

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from blueprints.frame.language import current_reader
from blueprints.frame.web import query_text, reader
from blueprints.papers.frame import (
    PaperPage,
    Tab,
    blank_column,
    found_or_404,
    make_paper,
    paper_weight_words,
)
from depot.base.clock import local_day, utc_now
from depot.base.text import N_
from depot.items.queries import catalog
from depot.kernel.weights import total_weight
from depot.locations.queries.places import place_row
from depot.locations.queries.shelves import LotOnHand, PlaceGoods, shelves
from depot.papers.paper import Blanks, Block, Column, Row, Table, Words
from depot.papers.parts import figure_column
from depot.stock.queries import stock
from depot.words import figures

#: For how many days ahead the list of what to hand out first may look.
SPANS: Final = (7, 14, 30, 90)
#: So many empty lines stand under each place of a count sheet, for what the book does not know.
FOUND_THERE: Final = 3


def _place_id() -> int | None:
    """Return the place asked for. Raises NotFound for one that the depot has not."""
    text = query_text("place")
    if not text:
        return None
    session, who = reader()
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
    return found_or_404(N_("place"), text, place_row(session, who.depot_id, number)).id


def _places(endpoint: str, wanted: int | None, **kept: Any) -> tuple[str, tuple[Tab, ...]]:
    session, who = reader()
    everywhere = (url_for(endpoint, **kept), _("Everywhere"), wanted is None)
    rooms = [
        (url_for(endpoint, place=place.id, **kept), place.name, place.id == wanted)
        for place in catalog.places(session, who.depot_id)
    ]
    return _("Which place"), (everywhere, *rooms)


def path_words(shelf: PlaceGoods) -> str:
    """Return a place with the rooms it is in, the largest first."""
    return " › ".join(reversed(shelf.path)) or _("Crates of which nobody said where they are")


def crate_words(lot: LotOnHand) -> str:
    """Return the crate a lot is in, and the one that stands on."""
    return " / ".join(lot.crates)


def stock_list() -> PaperPage:
    """Show every lot where it lies, with sums."""
    session, who = reader()
    wanted = _place_id()
    found = [one for one in shelves(session, who.depot_id, wanted) if one.lots]
    weights = [lot.weight for shelf in found for lot in shelf.lots]
    columns = (
        Column(_("Item")),
        Column(_("Date on it")),
        Column(_("Crate")),
        figure_column(_("Weight")),
        figure_column(_("Here")),
    )
    table = Table(
        "",
        columns,
        tuple(_stock_rows(found)),
        (_("All"), "", "", figures.weight(total_weight(weights).grams, current_reader()), ""),
        note=_not_weighed(total_weight(weights).not_weighed),
        empty=_("Nothing is here."),
    )
    title = _("Stock list")
    lead = [
        _("What is here on %(when)s", when=figures.moment(utc_now(), current_reader())),
        *_where(found, wanted),
    ]
    tabs = (_places("papers.stock_list", wanted),)
    return PaperPage(make_paper(title, [table], lead), url_for("papers.index"), tabs)


def _where(found: list[PlaceGoods], wanted: int | None) -> list[str]:
    return [path_words(found[0])] if wanted is not None and found else []


def _stock_rows(found: Iterable[PlaceGoods]) -> Iterator[Row]:
    for shelf in found:
        yield Row((path_words(shelf),), is_heading=True)
        for lot in shelf.lots:
            yield Row(
                (
                    _item(lot),
                    figures.lot_date(lot.date_kind, lot.date_text, current_reader())
                    if lot.date_text
                    else "",
                    crate_words(lot),
                    "" if lot.unit == "gram" else _weight(lot),
                    figures.quantity(lot.quantity, lot.unit, current_reader()),
                )
            )


def _item(lot: LotOnHand) -> str:
    if not lot.lot_code:
        return lot.item
    return str(_("%(item)s, lot %(code)s", item=lot.item, code=lot.lot_code))


def _weight(lot: LotOnHand) -> str:
    return paper_weight_words(lot.weight.grams, lot.weight.is_estimated)


def _not_weighed(count: int) -> str:
    if not count:
        return ""
    return str(
        ngettext(
            "%(num)s line has no weight and is not in the sum.",
            "%(num)s lines have no weight and are not in the sum.",
            count,
        )
    )


def count_sheet() -> PaperPage:
    """Show what to count, with room for the numbers; blind, without what the book says."""
    session, who = reader()
    wanted, blind = _place_id(), bool(query_text("blind"))
    found = shelves(session, who.depot_id, wanted)
    columns = [Column(_("Item")), Column(_("Date on it")), Column(_("Crate"))]
    if not blind:
        columns.append(figure_column(_("The book says")))
    columns.append(blank_column(_("Counted")))
    rows = tuple(_count_rows(found, len(columns), blind))
    how = _("Count what is there, not what should be. Nothing there is 0; not counted stays empty.")
    blocks: list[Block] = [
        Blanks((_("Counted by"), _("Day and time"))),
        Table("", tuple(columns), rows, empty=_("There is no place to count.")),
    ]
    chosen = {"blind": "yes"} if blind else {}
    place: dict[str, Any] = {"place": wanted} if wanted is not None else {}
    kinds = (
        (url_for("papers.count_sheet", **place), _("With what the book says"), not blind),
        (url_for("papers.count_sheet", blind="yes", **place), _("Blind"), blind),
    )
    title = _("Count sheet, blind") if blind else _("Count sheet")
    tabs = [(_("Which sheet"), kinds), _places("papers.count_sheet", wanted, **chosen)]
    if wanted is not None:
        begin = url_for("counts.new", place=wanted)
        numbered = (begin, _("Begin the count: lines with numbers, to type in"), False)
        tabs.append((_("To be typed in"), (numbered,)))
    return PaperPage(
        make_paper(title, blocks, [how, *_where(found, wanted)]),
        url_for("papers.index"),
        tuple(tabs),
    )


def _count_rows(found: Iterable[PlaceGoods], columns: int, blind: bool) -> Iterator[Row]:
    for shelf in found:
        yield Row((path_words(shelf),), is_heading=True)
        for lot in shelf.lots:
            said = [] if blind else [figures.quantity(lot.quantity, lot.unit, current_reader())]
            dated = (
                figures.lot_date(lot.date_kind, lot.date_text, current_reader())
                if lot.date_text
                else ""
            )
            yield Row((_item(lot), dated, crate_words(lot), *said, unit_words(lot.unit)))
        for _line in range(FOUND_THERE):
            yield Row(("",) * columns)


def unit_words(unit: str) -> str:
    """What a number is written in, beside the empty box: nothing for pieces."""
    _session, who = reader()
    words: dict[str, str] = {"gram": who.depot.weight_unit, "millilitre": _("l")}
    return words.get(unit, "")


def first() -> PaperPage:
    """Show what must be handed out soon, the most urgent first."""
    session, who = reader()
    days = request.args.get("days", SPANS[0], int)
    days = days if days in SPANS else SPANS[0]
    today = local_day(utc_now(), who.depot.time_zone)
    lots = stock.expiring_lots(session, who.depot_id, today, timedelta(days=days))
    rows = tuple(
        Row(
            (
                figures.day(lot.give_out_until, current_reader()),
                lot.item,
                figures.lot_date(lot.date_kind, lot.date_text, current_reader()),
                ", ".join(held.name for held in lot.places[:6]),
                figures.quantity(lot.quantity, lot.unit, current_reader()),
                "",
            )
        )
        for lot in lots
    )
    columns = (
        Column(_("Until")),
        Column(_("Item")),
        Column(_("Date on it")),
        Column(_("Where")),
        figure_column(_("Here")),
        blank_column(_("Done")),
    )
    past = sum(lot.give_out_until is not None and lot.give_out_until < today for lot in lots)
    blocks: list[Block] = []
    if past:
        warning = ngettext(
            "%(num)s line is past its day: look at it, and take it out if it is no longer good.",
            "%(num)s lines are past their day: look at them, and take out what is no longer good.",
            past,
        )
        blocks.append(Words(warning, "strong"))
    blocks.append(Table("", columns, rows, empty=_("Nothing is pressing.")))
    tabs = tuple(
        (url_for("papers.first", days=span), _("%(count)s days", count=span), span == days)
        for span in SPANS
    )
    lead = [_("What must go within %(count)s days, the most urgent first", count=days)]
    paper = make_paper(_("Hand out first"), blocks, lead)
    return PaperPage(paper, url_for("stock.first"), ((_("How far ahead"), tabs),))
