"""The playbooks that the program brings along, in plain words."""

from __future__ import annotations

from typing import Final

from depot.playbooks.playbook import Playbook
from depot.playbooks.starting import (
    community_fridge,
    community_kitchen,
    disaster_depot,
    sewing_workshop,
    weekly_pantry,
)

#: By their key, in the order in which they are offered.
STARTING: Final[dict[str, Playbook]] = {
    one.key: one
    for one in (
        weekly_pantry.PLAYBOOK,
        community_fridge.PLAYBOOK,
        disaster_depot.PLAYBOOK,
        community_kitchen.PLAYBOOK,
        sewing_workshop.PLAYBOOK,
    )
}
