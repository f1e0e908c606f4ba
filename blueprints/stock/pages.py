"""Stock: what is here, by item, by place, by category, and what must go first."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.frame.web import asked, reader
from blueprints.stock import (
    categories,
    goods_pages,
    item_forms,
    listings,
    partner_pages,
    place_pages,
)
from blueprints.stock.frame import (
    ID,
    SOON,
    SPANS,
    Asked,
    asked_stock,
    bp,
    cursor,
    found_or_404,
    total_text,
    weight_text,
)
from blueprints.stock.words import one_weighs, unit_words
from blueprints.words.allergens import contains
from blueprints.words.entries import told
from blueprints.words.filters import quantity
from depot.base.clock import local_day, utc_now
from depot.base.text import N_
from depot.items.queries.item_codes import codes_of_item
from depot.kernel.weights import total
from depot.locations.queries import places
from depot.stock.queries import items, stock

#: The slice's one blueprint, complete once its other pages are imported here.
__all__ = [
    "bp",
    "categories",
    "goods_pages",
    "item_forms",
    "listings",
    "partner_pages",
    "place_pages",
]
VIEWS = ("item", "place", "category")


@bp.get("/")
def index() -> ResponseReturnValue:
    """Show what is here, now or at a past moment, in one of three views."""
    wanted = asked_stock()
    view = asked("by", "item")
    view = view if view in VIEWS else "item"
    page = _stock_page(view, wanted)
    return page, 422 if wanted.errors else 200


def _stock_page(view: str, wanted: Asked) -> str:
    session, who = reader()
    found = stock.stock_by_item(session, who.depot_id, wanted.as_of, wanted.search)
    today = local_day(wanted.as_of or utc_now(), who.depot.time_zone)
    more: dict[str, Any] = {}
    if view == "place":
        more["places"] = places.stock_by_place(session, who.depot_id, wanted.as_of, wanted.search)
    if view == "category":
        more["categories"] = stock.by_category(session, who.depot_id, found)
    soon = stock.expiring_lots(session, who.depot_id, today, SOON) if not wanted.as_of else []
    return render_template(
        "stock/index.html",
        view=view,
        tabs=_tabs(view, wanted),
        items=found,
        total=total(row.weight for row in found),
        soon=len(soon),
        today=today,
        urgent_until=today + SOON,
        values=wanted.values,
        errors=wanted.errors,
        wanted=wanted,
        weight_text=weight_text,
        total_text=total_text,
        **more,
    )


def _tabs(view: str, wanted: Asked) -> list[tuple[str, str, bool]]:
    words = {"item": _("By item"), "place": _("By place"), "category": _("By category")}
    found = [
        (url_for("stock.index", by=name, **wanted.again), words[name], name == view)
        for name in VIEWS
    ]
    return [*found, (url_for("stock.first"), _("Give out first"), view == "first")]


@bp.get("/first")
def first() -> ResponseReturnValue:
    """Show what must be given out soon, the most urgent first."""
    session, who = reader()
    days = request.args.get("days", SPANS[0], int)
    days = days if days in SPANS else SPANS[0]
    today = local_day(utc_now(), who.depot.time_zone)
    return render_template(
        "stock/first.html",
        tabs=_tabs("first", Asked()),
        spans=[
            (url_for("stock.first", days=span), _("%(count)s days", count=span), span == days)
            for span in SPANS
        ],
        days=days,
        lots=stock.expiring_lots(session, who.depot_id, today, timedelta(days=days)),
        today=today,
        weight_text=weight_text,
    )


@bp.get(f"/items/<{ID}:item_id>")
def item(item_id: int) -> ResponseReturnValue:
    """Show an item: how much is here, where and how old, and what happened to it."""
    session, who = reader()
    facts = found_or_404(N_("item"), item_id, items.item_facts(session, who.depot_id, item_id))
    after = cursor()
    page = items.movements(session, who, item_id, after)
    return render_template(
        "stock/item.html",
        who=who,
        facts=facts,
        unit_words=unit_words(),
        contains=contains(facts.allergens),
        one_weighs=one_weighs(facts, who.depot.weight_unit),
        lots=stock.lots_of_item(session, who.depot_id, item_id),
        movements=[(told(row.entry), quantity(row.balance, facts.unit)) for row in page.rows],
        newest=url_for("stock.item", item_id=item_id) if after else None,
        older=url_for("stock.item", item_id=item_id, after=page.next) if page.next else None,
        today=local_day(utc_now(), who.depot.time_zone),
        weight_text=weight_text,
        codes=codes_of_item(session, who.depot_id, item_id),
    )
