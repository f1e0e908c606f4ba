"""The list of places, and what lies at one, as files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from flask import Response
from flask_babel import gettext as _

from blueprints.frame.language import current_reader
from blueprints.frame.web import found_or_404, reader
from blueprints.words.columns import (
    DAY,
    FLAG,
    NUMBER,
    Column,
    date_word,
    exported_amount,
    food_columns,
    place_columns,
    unit_word,
    weight_columns,
)
from blueprints.words.exports import send_list
from depot.base.text import N_
from depot.locations.queries import places
from depot.locations.queries.shelves import LotOnHand, PlaceGoods, shelves
from depot.words.reader import Reader

PLACE_KINDS = {"storage": N_("place"), "quarantine": N_("on hold"), "transit": N_("on the way")}


def places_file(ending: str) -> Response:
    """Send all rooms and shelves."""
    session, who = reader()
    reads = current_reader()
    columns: list[Column[Any]] = [
        *place_columns(reads),
        Column(_("Kind"), lambda row: _(PLACE_KINDS.get(row.kind, N_("place")))),
        Column(_("Goods arrive here"), lambda row: row.is_default, FLAG),
        Column(_("No longer in use"), lambda row: row.archived, FLAG),
    ]
    rows = list(places.load_place_tree(session, who.depot_id).places())
    return send_list(ending, _("Places"), columns, rows)


def goods_file(location_id: int, ending: str) -> Response:
    """Send every lot that lies at a place, on the shelves in it, and in crates that stand there."""
    session, who = reader()
    node = places.place_row(session, who.depot_id, location_id)
    found = found_or_404(N_("place"), location_id, None if node and node.kind == "crate" else node)
    rows = _lots(shelves(session, who.depot_id, location_id))
    return send_list(ending, found.name, _goods_columns(current_reader()), rows)


def _lots(found: Iterable[PlaceGoods]) -> Iterator[tuple[str, LotOnHand]]:
    for shelf in found:
        yield from ((shelf.name, lot) for lot in shelf.lots)


def _goods_columns(reads: Reader) -> list[Column[Any]]:
    return [
        Column(_("Item"), lambda row: row[1].item),
        Column(_("Place"), lambda row: row[0]),
        Column(_("Crate"), lambda row: ", ".join(row[1].crates)),
        Column(_("Here"), lambda row: exported_amount(row[1].quantity, row[1].unit, reads), NUMBER),
        Column(_("Unit"), lambda row: unit_word(row[1].unit, reads)),
        *weight_columns(lambda row: row[1].weight, reads),
        Column(_("Give out until"), lambda row: row[1].give_out_until, DAY),
        Column(_("Date on it"), lambda row: row[1].date_text),
        Column(_("Kind of date"), lambda row: date_word(row[1].date_kind, reads)),
        Column(_("Lot"), lambda row: row[1].lot_code),
        Column(_("On hold"), lambda row: row[1].held_because),
        *food_columns(lambda row: row[1].food, reads),
    ]
