"""What scanning does, one row each: its schema, its command, what is said afterwards.

The pages use them, and so does the table of what a phone may deliver later.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from flask_babel import gettext as _

from blueprints.frame.fields import WriteSchema
from blueprints.frame.web import Answer
from blueprints.scanning.pages import AdoptSchema, adopted, take_up
from blueprints.scanning.schemas import KeepSchema, MissingSchema, MoveHereSchema
from depot.base.actors import Actor
from depot.kernel.once import Outcome
from depot.scanning.commands import keep_unknown_scan, note_missing
from depot.stock.commands.transfers import move_crate


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that can be done after a scan."""

    schema: type[WriteSchema]
    run: Callable[[Any, Actor], Outcome]
    told: Callable[[Outcome], Answer]


def kept(outcome: Outcome) -> Answer:
    """Say that an unknown code was kept, or that it is known by now."""
    code = outcome.body["code"]
    if outcome.body["known"]:
        return Answer(_("%(code)s is known by now.", code=code))
    return Answer(_("Kept: %(code)s.", code=code))


def missed(outcome: Outcome) -> Answer:
    """Say that a crate is looked for."""
    return Answer(_("%(code)s was not found.", code=outcome.body["code"]))


def moved(outcome: Outcome) -> Answer:
    """Say where the crate is now."""
    code, place = outcome.body["code"], outcome.body["location"]
    return Answer(_("%(code)s is at %(place)s now.", code=code, place=place))


def learned(outcome: Outcome) -> Answer:
    """Say what a code stands for from now on."""
    return Answer(_("Known from now on: %(item)s.", item=outcome.body["item"]))


MOVE: Final = Deed(MoveHereSchema, move_crate, moved)
MISSING: Final = Deed(MissingSchema, note_missing, missed)
ADOPT: Final = Deed(AdoptSchema, take_up, adopted)
KEEP: Final = Deed(KeepSchema, keep_unknown_scan, kept)
