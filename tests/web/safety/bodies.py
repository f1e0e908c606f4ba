"""What walks over all addresses send about safety, and what the north has of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import select

from depot.base.actors import Actor
from depot.base.clock import utc_now
from depot.models import HeldLot, Location
from depot.safety.commands.holds import HeldBy, PlaceHold, place_hold
from depot.safety.commands.recalls import StartRecall, TellOfRecall, start_recall, tell_of_recall
from depot.safety.commands.temperatures import (
    RecordTemperature,
    SaveTemperatureRule,
    record_temperature,
    save_temperature_rule,
)
from tests.current import db

#: What is sent to each address that names a hold or a recall.
HOLDS: Final[dict[str, dict[str, Any]]] = {
    "holds.release": {"reason": "Looked at"},
    "holds_api.release_hold": {"reason": "Looked at"},
    "recalls.close": {},
    "recalls_api.close": {},
    "recalls.find": {"outcome": "found_kept"},
    "recalls.tell": {"way": "phone", "name": "Zzyzx"},
    "recalls_api.find": {"outcome": "found_kept"},
    "recalls_api.tell": {"way": "phone", "name": "Zzyzx"},
}
#: What is sent to each address about temperatures.
TEMPERATURES: Final[dict[str, dict[str, Any]]] = {
    "temperatures.record": {"degrees": "4", "sign": "above"},
    "temperatures.save_rule": {"kind": "fridge", "highest": "5"},
    "temperatures.strike": {"reason": "Wrong fridge"},
    "temperatures_api.record": {"celsius": 4},
    "temperatures_api.strike_out": {"reason": "Wrong fridge"},
}


def hold_pudding(who: Actor, mark: str) -> dict[str, int]:
    """Hold pudding back and call it back; return what names the hold, the recall and its lot."""
    held = PlaceHold(command_id=uuid4(), reason=f"{mark} glass", by=HeldBy(item=f"{mark} pudding"))
    back = StartRecall(command_id=uuid4(), name=f"{mark} recall", by=HeldBy(item=f"{mark} pudding"))
    recall_id = start_recall(back, who).answer.id
    tell = TellOfRecall(command_id=uuid4(), recall_id=recall_id, name=f"{mark} radio", way="phone")
    tell_of_recall(tell, None, who)
    hold_id = place_hold(held, who).answer.id
    (lot,) = db.session.scalars(select(HeldLot.lot_id).where(HeldLot.hold_id == hold_id))
    return {"hold_id": hold_id, "recall_id": recall_id, "recalled_lot": lot}


def read_fridge(who: Actor, mark: str, shelf: str) -> dict[str, int]:
    """Make the shelf a fridge, read it, and return the number of the reading."""
    shelves = select(Location.id).where(Location.name == shelf, Location.depot_id == who.depot_id)
    place = db.session.scalars(shelves).one()
    limits = SaveTemperatureRule(
        command_id=uuid4(),
        location_id=place,
        kind="fridge",
        highest_tenths=50,
        source=f"{mark} inspector",
    )
    save_temperature_rule(limits, who)
    reading = RecordTemperature(command_id=uuid4(), location_id=place, tenths=40)
    long_ago = utc_now() - timedelta(days=3)
    return {"reading_id": record_temperature(reading, who, lambda: long_ago).answer.id}
