"""What can be wrong with recalls."""

from __future__ import annotations

from depot.base.errors import DepotError
from depot.base.text import N_


class RecallStillOpen(DepotError):
    code = "recall_still_open"
    template = N_("These goods are called back: close the recall before they may go out again.")


class RecallClosed(DepotError):
    code = "recall_closed"
    template = N_("This recall is closed already.")


class NotRecalled(DepotError):
    code = "not_recalled"
    template = N_("That is not of what is called back.")


class LessThere(DepotError):
    """More was not found than the book has there."""

    code = "less_there"
    template = N_("The book has %(there)s of it there, so no more can be missing.")


class NothingToHold(DepotError):
    """A crate among those to be held back is empty."""

    code = "nothing_to_hold"
    template = N_("Nothing lies in %(code)s that could be held back.")
