"""POST /holds and /holds/<id>/release."""

from __future__ import annotations

from dataclasses import replace

from blueprints.frame.api import ApiBlueprint
from blueprints.frame.guards import actor
from blueprints.frame.web import write_answer
from blueprints.safety.holds_schemas import HoldAnswer, HoldSchema, ReleaseAnswer, ReleaseSchema
from depot.safety.commands.holds import PlaceHold, ReleaseHold, place_hold, release_hold

blp = ApiBlueprint("holds_api", __name__, description="Goods that must not go out.")


@blp.arguments(HoldSchema())
@blp.response(201, HoldAnswer)
def place(command: PlaceHold) -> object:
    """Hold back the lots that fit all that is named, and what comes of the same."""
    return write_answer(place_hold(command, actor()))


@blp.may_take_two
@blp.not_for_everybody
@blp.arguments(ReleaseSchema())
@blp.response(201, ReleaseAnswer)
def release(command: ReleaseHold, hold_id: int) -> object:
    """Let what was held back go out again: a coordinator, with a reason."""
    return write_answer(release_hold(replace(command, hold_id=hold_id), actor()))
