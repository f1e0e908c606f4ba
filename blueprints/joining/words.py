"""What the poster with the code says, in the reader's language."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from depot.base.actors import DepotView
from depot.joining.poster import JoinPoster
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
