"""What scanning does, one row each: its schema, its command, what is said afterwards.

The pages use them, and so does the table of what a phone may deliver later.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Generic

from flask_babel import gettext as _

from blueprints.frame.fields import WriteSchema
from blueprints.frame.web import Answer
from blueprints.scanning.pages import AdoptSchema, adopt_label, answer_adopt
from blueprints.scanning.schemas import KeepSchema, MissingSchema, MoveHereSchema
from blueprints.words.crate_help import moved_crate_words
from depot.base.actors import Actor
from depot.items.commands.item_codes import LearnedCode
from depot.kernel.once import A, Outcome
from depot.scanning.commands import KeptScan, NotedMissing, keep_unknown_scan, note_missing
from depot.stock.commands.transfers import MovedCrate, move_crate


@dataclass(frozen=True, slots=True)
class ScanAction(Generic[A]):
    """One thing that can be done after a scan."""

    schema: type[WriteSchema]
    run: Callable[[Any, Actor], Outcome[A]]
    answer: Callable[[Outcome[A]], Answer]


def answer_keep(outcome: Outcome[KeptScan]) -> Answer:
    """Say that an unknown code was kept, or that it is known by now."""
    code = outcome.answer.code
    if outcome.answer.known:
        return Answer(_("%(code)s is known by now.", code=code))
    return Answer(_("Kept: %(code)s.", code=code))


def answer_missing(outcome: Outcome[NotedMissing]) -> Answer:
    """Say that a crate is looked for."""
    return Answer(_("%(code)s was not found.", code=outcome.answer.code))


def answer_move_here(outcome: Outcome[MovedCrate]) -> Answer:
    """Say where the crate is now."""
    return Answer(moved_crate_words(outcome))


def answer_learn(outcome: Outcome[LearnedCode]) -> Answer:
    """Say what a code stands for from now on."""
    return Answer(_("Known from now on: %(item)s.", item=outcome.answer.item))


MOVE_HERE: Final = ScanAction(MoveHereSchema, move_crate, answer_move_here)
NOTE_MISSING: Final = ScanAction(MissingSchema, note_missing, answer_missing)
ADOPT_LABEL: Final = ScanAction(AdoptSchema, adopt_label, answer_adopt)
KEEP_UNKNOWN: Final = ScanAction(KeepSchema, keep_unknown_scan, answer_keep)
