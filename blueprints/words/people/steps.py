"""The first steps as Today shows them: the next one, and the others folded below. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from depot.base.text import N_
from depot.first_steps.queries import FirstMinutes, FirstWeek
from depot.models.first_steps import StepsName
from depot.words.reader import Reader

#: A step: the fact that ticks it off, its words, what else to know, its page.
_Row = tuple[str, str, str, str]
_WEEK: Final[tuple[_Row, ...]] = (
    (
        "settings",
        N_("Look at the settings"),
        N_("name, language, kilograms or pounds, how dates are written"),
        "settings.edit",
    ),
    ("places", N_("Write down your places"), N_("rooms and shelves"), "locations.places"),
    ("people", N_("Invite the others"), N_("each gets a link"), "people.index"),
    ("labels", N_("Put labels on your crates"), N_("on paper, for any phone"), "printing.labels"),
    ("spreadsheet", N_("Bring your spreadsheet"), N_("if there is one"), "imports.index"),
    ("hand_out", N_("Plan a hand-out"), N_("the first one"), "distribution.new"),
    ("report", N_("File the first report"), N_("once the week is over"), "reports.weekly"),
)
_MINUTES: Final[tuple[_Row, ...]] = (
    ("here", N_("Say that you are here"), N_("so that the others know"), "coming.show"),
    (
        "scanned",
        N_("Scan crates"),
        N_("then move one, count it or hand something out"),
        "scanner.scan",
    ),
    ("donation", N_("Log a donation"), N_("at the door"), "intake.new"),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One step, and whether the facts say that it is done."""

    title: str
    small: str
    href: str
    done: bool


@dataclass(frozen=True, slots=True)
class Steps:
    """The first steps of a depot or of somebody: one to do next, and the rest."""

    name: StepsName
    next: Step
    rest: tuple[Step, ...]
    done: int
    all: int


def shown_steps(
    found: FirstWeek | FirstMinutes | None, reader: Reader, address: Callable[[str], str]
) -> Steps | None:
    """Return the steps in the reader's language; None where there is nothing to show."""
    if found is None:
        return None
    is_week = isinstance(found, FirstWeek)
    steps = [
        Step(reader.gettext(title), reader.gettext(small), address(page), getattr(found, fact))
        for fact, title, small, page in (_WEEK if is_week else _MINUTES)
    ]
    first = next(step for step in steps if not step.done)
    rest = tuple(step for step in steps if step is not first)
    done = sum(step.done for step in steps)
    return Steps("first_week" if is_week else "first_minutes", first, rest, done, len(steps))
