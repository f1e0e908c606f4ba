"""What stands between somebody and a place in what people do together."""

from __future__ import annotations

from depot.base.errors import DepotError
from depot.base.text import N_


class ActivityState(DepotError):
    """What was to be done with a shift, a task, a duty or a meeting is too late, or too early."""

    code = "activity_state"
    template = N_("That cannot be done any more: %(reason)s")


class NoSuchDay(ActivityState):
    """The routine has not that day (any more), and nobody touched it while it had."""

    code = "no_such_day"
    template = N_("%(name)s is not on %(day)s.")


class CalledOff(ActivityState):
    """It does not take place."""

    code = "activity_called_off"
    template = N_("%(name)s was called off: %(why)s")
