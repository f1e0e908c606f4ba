"""What stands between a depot and how its people treat each other."""

from __future__ import annotations

from depot.base.errors import DepotError
from depot.base.text import N_


class WordedMeanwhile(DepotError):
    """Somebody else put it into words."""

    code = "worded_meanwhile"
    template = N_("Somebody put this into other words meanwhile. Read theirs first.")
