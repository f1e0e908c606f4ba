"""What a depot needs, for anybody: a page, JSON and a feed. Nothing else of the depot is told.

What is off, and what never was, look the same from outside.
"""

from __future__ import annotations

from typing import Any

from flask import (
    Response,
    abort,
    current_app,
    jsonify,
    render_template,
    request,
    url_for,
)

from blueprints.frame.api import base_url
from blueprints.frame.language import current_reader, has_chosen_language, read_in_depot
from blueprints.frame.web import kept_for_all
from blueprints.needs import words
from blueprints.needs.feed import atom_feed
from depot.db.database import current_session
from depot.needs.coordinates import MICRODEGREES
from depot.needs.queries.shown import (
    FEED_LENGTH,
    PublicNeeds,
    WantedGoodsLine,
    in_readers_words,
    public_needs,
)

#: Seconds for which an answer may be kept by whoever got it, and on the way.
CACHE_SECONDS = 300


def page(slug: str) -> Response:
    """Show the list."""
    found = _in_readers_words(_found(slug, "on_page"))
    if _is_personal():
        html = _html(slug, found)
    else:
        key = ("needs page", slug, current_reader().tag, found)
        html = kept_for_all(key, lambda: _html(slug, found))
    return _kept(Response(html, content_type="text/html; charset=utf-8"), found)


def _html(slug: str, found: PublicNeeds) -> str:
    return render_template(
        "needs/public.html",
        depot_name=found.depot_name,
        needs=found,
        page_href=url_for("needs_public.page", slug=slug),
        title=words.feed_title(found, current_reader()),
        changed=words.change_day_words(found.now.changed_at, found.time_zone, current_reader()),
        json_href=url_for("needs_public.as_json", slug=slug) if found.switches.as_json else None,
        map_href=url_for("needs_public.as_geojson", slug=slug) if found.switches.as_json else None,
        feed_href=url_for("needs_public.as_feed", slug=slug) if found.switches.as_feed else None,
    )


def _is_personal() -> bool:
    """Say whether somebody asks to whom a page may say more than to everybody, or otherwise."""
    has_session = current_app.config["SESSION_COOKIE_NAME"] in request.cookies
    return has_session or has_chosen_language()


def as_json(slug: str) -> Response:
    """Send the list to a program of somebody's."""
    found = _found(slug, "as_json")
    return _for_programs(jsonify(_told(found)), found)


def as_geojson(slug: str) -> Response:
    """Send the list to a map (RFC 7946): one feature, where things are brought if that is known."""
    found = _found(slug, "as_json")
    feature = {"type": "Feature", "geometry": _point(found), "properties": _told(found)}
    answer = jsonify({"type": "FeatureCollection", "features": [feature]})
    answer.content_type = "application/geo+json"
    return _for_programs(answer, found)


def _told(found: PublicNeeds) -> dict[str, Any]:
    return {
        "depot": found.depot_name,
        "changed_at": found.now.changed_at.isoformat(),
        "short": _plain(found.now.short),
        "too_much": _plain(found.now.too_much),
        "words": found.switches.words,
    }


def _point(found: PublicNeeds) -> dict[str, Any] | None:
    if found.switches.place is None:
        return None
    north, east = found.switches.place
    return {"type": "Point", "coordinates": [east / MICRODEGREES, north / MICRODEGREES]}


def _for_programs(answer: Response, found: PublicNeeds) -> Response:
    answer.headers["Access-Control-Allow-Origin"] = "*"  # for the web page of a town
    return _kept(answer, found)


def as_feed(slug: str) -> Response:
    """Send the list and its last changes as a feed."""
    found = _in_readers_words(_found(slug, "as_feed", FEED_LENGTH))
    own = base_url() + url_for("needs_public.as_feed", slug=slug)
    on_page = base_url() + url_for("needs_public.page", slug=slug)
    text = atom_feed(found, own, on_page if found.switches.on_page else "", current_reader())
    return _kept(Response(text, content_type="application/atom+xml; charset=utf-8"), found)


def _found(slug: str, switch: str, lists: int = 1) -> PublicNeeds:
    found = public_needs(current_session(), slug, lists)
    if found is None or not getattr(found.switches, switch):
        abort(404)
    read_in_depot(found.language)
    return found


def _in_readers_words(found: PublicNeeds) -> PublicNeeds:
    current_reader()  # from here on names are read in their language
    return in_readers_words(current_session(), found)


def _plain(names: tuple[WantedGoodsLine, ...]) -> list[dict[str, str]]:
    return [{"name": one.name, "note": one.note} for one in names]


def _kept(response: Response, found: PublicNeeds) -> Response:
    """Let the answer be kept for some minutes, and asked for again by its digest.

    Not for somebody who is signed in: nothing that bears a cookie is kept on the way. Whoever chose
    a language is not given what was kept before they did.
    """
    response.last_modified = found.now.changed_at
    response.add_etag()
    response.vary.add("Cookie")
    if _is_personal():
        response.headers["Cache-Control"] = "private, no-cache"
    else:
        response.headers["Cache-Control"] = f"public, max-age={CACHE_SECONDS}"
        response.vary.add("Accept-Language")
    made: Any = response.make_conditional(request)
    kept: Response = made
    return kept
