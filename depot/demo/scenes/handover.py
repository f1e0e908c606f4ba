"""What the shifts of the last days left for the next: two handovers, of which one was seen."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from depot.demo.stage import Stage
from depot.handover.commands import AcknowledgeNote, WriteNote, acknowledge_note, write_note

#: Hour and minute at which a shift ends here.
_EVENING: Final = (20, 40)


def show_notes(stage: Stage) -> None:
    """Write what is to be known, see some of it, and hang up a notice."""
    stage.at = stage.now
    evening = stage.local(stage.last_day - timedelta(days=1), *_EVENING)
    before = _leave(
        stage,
        1,
        evening - timedelta(days=1),
        text="The bakery comes at seven from now on.\nKeys are with Ben.",
    )
    for number in (0, 2):
        stage.do(acknowledge_note, AcknowledgeNote, stage.people[number], note_id=before)
    _leave(
        stage,
        2,
        evening,
        facts=("Short: rice (2 days left)",),
        text="The ham is in the walk-in fridge now, the small one was at 9 °C at eight.",
    )
    stage.do(
        write_note, WriteNote, stage.people[1], kind="notice", text="The side door sticks: lift it."
    )


def _leave(stage: Stage, number: int, at: datetime, **said: Any) -> int:
    who = stage.people[number]
    return stage.do(write_note, WriteNote, who, occurred_at=at, **said).answer.id
