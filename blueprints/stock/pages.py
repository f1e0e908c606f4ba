"""Stock: what is here, by item, by place, by category, and what must go first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any, Final

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.language import current_reader
from blueprints.frame.web import numbered_address, query_id, query_text, reader
from blueprints.stock.moments import EXPIRING_WITHIN, SPANS, StockQuestion, read_stock_question
from blueprints.words.listing.arranged import Arrangement, read_arranged
from blueprints.words.listing.icons import category_icon
from blueprints.words.listing.paged import page_after
from blueprints.words.photos.shown import photos
from blueprints.words.weights import total_text, weight_text
from depot.base.clock import local_day, utc_now
from depot.base.names import natural_sort_key
from depot.base.text import N_
from depot.items.queries.foods import used_diets
from depot.kernel.promises.reading import promised_by_item
from depot.kernel.weights import total_weight
from depot.locations.queries import places
from depot.stock.queries import stock
from depot.stock.queries.stock import ItemStock
from depot.words.allergens import food_words, wish_choices

VIEWS = ("item", "place", "category")
LIST: Final = Arrangement(
    key="stock",
    orders={"item": N_("Item"), "category": N_("Category"), "date": N_("Give out until")},
    columns={
        "category": N_("Category"),
        "date": N_("Date"),
        "weight": N_("Weight"),
        "promised": N_("Promised"),
        "free": N_("Free"),
    },
    size=100,
)


def index() -> ResponseReturnValue:
    """Show what is here, now or at a past moment, in one of three views."""
    wanted = read_stock_question()
    view = query_text("by", "item")
    view = view if view in VIEWS else "item"
    page = _stock_page(view, wanted)
    return page, 422 if wanted.errors else 200


def _stock_page(view: str, wanted: StockQuestion) -> str:
    session, who = reader()
    found = stock.stock_by_item(session, who.depot_id, wanted.as_of, wanted.search, wanted.wish)
    today = local_day(wanted.as_of or utc_now(), who.depot.time_zone)
    promised = promised_by_item(session, who.depot_id, today, wanted.as_of)
    more: dict[str, Any] = {}
    listed: Sequence[ItemStock] = ()
    if view == "item":
        arranged = read_arranged(LIST)
        in_order = _in_order(found, arranged.order)
        listed, last = page_after(in_order, _item_of, query_id("after"), arranged.size)
        again: dict[str, Any] = {"by": view, **wanted.again}
        more |= {"arranged": arranged, "asked": again}
        more["next"] = last and url_for("stock.index", **again | arranged.values, after=last)
    if view == "place":
        asked = (wanted.as_of, wanted.search, wanted.wish)
        more["places"] = places.stock_by_place(session, who.depot_id, *asked)
    if view == "category":
        more["categories"] = stock.stock_by_category(session, who.depot_id, found)
    soon = (
        stock.expiring_count(session, who.depot_id, today, EXPIRING_WITHIN)
        if view == "item" and not (wanted.as_of or wanted.search or wanted.wish)
        else 0
    )
    return render_template(
        "stock/index.html",
        view=view,
        tabs=_tabs(view, wanted),
        items=[(row, row.figures(today, promised.get(row.item_id, 0))) for row in listed],
        photos=photos([row.item_id for row in listed]),
        category_icon=category_icon,
        item_address=numbered_address("items.item", "item_id"),
        total=total_weight(row.weight for row in found),
        soon=soon,
        today=today,
        urgent_until=today + EXPIRING_WITHIN,
        values=wanted.values,
        errors=wanted.errors,
        wanted=wanted,
        wishes=wish_choices(wanted.wish, used_diets(session, who.depot_id), current_reader()),
        food_words=partial(food_words, reader=current_reader()),
        weight_text=partial(weight_text, reader=current_reader()),
        total_text=partial(total_text, reader=current_reader()),
        **more,
    )


def _item_of(row: ItemStock) -> int:
    return row.item_id


def _in_order(rows: Sequence[ItemStock], order: str) -> list[ItemStock]:
    """Return the items, which come by name, in the order that was asked for."""
    if order == "category":
        return sorted(rows, key=lambda row: natural_sort_key(row.category))
    if order == "date":
        return sorted(rows, key=lambda row: row.give_out_until or date.max)
    return list(rows)


def _tabs(view: str, wanted: StockQuestion) -> list[tuple[str, str, bool]]:
    words = {"item": _("By item"), "place": _("By place"), "category": _("By category")}
    found = [
        (url_for("stock.index", by=name, **wanted.again), words[name], name == view)
        for name in VIEWS
    ]
    return [*found, (url_for("stock.first"), _("Hand out first"), view == "first")]


def first() -> ResponseReturnValue:
    """Show what must be given out soon, the most urgent first."""
    session, who = reader()
    days = request.args.get("days", SPANS[0], int)
    days = days if days in SPANS else SPANS[0]
    today = local_day(utc_now(), who.depot.time_zone)
    return render_template(
        "stock/first.html",
        tabs=_tabs("first", StockQuestion()),
        spans=[
            (url_for("stock.first", days=span), _("%(count)s days", count=span), span == days)
            for span in SPANS
        ],
        days=days,
        lots=stock.expiring_lots(session, who.depot_id, today, timedelta(days=days)),
        today=today,
        weight_text=partial(weight_text, reader=current_reader()),
    )
