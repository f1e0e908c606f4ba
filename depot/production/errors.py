"""What can be wrong with what was made, wasted or taken apart."""

from __future__ import annotations

from depot.base.errors import DepotError
from depot.base.text import N_


class WastedMore(DepotError):
    """More was wasted of an item than went in of it."""

    code = "wasted_more"
    template = N_("%(wasted)s of %(item)s cannot be wasted: %(used)s went in.")


class NotWhole(DepotError):
    """Goods are taken apart while all that was made of them is here."""

    code = "not_whole"
    template = N_(
        "%(item)s cannot be taken apart: %(made)s was made, and only %(here)s of that is here."
    )


class AlreadyTakenApart(DepotError):
    code = "already_taken_apart"
    template = N_("What entry %(seq)s made was already taken apart, by entry %(by)s.")


class NothingToTakeApart(DepotError):
    code = "nothing_to_take_apart"
    template = N_("Entry %(seq)s made nothing that could be taken apart.")
