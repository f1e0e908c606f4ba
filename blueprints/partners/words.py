"""Sentences about agencies and what they ask for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from depot.base.text import N_
from depot.partners.queries.agencies import Said
from depot.partners.queries.requests import Proposal, RequestLine, RequestRow
from depot.words import figures
from depot.words.reader import Reader

#: What stands beside a request here, and the colour it has.
STANDING_WORDS: Final[Mapping[str, str]] = {
    "asked": N_("to be answered"),
    "withdrawn": N_("withdrawn"),
    "declined": N_("declined"),
    "approved": N_("approved"),
    "packed": N_("packed"),
    "called_off": N_("called off"),
    "taken": N_("handed over"),
}
#: What the agency itself reads instead.
AGENCY_WORDS: Final[Mapping[str, str]] = dict(STANDING_WORDS) | {
    "asked": N_("not answered yet"),
    "packed": N_("ready for you"),
    "taken": N_("you have it"),
}
KINDS: Final[Mapping[str, str]] = {
    "asked": "count",
    "approved": "out",
    "packed": "out",
    "called_off": "stop",
    "declined": "stop",
    "taken": "in",
    "withdrawn": "plain",
}
PER_WORDS: Final[Mapping[str, str]] = {"week": N_("in a week"), "month": N_("in a month")}


def standing_word(row: RequestRow, reader: Reader, *, for_agency: bool = False) -> str:
    """Return in a word how a request stands."""
    return reader.gettext((AGENCY_WORDS if for_agency else STANDING_WORDS)[row.standing])


def request_when(row: RequestRow, reader: Reader) -> str:
    """Return by when it is asked for, or when it is ready."""
    day = figures.day(row.needed_on, reader)
    kinds = reader.ngettext("%(num)s kind of goods", "%(num)s kinds of goods", len(row.lines))
    named = {"day": day, "goods": kinds}
    if row.is_delivered:
        return reader.gettext("by %(day)s · %(goods)s · brought to them", **named)
    return reader.gettext("by %(day)s · %(goods)s", **named)


def asked_words(line: RequestLine, reader: Reader) -> str:
    """Return how much of a line was asked for, promised and taken, as far as it went."""
    named = {
        "asked": figures.quantity(line.asked, line.unit, reader),
        "approved": figures.quantity(line.approved or 0, line.unit, reader),
        "taken": figures.quantity(line.taken or 0, line.unit, reader),
    }
    if line.taken is not None:
        if not line.asked:
            return reader.gettext("not asked for, taken %(taken)s", **named)
        return reader.gettext("asked %(asked)s, approved %(approved)s, taken %(taken)s", **named)
    if line.approved is not None:
        return reader.gettext("asked %(asked)s, approved %(approved)s", **named)
    return reader.gettext("asked %(asked)s", **named)


def proposal_words(found: Proposal, line: RequestLine, reader: Reader) -> str:
    """Return what there is of a line for all who ask for it, and the fair part of it."""
    named = {
        "free": figures.quantity(found.free, line.unit, reader),
        "all": figures.quantity(found.asked_by_all, line.unit, reader),
        "share": figures.quantity(found.share, line.unit, reader),
    }
    if not found.is_short:
        return reader.gettext("%(free)s free", **named)
    if found.agencies > 1:
        return reader.gettext(
            "%(free)s free, %(all)s asked for by all: by people served, %(share)s", **named
        )
    return reader.gettext("%(free)s free", **named)


def said_words(said: Said | None, reader: Reader) -> str:
    """Return how many people an agency serves, and when it said so."""
    if said is None:
        return reader.gettext("has not said how many people it serves")
    people = reader.ngettext("%(num)s person", "%(num)s people", said.people)
    named = {"people": people, "day": figures.dated_day(said.said_on, reader)}
    if said.per == "week":
        return reader.gettext("%(people)s in a week, said on %(day)s", **named)
    return reader.gettext("%(people)s in a month, said on %(day)s", **named)


def signed_words(row: RequestRow, reader: Reader) -> str:
    """Return who took it and how that was signed; empty where nobody signed."""
    if row.signed_how == "code":
        return reader.gettext("Taken by %(who)s, with the agency’s code", who=row.signed_by)
    if row.signed_how == "drawn":
        return reader.gettext("Signed by %(who)s", who=row.signed_by)
    return reader.gettext("Nobody signed for it")


def request_story(row: RequestRow, reader: Reader) -> list[tuple[str, str]]:
    """Return who asked and who answered, and when."""
    asked = {
        "when": figures.moment(row.asked_at, reader),
        "who": row.asked_by or reader.gettext("a program"),
    }
    told = (
        reader.gettext("%(when)s, on its own page", when=asked["when"])
        if row.by_agency
        else reader.gettext("%(when)s, written down by %(who)s", **asked)
    )
    story = [(reader.gettext("Asked for"), told)]
    if row.answered_at is not None:
        who = row.answered_by or reader.gettext("a program")
        when = figures.moment(row.answered_at, reader)
        answered = reader.gettext("%(when)s by %(who)s", when=when, who=who)
        story.append((reader.gettext("Answered"), answered))
    return story
