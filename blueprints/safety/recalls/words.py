"""Recalls in words: who started it, where it went, what was found, who is told how."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from depot.base.kinds import ContactKind, FindingOutcome, GoneKind, ToldWay
from depot.base.text import N_
from depot.safety.queries.recall_traces import Contact, Gone
from depot.safety.queries.recalls import Notice, RecallRow
from depot.words import figures
from depot.words.reader import Reader

GONE_WORDS: Final[Mapping[GoneKind, str]] = {
    "event": N_("Handed out"),
    "partner": N_("To a partner"),
    "transfer": N_("To another depot"),
    "production": N_("Used to make something"),
    "loss": N_("Lost"),
}
LOSS_WORDS: Final[Mapping[str, str]] = {
    "recalled": N_("destroyed: called back"),
    "missing": N_("not there when somebody looked"),
    "expired": N_("out of date"),
    "damaged": N_("broken"),
    "lost": N_("lost"),
    "waste": N_("wasted in the kitchen"),
    "use": N_("used here"),
}
OUTCOME_WORDS: Final[Mapping[FindingOutcome, str]] = {
    "found_destroyed": N_("Found and destroyed"),
    "found_kept": N_("Found and kept apart"),
    "not_found": N_("Not found"),
}
CONTACT_WORDS: Final[Mapping[ContactKind, str]] = {
    "donor": N_("gave it"),
    "partner": N_("received it"),
    "event": N_("handed it out"),
    "coordinator": N_("coordinator here"),
    "other": N_("somebody else"),
}
WAY_WORDS: Final[Mapping[ToldWay, str]] = {
    "mail": N_("by mail"),
    "phone": N_("by phone"),
    "in_person": N_("in person"),
    "paper": N_("by a notice on paper"),
}


def recall_story(recall: RecallRow, reader: Reader) -> str:
    """Say who called it back and when; if it is closed, that too."""
    made = figures.moment(recall.made_at, reader)
    who = recall.made_by or reader.gettext("somebody")
    if recall.closed_at is None:
        return reader.gettext("called back %(when)s by %(name)s", when=made, name=who)
    closed = figures.moment(recall.closed_at, reader)
    by = recall.closed_by or reader.gettext("somebody")
    return reader.gettext("closed %(when)s by %(name)s", when=closed, name=by)


def gone_name(row: Gone, reader: Reader) -> str:
    """Return where it went: the event, the partner, what was made, why it is lost."""
    if row.kind == "loss":
        return reader.gettext(LOSS_WORDS.get(row.reason, LOSS_WORDS["lost"]))
    return row.name or reader.gettext(GONE_WORDS[row.kind])


def contact_words(contact: Contact, reader: Reader) -> str:
    """Return a contact for a list to choose from: Hill farm (gave it)."""
    why = reader.gettext(CONTACT_WORDS[contact.kind])
    if contact.on:
        why = figures.day(contact.on, reader)
    return reader.gettext("%(name)s (%(why)s)", name=contact.name, why=why)


def told_words(notice: Notice, reader: Reader) -> str:
    """Say how and when somebody was told, and by whom."""
    named = {
        "way": reader.gettext(WAY_WORDS[notice.way]),
        "when": figures.moment(notice.told_at, reader),
    }
    if notice.by is None:
        return reader.gettext("%(way)s, %(when)s", **named)
    return reader.gettext("%(way)s, %(when)s by %(name)s", name=notice.by, **named)
