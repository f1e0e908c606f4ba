"""What a task's small print says, in the reader's language. Pure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from depot.base.actors import Actor
from depot.base.kinds import GrownFrom
from depot.base.text import N_
from depot.rota.queries.tasks import TaskRow
from depot.words import figures
from depot.words.reader import Reader

_SOURCE_WORDS: Final[dict[GrownFrom, str]] = {
    "activity": N_("the shift it grew from"),
    "event": N_("the hand-out it grew from"),
    "discrepancy": N_("the thing to look at that it grew from"),
    "recall": N_("the recall it grew from"),
    "reading": N_("the fridge reading it grew from"),
    "item": N_("the item it grew from"),
    "category": N_("what is short"),
    "note": N_("the note it grew from"),
}


def due_words(due_on: date | None, today: date, reader: Reader) -> str:
    """Return by when it is to be done; empty for whenever somebody has time."""
    if due_on is None:
        return ""
    if due_on == today:
        return reader.gettext("today")
    day = figures.day(due_on, reader)
    if due_on < today:
        return reader.gettext("was due %(day)s", day=day)
    return reader.gettext("by %(day)s", day=day)


def task_small(row: TaskRow, today: date, who: Actor, reader: Reader) -> str:
    """Return the line under a task's name: when, who, and how far. Helpers read first names."""
    parts = [due_words(row.due_on, today, reader) if row.is_open else _ended(row, who, reader)]
    parts += [_shown(part.name, who) for part in row.people] if row.is_open else []
    parts += [reader.gettext("asked: %(name)s", name=_shown(one.name, who)) for one in row.asked]
    if row.steps and row.is_open:
        steps = {
            "done": figures.number(row.steps_done, reader),
            "all": figures.number(row.steps, reader),
        }
        parts.append(reader.gettext("%(done)s of %(all)s steps", **steps))
    return " · ".join(part for part in parts if part)


def _shown(name: str, who: Actor) -> str:
    return name.split()[0] if who.is_helper and name.split() else name


def _ended(row: TaskRow, who: Actor, reader: Reader) -> str:
    if row.called_off_at is not None:
        return reader.gettext("called off: %(why)s", why=row.called_off_why)
    when = figures.moment(row.done_at, reader)
    if not row.done_by:
        return reader.gettext("done %(when)s", when=when)
    return reader.gettext("%(name)s, %(when)s", name=_shown(row.done_by, who), when=when)


def source_link(
    row: TaskRow, place_id: int | None, url_for: Callable[..., str], reader: Reader
) -> tuple[str, str] | None:
    """Return where a task grew from, address and words; None: from nothing that has a page."""
    kind, number = row.grown_from, row.grown_from_id
    word = _SOURCE_WORDS.get(kind) if kind else None
    if kind is None or word is None:
        return None
    addresses: dict[GrownFrom, tuple[str, dict[str, object]]] = {
        "event": ("distribution.event", {"event_id": number}),
        "discrepancy": ("discrepancies.index", {"_anchor": f"thing-{number}"}),
        "recall": ("recalls.show", {"recall_id": number}),
        "reading": ("temperatures.place", {"location_id": place_id}),
        "item": ("items.item", {"item_id": number}),
        "category": ("needs.index", {}),
        "note": ("handover.index", {"before": (number or 0) + 1, "_anchor": f"note-{number}"}),
        "activity": ("rota.show", {"activity": number}),
    }
    endpoint, named = addresses[kind]
    return url_for(endpoint, **named), reader.gettext(word)
