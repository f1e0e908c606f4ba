"""What keeps somebody from leaving for now."""

from __future__ import annotations

from depot.base.errors import Invalid
from depot.base.text import N_


class LastCoordinator(Invalid):
    """Nobody else could act in that depot."""

    code = "last_coordinator"
    template = N_(
        "You are the last coordinator of %(depot)s. Make somebody else one first. If the depot"
        " closes, whoever runs the program ends it: depot person erase."
    )


class WrongName(Invalid):
    """What was typed to confirm is not the name."""

    code = "wrong_name"
    template = N_("Type your name as it stands above: %(name)s.")


class CoordinatesElsewhere(Invalid):
    """Of who coordinates a depot decides that depot."""

    code = "coordinates_elsewhere"
    template = N_("They coordinate another depot, too. That has to end there first.")
