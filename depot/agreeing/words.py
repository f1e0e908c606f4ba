"""What takes two people, in words."""

from __future__ import annotations

from typing import Final

from depot.base.text import N_

ACT_WORDS: Final[dict[str, str]] = {
    "write_off": N_("A large write-off"),
    "rights": N_("Who coordinates"),
    "erasure": N_("Erasing what is kept of a person"),
    "report": N_("Filing a report that has changed"),
    "export": N_("Everything in one file"),
    "recall": N_("Letting go of what was called back"),
    "rules": N_("Less that takes two people"),
}
