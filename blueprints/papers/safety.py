"""The papers of safety: what was read at a fridge in a month, and the notice of a recall."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _

from blueprints.frame.language import offered_languages, reader_in
from blueprints.frame.web import query_text, reader
from blueprints.papers.frame import PaperPage, found_or_404, paper_reader
from depot.base.clock import local_day, utc_now
from depot.base.errors import Invalid
from depot.base.periods import Period, month_of, parse_period
from depot.base.text import N_
from depot.safety.papers.recalls import recall_notice
from depot.safety.papers.temperatures import temperature_log
from depot.safety.queries.recalls import recall_row
from depot.safety.queries.temperatures import find_cold_place, month_of_readings


def temperatures(location_id: int) -> PaperPage:
    """Show what was read at a place in a month, the present one unless another is asked for."""
    session, who = reader()
    now = utc_now()
    place = found_or_404(
        N_("log of temperatures"), location_id, find_cold_place(session, who, location_id, now)
    )
    present = month_of(local_day(now, who.depot.time_zone))
    month = _month(query_text("month"), present)
    found = month_of_readings(session, who, place, month, now)
    return PaperPage(
        temperature_log(place, month, found, who, paper_reader()),
        url_for("temperatures.place", location_id=place.id),
        newer=_address(place.id, month.moved(1)) if month.first < present.first else None,
        older=_address(place.id, month.moved(-1)),
    )


def _month(text: str, present: Period) -> Period:
    """Return the month that an address names; the present one where it names none."""
    try:
        found = parse_period(text, week_start=1) if text else present
    except Invalid:
        return present
    return found if found.kind == "month" and found.first <= present.first else present


def _address(location_id: int, month: Period) -> str:
    return url_for("papers.temperatures", location_id=location_id, month=month.name)


def recall(recall_id: int) -> PaperPage:
    """Show the notice of a recall."""
    session, who = reader()
    found = found_or_404(N_("recall"), recall_id, recall_row(session, who.depot_id, recall_id))
    wanted = query_text("language")
    reads = reader_in(wanted) if wanted else paper_reader()
    tabs = tuple(
        (url_for("papers.recall", recall_id=recall_id, language=tag), name, tag == reads.language)
        for tag, name in offered_languages()
    )
    return PaperPage(
        recall_notice(found, who, reads),
        url_for("recalls.show", recall_id=recall_id),
        tabs=((_("Language"), tabs),) if len(tabs) > 1 else (),
    )
