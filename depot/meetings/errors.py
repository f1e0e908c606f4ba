"""What is no meeting."""

from __future__ import annotations

from depot.base.errors import DepotError
from depot.base.text import N_


class NoMeeting(DepotError):
    """A shift or task, where a meeting was meant."""

    code = "no_meeting"
    template = N_("“%(name)s” is no meeting: it has no agenda.")
