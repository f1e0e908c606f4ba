"""POST /crates/move and /crates/hold: several crates in one act."""

from __future__ import annotations

from blueprints.crates.api import blp
from blueprints.crates.ticked import schemas
from blueprints.frame.guards import actor
from blueprints.frame.web import write_answer
from depot.safety.commands.crate_holds import HoldCrates, hold_crates
from depot.stock.commands.crates_together import MoveCrates, move_crates


@blp.arguments(schemas.MoveCratesSchema())
@blp.response(201, schemas.MovedCratesAnswer)
def move(command: MoveCrates) -> object:
    """Put crates at a place, or on another crate: all of them, or none."""
    return write_answer(move_crates(command, actor()))


@blp.arguments(schemas.HoldCratesSchema())
@blp.response(201, schemas.HeldCratesAnswer)
def hold(command: HoldCrates) -> object:
    """Hold back what lies in crates, each by a hold of its own: all of it, or none."""
    return write_answer(hold_crates(command, actor()))
