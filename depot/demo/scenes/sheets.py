"""Sign-in sheets of the last hand-outs, and calendars that people follow."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from sqlalchemy import select

from depot.base.actors import Actor
from depot.base.clock import Clock
from depot.calendars.commands.feeds import OpenCalendar, open_calendar
from depot.demo.stage import Stage
from depot.kernel.answers import SavedId
from depot.kernel.once import Outcome
from depot.models import DistributionEvent
from depot.name_sheets.commands.lines import WriteName, write_name
from depot.name_sheets.commands.settings import SaveSheetSetting, save_sheet_setting
from depot.people.commands.names import LetReadNames, let_read_names

#: Of so many of the last hand-outs the paper was typed in.
_SHEETS: Final = 3
#: Made up, and of how many people each household is.
_HOUSEHOLDS: Final = (
    *(("A. Oduya", 4), ("B. Castellane", 1), ("C. Whitlock", 2), ("D. Farrow", 5)),
    *(("E. Nakamura", 3), ("F. Brightwell", 1), ("G. Adeyemo", 6), ("H. Sorley", 2)),
    *(("I. Petrov", 2), ("J. Marchetti", 4), ("K. Hollins", 1), ("L. Rahimi", 3)),
)
_STATEMENT: Final = "I live in this part of the town and need food for my household."


def show_sheets(stage: Stage) -> None:
    """Keep sign-in sheets, type some in, and let one coordinator read them."""
    stage.at = stage.now
    lead = stage.coordinator
    said = {"is_on": True, "years": 3, "columns": "Signature\nPostcode", "statement": _STATEMENT}
    stage.do(save_sheet_setting, SaveSheetSetting, lead, **said)
    reads = {"person_id": lead.person_id, "reads_names": True, "why": "types them in"}
    stage.do(let_read_names, LetReadNames, lead, **reads)
    over = (
        select(DistributionEvent.id)
        .where(DistributionEvent.depot_id == stage.depot.id, DistributionEvent.state == "closed")
        .order_by(DistributionEvent.starts_at.desc(), DistributionEvent.id)
        .limit(_SHEETS)
    )
    for number, event_id in enumerate(stage.session.scalars(over).all()):
        for name, people in _HOUSEHOLDS[number * 2 :]:
            stage.do(write_name, WriteName, lead, event_id=event_id, name=name, people=people)


def show_calendars(stage: Stage, secret_key: str) -> None:
    """Make the depot's calendar, and one for each of who is there, to subscribe to."""

    def run(command: OpenCalendar, who: Actor, clock: Clock) -> Outcome[SavedId]:
        return open_calendar(command, who, secret_key, clock)

    stage.at = stage.now
    make: partial[Any] = partial(stage.do, run, OpenCalendar)
    make(stage.coordinator, of_depot=True)
    for who in stage.people:
        make(who)
