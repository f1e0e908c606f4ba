"""Handing out a parcel, from the page and from a phone that was without signal."""

from __future__ import annotations

from dataclasses import replace

from flask_babel import gettext as _

from blueprints.frame.language import current_reader
from blueprints.frame.web import Answer
from depot.base.actors import Actor
from depot.kernel.answers import BookedGoods
from depot.kernel.once import Outcome
from depot.production.commands.parcel_handouts import (
    HandedParcel,
    HandOutParcel,
    hand_out_parcel,
)
from depot.words import figures


def run_parcel(command: HandOutParcel, event_id: int, who: Actor) -> Outcome[HandedParcel]:
    """Hand out what the page asks for. Raises DepotError."""
    return hand_out_parcel(replace(command, event_id=event_id), who)


def answer_parcel(outcome: Outcome[HandedParcel]) -> Answer:
    """Say what was in it, and whether its household was counted."""
    said = outcome.answer
    what = figures.listed([_goods(line) for line in said.lines], current_reader())
    if said.households:
        return Answer(
            _("%(parcel)s handed out and counted: %(what)s.", parcel=said.parcel, what=what)
        )
    return Answer(_("%(parcel)s handed out: %(what)s.", parcel=said.parcel, what=what))


def _goods(line: BookedGoods) -> str:
    amount = figures.quantity(line.quantity, line.unit, current_reader())
    return _("%(item)s (%(amount)s)", item=line.item, amount=amount)
