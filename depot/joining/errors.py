"""What stands between somebody and a place on today's shift."""

from __future__ import annotations

from depot.base.errors import Forbidden, LinkExpired, NameTaken
from depot.base.text import N_


class JoinLinkFull(LinkExpired):
    """As many people joined by it as it is for."""

    code = "join_link_full"
    template = N_(
        "%(count)s people joined by this code, and it is for no more. Ask a coordinator for a"
        " new one."
    )


class SameNameHere(NameTaken):
    """Somebody of that name is here already."""

    code = "same_name_here"
    template = N_(
        "Somebody here is called %(name)s already. Add a letter, so that you are told apart."
    )


class HelpEnded(Forbidden):
    """A coordinator ended it for the name on this phone."""

    code = "help_ended"
    template = N_(
        "A coordinator ended this for %(name)s on this phone. Please speak with them. What waits on"
        " this phone is kept."
    )
