"""What is short and what is too much, in the words that several slices show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from depot.base.actors import Actor
from depot.needs.queries.needs import NeedLine, list_needs, short_first
from depot.needs.queries.shown import WantedGoodsLine, needs_settings, newest_list
from depot.words import figures
from depot.words.reader import Reader

_A_YEAR: Final = 365


@dataclass(frozen=True, slots=True)
class BringNote:
    """What is said to who brings something; either sentence may be empty."""

    bring: str
    enough: str


def bring_note(session: Any, who: Actor) -> BringNote | None:
    """Return what to say at the door, if the depot wants it said and there is anything to say."""
    if not needs_settings(session, who.depot_id).at_door:
        return None
    found = newest_list(session, who.depot_id)
    if found is None or not (found.short or found.too_much):
        return None
    return BringNote(names_sentence(found.short), names_sentence(found.too_much))


def list_short(
    session: Any, who: Actor, today: date, most: int, reader: Reader
) -> list[tuple[str, str]]:
    """Return the names of what is short with how long it lasts, if the depot shows it."""
    if not needs_settings(session, who.depot_id).at_door:
        return []
    found = short_first(list_needs(session, who.depot_id, today))[:most]
    return [(line.name, duration_words(line, reader)) for line in found]


def duration_words(line: NeedLine, reader: Reader) -> str:
    """Return for how long the stock of something lasts; empty if none of it goes out."""
    if line.stock_grams <= 0 and line.quantity <= 0:
        return reader.gettext("none")
    if line.days_left is None:
        return ""
    if line.days_left == 0:
        return reader.gettext("under a day")
    if line.days_left > _A_YEAR:
        return reader.gettext("over a year")
    return reader.ngettext(
        "%(count)s day left",
        "%(count)s days left",
        line.days_left,
        count=figures.number(line.days_left, reader),
    )


def names_sentence(names: tuple[WantedGoodsLine, ...]) -> str:
    """Return names with their words, as one reads them out: oil (no glass), nappies."""
    return ", ".join(f"{one.name} ({one.note})" if one.note else one.name for one in names)
