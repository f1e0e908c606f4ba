"""The demo's fridge: five weeks of readings, with a warm day, a day off and a mistake."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from sqlalchemy import select

from depot.demo.stage import Stage
from depot.models import Location
from depot.safety.commands.temperatures import (
    RecordTemperature,
    SaveTemperatureRule,
    StrikeOutTemperature,
    record_temperature,
    save_temperature_rule,
    strike_out_temperature,
)
from depot.safety.temperatures import start_limits

_DAYS: Final = 35
#: So many days ago nobody came, the door stood open, and somebody read the wrong dial.
_NOBODY: Final = 12
_WARM: Final = 5
_MISTAKE: Final = 9


def show_temperatures(stage: Stage, place: str, start: datetime) -> None:
    """Make a place a fridge that is read each morning, until yesterday."""
    location = select(Location.id).where(
        Location.depot_id == stage.depot.id, Location.name == place
    )
    location_id = stage.session.scalars(location).one()
    usual = start_limits("fridge", in_fahrenheit=stage.depot.weight_unit == "lb")
    rule = SaveTemperatureRule(
        command_id=uuid4(),
        location_id=location_id,
        kind="fridge",
        highest_tenths=usual.limits.highest,
        source=usual.source,
    )
    days = min(_DAYS, (stage.now - start).days)
    first = stage.last_day - timedelta(days=days)
    save_temperature_rule(rule, stage.coordinator, lambda: stage.local(first, 8))
    for ago in range(days, 0, -1):
        if ago != _NOBODY:
            _read(stage, location_id, ago, stage.local(stage.last_day - timedelta(days=ago), 9, 12))


def _read(stage: Stage, location_id: int, ago: int, at: datetime) -> None:
    """Read it as somebody would; of what is wrong, the right one follows."""
    calm = 32 + ago * 7 % 11
    tenths = {_WARM: 84, _MISTAKE: 190}.get(ago, calm)
    who = stage.people[ago % len(stage.people)]
    command = RecordTemperature(command_id=uuid4(), location_id=location_id, tenths=tenths)
    made = record_temperature(command, who, lambda: at)
    if ago == _MISTAKE:
        wrong = StrikeOutTemperature(
            command_id=uuid4(), reading_id=made.answer.id, reason="The dial of the room, not of it"
        )
        strike_out_temperature(wrong, who, lambda: at + timedelta(minutes=2))
    if tenths != calm:
        again = RecordTemperature(command_id=uuid4(), location_id=location_id, tenths=calm)
        record_temperature(again, who, lambda: at + timedelta(minutes=40))
