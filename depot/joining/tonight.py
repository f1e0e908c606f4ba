"""Until when somebody who joined today helps. Pure."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

#: A night shift ends after midnight and before the bread comes.
_MORNING: Final = time(4)
#: Who comes shortly before is not sent away again.
_SHORTEST: Final = timedelta(hours=3)


def end_of_tonight(now: datetime, time_zone: str) -> datetime:
    """Return the moment at which what is given for today ends: four in the morning, over there.

    Who joins within the last three hours before has it until the next one.
    """
    zone = ZoneInfo(time_zone)
    day = now.astimezone(zone).date()
    while True:
        end = datetime.combine(day, _MORNING, zone).astimezone(now.tzinfo)
        if end - now >= _SHORTEST:
            return end
        day += timedelta(days=1)
