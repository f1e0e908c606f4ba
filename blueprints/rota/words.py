"""What the rota says: when something is, who is in, what is missing, what became of a yes."""

from __future__ import annotations

from typing import Final

from blueprints.words.repeating.rules import rule_words
from depot.base.actors import Actor
from depot.base.text import N_
from depot.rota.commands.taking import Taken
from depot.rota.occurring import RoutineState, ends_at
from depot.rota.parts import Part
from depot.rota.queries.week import ActivityRow
from depot.words import figures
from depot.words.reader import Reader

KIND_WORDS: Final = {
    "shift": N_("shift"),
    "meeting": N_("meeting"),
    "task": N_("task"),
    "duty": N_("duty"),
}
#: What is said of an act, by how somebody stands then.
_TOLD: Final = {
    "in": N_("%(person)s comes: %(name)s."),
    "seeking": N_(
        "%(person)s looks for somebody, and is expected until somebody takes over: %(name)s."
    ),
    "asked": N_("%(person)s was asked: %(name)s. It is no yes yet."),
    "waiting": N_("It is full. %(person)s is on the waiting list: %(name)s."),
    "out": N_("%(person)s does not come: %(name)s."),
}


def time_span(row: ActivityRow, reader: Reader) -> str:
    """Say from when to when a shift or meeting is: 10:00 to 13:00."""
    if row.starts_at is None or row.ends_at is None:
        return ""
    start = figures.clock_time(row.starts_at, reader)
    return reader.gettext(
        "%(start)s to %(end)s", start=start, end=figures.clock_time(row.ends_at, reader)
    )


def when_words(row: ActivityRow, reader: Reader) -> str:
    """Say on which day and when a shift or meeting is."""
    day = figures.day(row.day(reader.time_zone), reader)
    return reader.gettext("%(day)s, %(time)s", day=day, time=time_span(row, reader))


def people_words(row: ActivityRow, reader: Reader) -> str:
    """Say how many are in, of how many: 3 of 4; 2, 4 are needed."""
    count = figures.number(row.count, reader)
    if row.people_max is not None:
        most = figures.number(row.people_max, reader)
        return reader.gettext("%(count)s of %(most)s", count=count, most=most)
    if row.people_min > row.count:
        least = figures.number(row.people_min, reader)
        return reader.gettext("%(count)s of at least %(least)s", count=count, least=least)
    return count


def shown_name(name: str, who: Actor) -> str:
    """Return a name as it is shown: who helps for today reads first names."""
    return name.split()[0] if who.is_helper and name.split() else name


def names_of(parts: list[Part], who: Actor, reader: Reader) -> str:
    """Return who they are, in a row."""
    return figures.listed([shown_name(part.name, who) for part in parts], reader)


def taken_words(taken: Taken, who: Actor, reader: Reader) -> str:
    """Say what became of an act, that it overlaps, that there are too many."""
    named = {"person": shown_name(taken.person, who), "name": taken.name}
    told = [reader.gettext(_TOLD[taken.standing], **named)]
    if taken.instead_of:
        other = shown_name(taken.instead_of, who)
        told.append(reader.gettext("Instead of %(other)s.", other=other))
    if taken.standing == "in" and taken.is_over_full:
        told.append(over_full_words(taken.people, taken.people_max or 0, reader))
    if taken.overlaps:
        names = figures.listed(list(taken.overlaps), reader)
        told.append(reader.gettext("At the same time: %(names)s.", names=names))
    return " ".join(told)


def over_full_words(people: int, most: int, reader: Reader) -> str:
    """Say that more come than there are places: 5 of 4: ask one?"""
    count, places = figures.number(people, reader), figures.number(most, reader)
    return reader.gettext("%(count)s of %(most)s: ask one?", count=count, most=places)


def routine_words(state: RoutineState, reader: Reader) -> str:
    """Say when a routine is: each Tuesday, 10:00 to 13:00."""
    rule = rule_words(state.rule, reader)
    if state.begins_minute is None or state.minutes is None:
        return rule
    end = ends_at(state.from_on, state.begins_minute, state.minutes, reader.time_zone)
    start = ends_at(state.from_on, 0, state.begins_minute, reader.time_zone)
    return reader.gettext(
        "%(rule)s, %(start)s to %(end)s",
        rule=rule,
        start=figures.clock_time(start, reader),
        end=figures.clock_time(end, reader),
    )
