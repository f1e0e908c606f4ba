"""Papers of what is here: the stock list, the count sheet, and what to hand out first."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final, NamedTuple

from flask import request, url_for
from flask_babel import gettext as _

from blueprints.frame.web import query_text, query_wish, reader
from blueprints.papers.frame import PaperPage, Tab, found_or_404, paper_reader, wish_page
from blueprints.words.listing.places import MOST_BUTTONS, offered_places
from depot.base.clock import local_day, utc_now
from depot.base.text import N_
from depot.locations.queries.places import place_row
from depot.locations.queries.shelves import narrow_shelves, shelves
from depot.stock.papers import count_sheet_paper, first_out_paper, stock_list_paper
from depot.stock.queries import stock

#: For how many days ahead the list of what to hand out first may look.
SPANS: Final = (7, 14, 30, 90)


class PlaceChoices(NamedTuple):
    """How a paper is narrowed to a place: by tabs, or from a list."""

    tabs: tuple[tuple[str, tuple[Tab, ...]], ...]
    places: tuple[tuple[str, str], ...]


def _place_id() -> int | None:
    """Return the place asked for. Raises NotFound for one that the depot has not."""
    text = query_text("place")
    if not text:
        return None
    session, who = reader()
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
    return found_or_404(N_("place"), text, place_row(session, who.depot_id, number)).id


def _places(endpoint: str, wanted: int | None, **kept: Any) -> PlaceChoices:
    """Return the choice of a place: tabs where they are few, else a tree to choose from."""
    rooms = offered_places().ids()
    if len(rooms) > MOST_BUTTONS:
        return PlaceChoices((), tuple(rooms))
    everywhere = (url_for(endpoint, **kept), _("Everywhere"), wanted is None)
    tabs = [
        (url_for(endpoint, place=number, **kept), name.strip(), number == str(wanted))
        for number, name in rooms
    ]
    return PlaceChoices(((_("Which place"), (everywhere, *tabs)),), ())


def stock_list() -> PaperPage:
    """Show every lot where it lies, with sums."""
    session, who = reader()
    wanted = _place_id()
    wish = query_wish()
    found = narrow_shelves(shelves(session, who.depot_id, wanted), wish)
    paper = stock_list_paper(found, who, paper_reader(), of_one_place=wanted is not None, wish=wish)
    kept = {"without": list(wish.without), "diet": list(wish.diets)}
    where = _places("papers.stock_list", wanted, **kept)
    wishes = wish_page(wish)
    back = url_for("papers.index")
    return PaperPage(paper, back, where.tabs, wishes=wishes, places=where.places)


def count_sheet() -> PaperPage:
    """Show what to count, with room for the numbers; blind, without what the book says."""
    session, who = reader()
    wanted, blind = _place_id(), bool(query_text("blind"))
    found = shelves(session, who.depot_id, wanted)
    paper = count_sheet_paper(
        found, who, paper_reader(), of_one_place=wanted is not None, is_blind=blind
    )
    chosen = {"blind": "yes"} if blind else {}
    place: dict[str, Any] = {"place": wanted} if wanted is not None else {}
    kinds = (
        (url_for("papers.count_sheet", **place), _("With what the book says"), not blind),
        (url_for("papers.count_sheet", blind="yes", **place), _("Blind"), blind),
    )
    where = _places("papers.count_sheet", wanted, **chosen)
    tabs = [(_("Which sheet"), kinds), *where.tabs]
    if wanted is not None:
        begin = url_for("counts.new", place=wanted)
        numbered = (begin, _("Begin the count: lines with numbers, to type in"), False)
        tabs.append((_("To be typed in"), (numbered,)))
    return PaperPage(paper, url_for("papers.index"), tuple(tabs), places=where.places)


def first() -> PaperPage:
    """Show what must be handed out soon, the most urgent first."""
    session, who = reader()
    days = request.args.get("days", SPANS[0], int)
    days = days if days in SPANS else SPANS[0]
    today = local_day(utc_now(), who.depot.time_zone)
    lots = stock.expiring_lots(session, who.depot_id, today, timedelta(days=days))
    tabs = tuple(
        (url_for("papers.first", days=span), _("%(count)s days", count=span), span == days)
        for span in SPANS
    )
    paper = first_out_paper(lots, days, today, who, paper_reader())
    return PaperPage(paper, url_for("stock.first"), ((_("How far ahead"), tabs),))
