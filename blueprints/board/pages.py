"""The board: who is here, what must go out today, what is short, and the next hand-out."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from flask import render_template
from flask.typing import ResponseReturnValue

from blueprints.frame.language import current_reader
from blueprints.frame.web import keep_no_copy, reader
from blueprints.words.needs import duration_words
from depot.base.clock import local_day, utc_now
from depot.devices.short_names import short_names
from depot.distribution.queries.events import event_lists
from depot.joining.queries import here_now
from depot.needs.queries.needs import list_needs, short_first
from depot.stock.queries.stock import expiring_lots

#: So many lines of each list can be read from afar.
MOST: Final = 6


def show() -> ResponseReturnValue:
    """Show the board as of now."""
    keep_no_copy()
    session, who = reader()
    now, reads = utc_now(), current_reader()
    today = local_day(now, who.depot.time_zone)
    lists = event_lists(session, who)
    here = [row for row in here_now(session, who.depot, now) if row.is_here]
    names = short_names((row.person_id, row.name) for row in here)
    short = short_first(list_needs(session, who.depot_id, today))
    return render_template(
        "board/show.html",
        now=now,
        today=today,
        here=[names[row.person_id] for row in here],
        must_go=expiring_lots(session, who.depot_id, today, timedelta(0), MOST),
        short=[(line.name, duration_words(line, reads)) for line in short[:MOST]],
        events=[*[one for one in lists.today if not one.is_closed], *lists.planned][:2],
    )
