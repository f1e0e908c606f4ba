"""Notes for the next shift in words: from when one is, who has seen it, what is drafted into it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import time, timedelta
from functools import partial
from typing import Final

from blueprints.words.discrepancies import discrepancy_title
from depot.base.clock import utc_now
from depot.entries.queries.discrepancies import DiscrepancyRow
from depot.handover.notes import MAX_FACT
from depot.handover.queries import NoteRow
from depot.safety.papers.temperatures import limits_words
from depot.safety.queries.temperatures import ColdPlace
from depot.words import figures
from depot.words.reader import Reader
from depot.words.temperatures import temperature

#: From this hour on a shift is last night's on the day after.
_EVENING: Final = time(17)
#: So many names stand behind "seen by"; how many more, after them.
_NAMES: Final = 6


def note_title(row: NoteRow, reader: Reader) -> str:
    """Return from which shift a note is: last night's, yesterday's, Saturday's."""
    if row.kind == "notice":
        return reader.gettext("Notice")
    there, now = figures.to_local(row.written_at, reader), figures.to_local(utc_now(), reader)
    if there.date() >= now.date():
        return reader.gettext("From the shift before")
    if there.date() == now.date() - timedelta(days=1):
        if there.time() >= _EVENING:
            return reader.gettext("From last night’s shift")
        return reader.gettext("From yesterday’s shift")
    return reader.gettext("From the shift of %(day)s", day=figures.day(there.date(), reader))


def note_writer(row: NoteRow, reader: Reader) -> str:
    """Return who wrote it and when, and until when a notice hangs."""
    parts = [part for part in (reader.name(row.by), figures.moment(row.written_at, reader)) if part]
    if row.shown_until is not None and row.faded_at is None:
        until = figures.day(row.shown_until, reader)
        parts.append(reader.gettext("hangs until %(day)s", day=until))
    return " · ".join(parts)


def note_seen(row: NoteRow, reader: Reader) -> str:
    """Return who has seen it; empty if nobody has."""
    if not row.seen_by:
        return ""
    names = [reader.name(name) for name in row.seen_by[:_NAMES]]
    more = len(row.seen_by) - len(names)
    if more:
        names.append(reader.ngettext("%(num)s more", "%(num)s more", more))
    return reader.gettext("Seen by %(names)s", names=figures.listed(names, reader))


def note_gone(row: NoteRow, reader: Reader) -> str:
    """Return why a note has no words any more; empty if it has them."""
    if row.taken_down_at is not None:
        when = figures.moment(row.taken_down_at, reader)
        if row.taken_down_by:
            said = "%(name)s took it down, %(when)s."
            return reader.gettext(said, name=row.taken_down_by, when=when)
        return reader.gettext("Taken down, %(when)s.", when=when)
    return reader.gettext("Its words have faded.") if row.faded_at is not None else ""


def note_words(reader: Reader) -> dict[str, Callable[[NoteRow], str]]:
    """Return the words that templates/handover/parts.html wants, under its names."""
    said = {"title": note_title, "writer": note_writer, "seen": note_seen, "gone": note_gone}
    return {f"note_{name}": partial(words, reader=reader) for name, words in said.items()}


def drafted_lines(
    cold: Iterable[ColdPlace],
    short: Iterable[tuple[str, str]],
    waiting: Iterable[DiscrepancyRow],
    more_waiting: int,
    reader: Reader,
) -> list[str]:
    """Return what the next shift should know, drafted from what the depot knows.

    First the fridges, then what is short, then what waits to be looked at.
    """
    lines = [_cold_line(place, reader) for place in cold]
    for name, lasts in short:
        said = reader.gettext("Short: %(item)s (%(lasts)s)", item=name, lasts=lasts)
        lines.append(said if lasts else reader.gettext("Short: %(item)s", item=name))
    lines += [discrepancy_title(row, reader).striptags() for row in waiting]
    if more_waiting:
        lines.append(
            reader.ngettext(
                "%(num)s more thing to look at", "%(num)s more things to look at", more_waiting
            )
        )
    return [line[:MAX_FACT] for line in lines]


def _cold_line(place: ColdPlace, reader: Reader) -> str:
    if not place.is_broken:
        return reader.gettext("%(place)s: not read yet", place=place.name)
    return reader.gettext(
        "%(place)s: %(degrees)s, outside the limits (%(limits)s)",
        place=place.name,
        degrees=temperature(place.last_tenths, reader),
        limits=limits_words(place, reader),
    )
