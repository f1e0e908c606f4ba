"""Who cannot have seen a note."""

from __future__ import annotations

from depot.base.errors import Forbidden
from depot.base.text import N_


class OnlyPeopleSee(Forbidden):
    """A program says that it has seen a note."""

    code = "only_people_see"
    template = N_("Only somebody can have seen a note: a token is nobody.")
