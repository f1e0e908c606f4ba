"""What a task can grow from: a thing of the depot, linked both ways by its kind and number."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import select

from depot import models
from depot.base.errors import Invalid, NotFound
from depot.base.kinds import GrownFrom
from depot.base.text import N_
from depot.kernel.once import Work

#: The table of each, and what it is called where there is none of that number.
_SOURCES: Final[dict[GrownFrom, tuple[str, str]]] = {
    "activity": ("Activity", N_("activity")),
    "event": ("DistributionEvent", N_("hand-out")),
    "discrepancy": ("Discrepancy", N_("thing to look at")),
    "recall": ("Recall", N_("recall")),
    "reading": ("TemperatureReading", N_("reading")),
    "item": ("Item", N_("item")),
    "category": ("Category", N_("category")),
    "note": ("Note", N_("note")),
}


def check_source(work: Work, kind: GrownFrom | None, number: int | None) -> None:
    """Raise Invalid for half a source, NotFound for what the depot has not."""
    if kind is None and number is None:
        return
    if kind not in _SOURCES or number is None:
        raise Invalid(field="grown_from", problem=N_("Say what it grows from, and its number."))
    table, word = _SOURCES[kind]
    model: Any = getattr(models, table)
    own = select(model.id).where(model.depot_id == work.depot_id, model.id == number)
    if work.session.scalar(own) is None:
        raise NotFound(what=word, name=number)
