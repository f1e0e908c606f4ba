"""Which parts are mutated, and why what survives does no harm."""

from __future__ import annotations

import re
from typing import Final

#: Modules by the beginnings of their names; what mutmut makes of them stands in pyproject.toml.
AREAS: Final = {
    "ledger": ("depot.ledger.",),
    "kernel": ("depot.kernel.",),
    "safety": ("depot.base.dates.", "depot.base.units.", "depot.base.clock."),
    "doors": ("depot.people.", "blueprints.frame.guards."),
    "outbox": ("blueprints.outbox.",),
}
#: A part of the mutant's name or change, as a pattern, and the reason.
_REASONS: Final[tuple[tuple[str, str], ...]] = ()


def reason_for(name: str, change: str) -> str:
    """Return why a survivor does no harm, or that nobody has said so yet."""
    for pattern, reason in _REASONS:
        if re.search(pattern, f"{name}: {change}"):
            return reason
    return "No reason yet: a test is missing."
