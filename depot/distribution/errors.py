"""What can be wrong when goods are fetched for an event."""

from __future__ import annotations

from depot.base.errors import DepotError
from depot.base.text import N_


class PastForPicking(DepotError):
    """Goods that are not to be given out any more on the day of the event."""

    code = "past_its_day_then"
    template = N_("%(item)s was to be given out until %(date)s: leave it, and take another one.")


class NotOnTheList(DepotError):
    """A crate in which nothing is that is still to be fetched."""

    code = "not_on_the_list"
    template = N_(
        "Nothing in crate %(crate)s is still to be fetched. Say what it is taken instead of."
    )


class NotHereToPick(DepotError):
    """More is said to be fetched than the book has there."""

    code = "not_here_to_pick"
    template = N_(
        "The book has %(here)s of %(item)s there that may go out and was not fetched already, not"
        " %(wanted)s. Count it there first."
    )


class OtherUnit(DepotError):
    """What is taken instead is counted otherwise, so that nobody can say how much it stands for."""

    code = "other_unit"
    template = N_("%(item)s is not counted as %(instead_of)s is: change the plan instead.")
