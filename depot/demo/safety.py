"""The demo's fridge, with a warm day, a day off and a mistake; a recall, and a forgotten hold."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import select

from depot.demo.stage import Stage
from depot.models import Location
from depot.safety.commands.findings import RecordFinding, record_finding
from depot.safety.commands.holds import HeldBy, PlaceHold, place_hold
from depot.safety.commands.recalls import StartRecall, TellOfRecall, start_recall, tell_of_recall
from depot.safety.commands.temperatures import (
    RecordTemperature,
    SaveTemperatureRule,
    StrikeOutTemperature,
    record_temperature,
    save_temperature_rule,
    strike_out_temperature,
)
from depot.safety.queries.recall_traces import trace_of
from depot.safety.queries.recalls import goods_here, recall_row
from depot.safety.temperatures import start_limits

_DAYS: Final = 35
#: So many days ago nobody came, the door stood open, and somebody read the wrong dial.
_NOBODY: Final = 12
_WARM: Final = 5
_MISTAKE: Final = 9
#: What is called back and what is held: the first of each that is here.
_CALLED_BACK: Final = ("Peanut butter, 340 g", "Strawberry jam, 454 g", "Lentil soup, 400 g")
_HELD: Final = ("Orange squash, 1 litre", "Oat drink, 1 litre", "Tea bags, 80")
#: So long ago the hold was set, the recall started.
_HELD_AGO: Final = timedelta(days=4)
_CALLED_AGO: Final = timedelta(hours=3)


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


def show_recalls(stage: Stage) -> None:
    """Hold one thing back and call another back, of which some is found and somebody told."""
    stock = stage.stock()
    held = next((name for name in _HELD if name in stock), None)
    called = next((name for name in _CALLED_BACK if name in stock), None)
    stage.at = stage.now - _HELD_AGO
    if held:
        stage.do(
            place_hold,
            PlaceHold,
            reason="Bottles bulge: the maker is asked",
            by=HeldBy(item=held),
            until=stage.last_day - timedelta(days=1),
        )
    stage.at = stage.now - _CALLED_AGO
    if called:
        _call_back(stage, called)


def _call_back(stage: Stage, item: str) -> None:
    name = f"{item}: glass found in a jar"
    made = stage.do(start_recall, StartRecall, name=name, by=HeldBy(item=item))
    recall = recall_row(stage.session, stage.depot.id, made.answer.id)
    if recall is None:
        raise LookupError(made.answer.id)
    stage.at = stage.now  # what is found is written down now: the book's times never go back
    for one in goods_here(stage.session, stage.depot.id, recall)[:1]:
        where: dict[str, Any] = {"lot": one.goods.lot_id, "location": one.goods.location_id}
        stage.do(record_finding, RecordFinding, recall_id=recall.id, outcome="found_kept", **where)
    for contact in trace_of(stage.session, stage.depot.id, recall).contacts[:1]:
        told = TellOfRecall(
            command_id=stage.command_id(),
            recall_id=recall.id,
            kind=contact.kind,
            contact_id=contact.id,
            name=contact.name,
            way="phone",
            note="They send a van on Monday",
        )
        tell_of_recall(told, None, stage.coordinator, stage.clock)
