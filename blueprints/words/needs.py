"""What is short and what is too much, in the words that several slices show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import ngettext

from blueprints.words import filters
from depot.base.actors import Actor
from depot.needs.queries.needs import NeedLine, needs, short_first
from depot.needs.queries.shown import Wanted, newest_list, switches

_A_YEAR: Final = 365


@dataclass(frozen=True, slots=True)
class Door:
    """What is said to who brings something; either sentence may be empty."""

    bring: str
    enough: str


def at_door(session: Any, who: Actor) -> Door | None:
    """Return what to say at the door, if the depot wants it said and there is anything to say."""
    if not switches(session, who.depot_id).at_door:
        return None
    found = newest_list(session, who.depot_id)
    if found is None or not (found.short or found.too_much):
        return None
    return Door(sentence(found.short), sentence(found.too_much))


def short_now(session: Any, who: Actor, today: date, most: int) -> list[tuple[str, str]]:
    """Return the names of what is short with how long it lasts, if the depot shows it."""
    if not switches(session, who.depot_id).at_door:
        return []
    found = short_first(needs(session, who.depot_id, today))[:most]
    return [(line.name, lasts(line)) for line in found]


def lasts(line: NeedLine) -> str:
    """Return for how long the stock of something lasts; empty if none of it goes out."""
    if line.stock_grams <= 0 and line.quantity <= 0:
        return str(_("none"))
    if line.days_left is None:
        return ""
    if line.days_left == 0:
        return str(_("under a day"))
    if line.days_left > _A_YEAR:
        return str(_("over a year"))
    return str(
        ngettext(
            "%(count)s day left",
            "%(count)s days left",
            line.days_left,
            count=filters.number(line.days_left),
        )
    )


def sentence(names: tuple[Wanted, ...]) -> str:
    """Return names with their words, as one reads them out: oil (no glass), nappies."""
    return ", ".join(f"{one.name} ({one.note})" if one.note else one.name for one in names)
