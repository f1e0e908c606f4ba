"""/crates: made, looked up, moved, filled, emptied, counted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from blueprints.crates import schemas
from blueprints.frame.api import ApiBlueprint
from blueprints.frame.guards import actor
from blueprints.frame.web import reader, write_answer
from depot.base.errors import UnknownCrate
from depot.counts.commands.counts import Count, book_count
from depot.crates.commands.blank_crates import CreateCrates, create_crates
from depot.crates.commands.crates import RetireCrate, retire_crate
from depot.crates.commands.tags import TagCrates, tag_crates
from depot.crates.queries.crates import CrateHead, CrateView, crate_view, find_crate
from depot.crates.queries.tags import tags_of
from depot.stock.commands.new_crates import PackCrates, pack_crates
from depot.stock.commands.take_out import TakeOut, take_out
from depot.stock.commands.transfers import MoveCrate, MoveGoods, move_crate, move_goods

blp = ApiBlueprint("crates_api", __name__, description="Where goods are.")


@blp.arguments(schemas.CreateCratesSchema())
@blp.response(201, schemas.CreateCratesAnswer)
def create(command: CreateCrates) -> object:
    """Make blank crates, whose labels are printed ahead."""
    return write_answer(create_crates(command, actor()))


@blp.arguments(schemas.PackCratesSchema())
@blp.response(201, schemas.PackedCratesAnswer)
def pack(command: PackCrates) -> object:
    """Put goods that are here into new crates, the same into each."""
    return write_answer(pack_crates(command, actor()))


@blp.arguments(schemas.TagCratesSchema())
@blp.response(201, schemas.TaggedCratesAnswer)
def tag(command: TagCrates) -> object:
    """Put words on crates, or take them off."""
    return write_answer(tag_crates(command, actor()))


@blp.response(200, schemas.CrateSchema)
def show(code: str) -> object:
    """Look a crate up by its code or old box number."""
    session, who = reader()
    crate = crate_view(session, who.depot_id, _found(code))
    tags = tags_of(session, who.depot_id, [crate.head.id])
    return _said(crate) | {"tags": list(tags.get(crate.head.id, ()))}


@blp.arguments(schemas.MoveCrateSchema())
@blp.response(201, schemas.CrateMoveAnswer)
def move(command: MoveCrate, code: str) -> object:
    """Put a crate at a place, or on another crate."""
    return write_answer(move_crate(replace(command, crate_code=_found(code).key), actor()))


@blp.may_take_two
@blp.arguments(schemas.TakeOutSchema())
@blp.response(201, schemas.CrateGoodsAnswer)
def take(command: TakeOut, code: str) -> object:
    """Take goods out of a crate: handed out, used here, or written off."""
    return write_answer(take_out(replace(command, place=_found(code).key), actor()))


@blp.arguments(schemas.FillCrateSchema())
@blp.response(201, schemas.CrateGoodsAnswer)
def fill(command: MoveGoods, code: str) -> object:
    """Move goods into a crate from a place or another crate."""
    return write_answer(move_goods(replace(command, target=_found(code).key), actor()))


@blp.arguments(schemas.CountCrateSchema())
@blp.response(201, schemas.CrateCountAnswer)
def counted(command: Count, code: str) -> object:
    """Say what was counted in a crate; only differences are booked."""
    return write_answer(book_count(replace(command, place=_found(code).key), actor()))


@blp.arguments(schemas.RetireCrateSchema())
@blp.response(201, schemas.CrateRetireAnswer)
def retire(command: RetireCrate, code: str) -> object:
    """Use a crate's label no more; the crate must be empty."""
    return write_answer(retire_crate(replace(command, crate_code=_found(code).key), actor()))


def _found(code: str) -> CrateHead:
    """Return the crate; a place of that name is none. Raises UnknownCrate.

    A command gets the code as printed, so that a repeat that spells it otherwise is a repeat.
    """
    session, who = reader()
    head = find_crate(session, who.depot_id, code)
    if head is None:
        raise UnknownCrate(code=code)
    return head


def _said(crate: CrateView) -> dict[str, Any]:
    location = crate.head.location
    return {
        "code": crate.head.code,
        "box_number": crate.head.box_number,
        "state": crate.state,
        "location": location.name if location else None,
        "weight_grams": crate.total.grams,
        "weight_is_estimated": crate.total.estimated_grams > 0,
        "contents": [
            {
                "item": lot.item,
                "item_id": lot.item_id,
                "lot": lot.lot_code,
                "lot_id": lot.lot_id,
                "quantity": lot.quantity,
                "unit": lot.unit,
                "date": lot.date_text,
                "date_kind": lot.date_kind,
                "give_out_until": lot.give_out_until,
                "allergens": list(lot.food.allergens),
                "allergens_known": lot.food.is_known,
                "diets": list(lot.food.diets),
                "held_because": lot.held_because,
            }
            for lot in crate.lots
        ],
        "crates": [crate.code for crate in crate.crates],
    }
