"""What comes round again: names spoken in the room fade, what they said stays."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import update

from depot.base.clock import Clock, utc_now
from depot.db.transaction import transaction
from depot.models import MeetingMinutes, SpokenName

#: Thirteen months: what was agreed to last year can be read with who was there.
KEPT_FOR: Final = timedelta(days=396)


def fade_spoken_names(clock: Clock = utc_now) -> None:
    """Forget names that were spoken more than thirteen months ago."""
    with transaction() as session:
        session.execute(
            update(SpokenName)
            .where(SpokenName.spoken_at < clock() - KEPT_FOR, SpokenName.name.is_not(None))
            .values(name=None, name_key=None)
            .execution_options(synchronize_session=False)
        )
        session.execute(
            update(MeetingMinutes)
            .where(MeetingMinutes.written_at < clock() - KEPT_FOR, MeetingMinutes.others != "")
            .values(others="")
            .execution_options(synchronize_session=False)
        )
