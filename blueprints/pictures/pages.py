"""Pictures of stock: read, reckoned backwards from what is here now, drawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask import render_template, url_for
from flask_babel import gettext as _

from blueprints.frame.language import current_reader
from blueprints.frame.web import reader
from depot.base.actors import DepotView
from depot.base.clock import local_day, utc_now
from depot.base.errors import NotFound
from depot.base.text import N_
from depot.base.units import GRAM
from depot.pictures import pictures, queries
from depot.pictures.past_of_places import place_series
from depot.pictures.pictures import Measure, Picture
from depot.pictures.queries import Subject
from depot.pictures.weeks import told_weeks, weeks_until


def index() -> str:
    """Show the depot: what came in and went out, stock, ages, the year, the shelves."""
    session, who = reader()
    today, weeks = _when(who.depot)
    series = queries.weight_series(session, who.depot_id, weeks[0])
    points, measure = told_weeks(series.now, series.flows, weeks), _weight()
    places = [
        (one.path[-1], " › ".join(one.path), one.grams)
        for one in queries.fill_of_places(session, who.depot_id)
    ]
    shown = [
        pictures.flow_picture(points, measure),
        pictures.stock_picture(points, measure),
        pictures.age_picture(queries.ages(session, who.depot_id, today), measure),
        pictures.year_picture(series.flows, weeks[0], today, measure),
        *([pictures.shelf_picture(places, measure)] if places else []),
    ]
    return _page(_("Pictures"), shown, url_for("reports.weekly"), _("Report"))


def item(item_id: int) -> str:
    """Show an item: stock, what came in and went out, ages."""
    session, who = reader()
    found = _need(queries.find_item(session, who.depot_id, item_id), N_("item"), item_id)
    today, weeks = _when(who.depot)
    series = queries.item_series(session, who.depot_id, found.id, weeks[0])
    points = told_weeks(series.now, series.flows, weeks)
    measure = Measure(found.unit, current_reader())
    by_age = queries.ages(session, who.depot_id, today, item_id=found.id)
    shown = [
        pictures.stock_picture(points, measure),
        pictures.flow_picture(points, measure),
        pictures.age_picture(by_age, measure),
    ]
    return _page(found.name, shown, url_for("items.item", item_id=found.id), found.name)


def category(category_id: int) -> str:
    """Show a category: stock, what came in and went out, ages."""
    session, who = reader()
    found = queries.find_category(session, who.depot_id, category_id)
    found = _need(found, N_("category"), category_id)
    today, weeks = _when(who.depot)
    series = queries.weight_series(session, who.depot_id, weeks[0], found.id)
    points, measure = told_weeks(series.now, series.flows, weeks), _weight()
    by_age = queries.ages(session, who.depot_id, today, category_id=found.id)
    shown = [
        pictures.stock_picture(points, measure),
        pictures.flow_picture(points, measure),
        pictures.age_picture(by_age, measure),
    ]
    return _page(found.name, shown, url_for("stock.index"), _("Stock"))


def donor(partner_id: int) -> str:
    """Show a donor: what they gave."""
    session, who = reader()
    found = _need(queries.find_donor(session, who.depot_id, partner_id), N_("partner"), partner_id)
    _today, weeks = _when(who.depot)
    given = queries.given_by_day(session, who.depot, found.id, weeks[0])
    shown = [pictures.given_picture(told_weeks(0, given, weeks), _weight())]
    return _page(found.name, shown, url_for("partners.partner", partner_id=found.id), found.name)


def place(location_id: int) -> str:
    """Show a place: how much lay there week by week, and the ages of what lies there now."""
    session, who = reader()
    found = _need(queries.find_place(session, who.depot_id, location_id), N_("place"), location_id)
    today, weeks = _when(who.depot)
    series = place_series(session, who.depot, found.id, weeks)
    by_age = queries.ages(session, who.depot_id, today, place_id=found.id)
    shown = [
        pictures.stock_picture(told_weeks(series.now, series.flows, weeks), _weight()),
        pictures.age_picture(by_age, _weight()),
    ]
    return _page(found.name, shown, url_for("locations.place", location_id=found.id), found.name)


def _when(depot: DepotView) -> tuple[date, list[date]]:
    """Return the depot's present day, and the first days of the weeks that are drawn."""
    today = local_day(utc_now(), depot.time_zone)
    return today, weeks_until(today, depot.week_start)


def _weight() -> Measure:
    return Measure(GRAM, current_reader(), is_weight=True)


def _need(found: Subject | None, what: str, number: int) -> Subject:
    if found is None:
        raise NotFound(what=what, name=number)
    return found


def _page(title: str, shown: Sequence[Picture], back_to: str, back_words: str) -> str:
    return render_template(
        "pictures/show.html", title=title, shown=shown, back_to=back_to, back_words=back_words
    )
