"""A calendar, for whatever holds its secret: a phone's calendar asks again every hour or so."""

from __future__ import annotations

import hashlib
from typing import Final

from flask import Response, request, url_for

from blueprints.frame.api import base_url
from blueprints.frame.guards import token_hash
from blueprints.frame.security import keep_quiet
from blueprints.frame.web import kept_for_all
from depot.base.clock import utc_now
from depot.base.errors import LinkExpired
from depot.calendars.feed import write_feed
from depot.calendars.queries import FoundFeed, feed_events, find_feed
from depot.db.database import current_session
from depot.rota.queries.week import ActivityRow

MEDIA_TYPE: Final = "text/calendar; charset=utf-8"


def feed(secret: str) -> Response:
    """Send the calendar; nothing but its fingerprint where it is as it was."""
    hashed = token_hash(secret)
    found = find_feed(current_session(), hashed)
    if found is None:
        raise LinkExpired()
    content = kept_for_all(("calendar", hashed, found), lambda: _written(found))
    answer = keep_quiet(Response(content, content_type=MEDIA_TYPE))
    answer.headers["Cache-Control"] = "private, no-cache"  # asked again each time, by its ETag
    answer.headers["Content-Disposition"] = 'inline; filename="depot.ics"'
    answer.set_etag(hashlib.sha256(content).hexdigest())
    answer.make_conditional(request)
    return answer


def _url_of(row: ActivityRow) -> str:
    """Return the page of what stands in the calendar; a duty's is its day's first."""
    if row.kind == "task":
        return base_url() + url_for("tasks.show", activity=row.name_of)
    if row.kind == "duty":
        return base_url() + url_for("today.show")
    return base_url() + url_for("rota.show", activity=row.name_of)


def _written(found: FoundFeed) -> bytes:
    return write_feed(found.depot.name, feed_events(current_session(), found, utc_now(), _url_of))
