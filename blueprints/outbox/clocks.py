"""When it happened, by a phone whose clock may be wrong; who did it, if somebody else sends it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from flask_babel import gettext as _

from blueprints.frame.language import current_reader
from depot.base.actors import Carriage
from depot.kernel.once import CLOCK_SKEW, EARLIEST_YEAR
from depot.words import figures

#: What was done so short a time ago is still on the screen of who did it.
AT_ONCE: Final = timedelta(minutes=1)
#: A phone's clock that is off by less is as good as ours: the rest is the time the message took.
CLOCK_SLACK: Final = timedelta(minutes=2)


def is_late(said_at: datetime | None, sent_at: datetime | None, now: datetime) -> bool:
    """Say whether what a phone sends was done so long before that nobody stands there any more."""
    return said_at is not None and (sent_at or now) - said_at > AT_ONCE


def carriage(
    said_at: datetime | None, sent_at: datetime | None, now: datetime, done_by: str = ""
) -> Carriage | None:
    """Return how what was done at `said_at` came here, None if there is nothing to say.

    `said_at` and `sent_at` are both of the phone's clock, `now` is ours: what the two clocks were
    apart at sending is taken off. A time that still cannot be (not come yet, or before there was a
    book) becomes now. What the phone said stands in the note if it is off by more than ten minutes.
    """
    happened = None if said_at is None else _by_our_clock(said_at, sent_at, now)
    notes = []
    if done_by:
        notes.append(_("done by %(name)s", name=done_by))
    if said_at is not None and happened is not None and abs(happened - said_at) > CLOCK_SKEW:
        notes.append(_("the phone’s clock said %(when)s", when=_shown(said_at)))
    if happened is None and not notes:
        return None
    return Carriage(happened, " · ".join(notes))


def _by_our_clock(said_at: datetime, sent_at: datetime | None, now: datetime) -> datetime:
    lead = sent_at - now if sent_at is not None else timedelta(0)
    try:
        happened = said_at if abs(lead) < CLOCK_SLACK else said_at - lead
    except OverflowError:
        return now
    return happened if EARLIEST_YEAR <= happened.year and happened <= now else now


def _shown(instant: datetime) -> str:
    try:
        return f"{figures.moment(instant, current_reader())} {instant.year}"
    except (OverflowError, ValueError):  # the first or last day of all calendars, in another zone
        return instant.isoformat()
