"""Something that waits for a second person, for the walks over all addresses."""

from __future__ import annotations

from uuid import uuid4

from depot.base.actors import Actor
from depot.base.clock import utc_now
from depot.kernel.asked.asking import ask_second
from depot.kernel.asked.errors import NeedsSecond
from depot.kernel.once import fingerprint
from depot.people.commands.access import Invite


def ask_for_zed(who: Actor, mark: str) -> dict[str, int]:
    """Ask for a new coordinator, and return the number of what waits."""
    command = Invite(command_id=uuid4(), name=f"{mark} Zed", role="coordinator")
    needed = NeedsSecond("rights", {"before": None, "after": "coordinator"})
    asked = ask_second(command, fingerprint(command), who, utc_now(), needed)
    return {"act_id": asked.asked_id}
