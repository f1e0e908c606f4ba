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


class IsOver(ActivityState):
    """It ended before somebody said that they would come."""

    code = "activity_over"
    template = N_("%(name)s is over.")


class NotIn(ActivityState):
    """Who takes no part cannot look for somebody instead of them."""

    code = "not_in_activity"
    template = N_("You are not in “%(name)s”, so nobody is needed instead of you.")


class HasCome(ActivityState):
    """Who came can leave, and cannot have said no before."""

    code = "came_already"
    template = N_("You came to “%(name)s” already. Leave it instead.")


class RegularsFull(ActivityState):
    """All places of a routine but those that are kept open have a regular."""

    code = "regulars_full"
    template = N_(
        "“%(name)s” has %(count)s regulars for %(people_max)s places, and keeps %(open_places)s"
        " open for others. Take single days of it instead."
    )
