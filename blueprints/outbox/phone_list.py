"""The list that a phone keeps: made anew only if something in it may have changed."""

from __future__ import annotations

from flask import Response, jsonify, request

from blueprints.frame.language import current_reader
from blueprints.frame.web import reader
from blueprints.outbox.pages import pages_to_keep
from depot.base.clock import local_day, utc_now
from depot.devices.queries import names_without_pin
from depot.distribution.queries.events import event_lists
from depot.scanning.queries.phone_list import (
    PhoneCrate,
    catalogue,
    chain_seal,
    phone_crates,
    version_of,
)
from depot.words import figures
from depot.words.goods import name_goods
from depot.words.reader import Reader


def answer_phone_list() -> Response:
    """Answer with the list, or 304 to a phone that has it."""
    session, who = reader()
    known = catalogue(session, who.depot_id, local_day(utc_now(), who.depot.time_zone))
    events = [(event.id, event.name) for event in event_lists(session, who).today if event.is_on]
    pages = pages_to_keep(event_id for event_id, _name in events)
    names = names_without_pin(session, who, utc_now())
    asked = [names, pages, events, current_reader().language, who.depot.weight_unit]
    version = version_of(chain_seal(session, who.depot_id), known, *asked)
    answer = Response(status=304)
    if not request.if_none_match.contains_weak(version):
        asker = current_reader()
        crates = [_crate(crate, asker) for crate in phone_crates(session, who.depot_id)]
        told = {
            "at": figures.to_local(utc_now(), current_reader()).isoformat(timespec="seconds"),
            "depot": who.depot_id,
            "pages": pages,
            "crates": crates,
            "places": known.places,
            "events": events,
            "items": known.items,
            "codes": known.codes,
            "replaced": known.replaced,
            "held": known.held,
            "past": known.past,
            "names": names,
            "promised": [_promised(row, asker) for row in known.promised],
        }
        answer = jsonify(told)
    answer.set_etag(version)
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _promised(row: tuple[int, str, int, int], asker: Reader) -> tuple[int, str]:
    """Return an item's id and how much of it is promised and free, in words."""
    item_id, unit, promised, free = row
    return item_id, asker.gettext(
        "%(promised)s promised, %(free)s free",
        promised=figures.quantity(promised, unit, asker),
        free=figures.quantity(free, unit, asker),
    )


def _crate(crate: PhoneCrate, asker: Reader) -> tuple[object, ...]:
    what = name_goods(crate.goods, asker)
    return (crate.code, crate.box_number, crate.state, crate.place, what)
