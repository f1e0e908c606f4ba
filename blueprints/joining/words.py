"""What the poster with the code says, and who somebody is who is here, in the reader's language."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from depot.base.actors import ROLE_WORDS, DepotView
from depot.joining.poster import JoinPoster
from depot.joining.queries import HereRow
from depot.words import figures
from depot.words.reader import Reader


def make_join_poster(
    depot: DepotView, url: str, ends_at: datetime, reader: Reader, size: str
) -> JoinPoster:
    """Return the poster that hangs on the wall; `size` is A4 or Letter."""
    day = ends_at.astimezone(ZoneInfo(depot.time_zone)).date()
    return JoinPoster(
        owner=depot.name,
        title=reader.gettext("Help out today"),
        steps=(
            reader.gettext("Point your phone's camera at the code."),
            reader.gettext("Type your first name."),
            reader.gettext("That is all: no app, no password."),
        ),
        foot=reader.gettext("This code counts until %(day)s.", day=figures.long_day(day, reader)),
        url=url,
        size=size,
        language=reader.tag,
    )


def role_word(row: HereRow, reader: Reader) -> str:
    """Return what somebody is in the depot; who only said a name walked in."""
    known = ROLE_WORDS.get(row.role)
    return reader.gettext("walked in") if known is None else reader.gettext(known)


def here_since(row: HereRow, reader: Reader) -> str:
    """Return what somebody is, and since when they are here, or until when they were."""
    role = role_word(row, reader)
    if row.left_at is not None:
        left_at = figures.clock_time(row.left_at, reader)
        return reader.gettext("%(role)s, left at %(when)s", role=role, when=left_at)
    since = figures.clock_time(row.since, reader)
    return reader.gettext("%(role)s, since %(when)s", role=role, when=since)
