"""What is said of duties, in the reader's language."""

from __future__ import annotations

from typing import Final

from depot.base.text import N_
from depot.duties.queries.carrying import LoadRow
from depot.duties.queries.duties import DutyRow, Term
from depot.duties.turns import DutyState, WillingPerson
from depot.words import figures
from depot.words.reader import Reader

#: How a duty stands, and the colour of its row.
STATES: Final[dict[DutyState, tuple[str, str]]] = {
    "held": (N_("held"), "in"),
    "ends_soon": (N_("asks for the next one"), "count"),
    "open": (N_("nobody holds it"), "stop"),
}


def term_words(term: Term | None, reader: Reader) -> str:
    """Return from when to when a term is; empty for none."""
    return figures.span(term.starts_on, term.ends_on, reader) if term else ""


def holder_words(row: DutyRow, reader: Reader) -> str:
    """Return who holds a duty, until when, and who learns it."""
    if not row.holders or row.term is None:
        if row.last_holder:
            return reader.gettext("last held by %(name)s", name=row.last_holder)
        return reader.gettext("nobody yet")
    names = ", ".join(str(reader.name(part.name)) for part in row.holders)
    until = figures.dated_day(row.term.ends_on, reader)
    if row.learners:
        learner = row.learners[0].name
        return reader.gettext(
            "%(name)s until %(day)s, %(learner)s learns it", name=names, day=until, learner=learner
        )
    return reader.gettext("%(name)s until %(day)s", name=names, day=until)


def held_words(one: WillingPerson, row: DutyRow, reader: Reader) -> str:
    """Return how often and when last somebody held a duty."""
    before = row.held.get(one.person_id)
    if before is None:
        return reader.gettext("never yet")
    last = figures.dated_day(before.last_on, reader)
    return reader.ngettext(
        "%(num)s term, the last since %(day)s",
        "%(num)s terms, the last since %(day)s",
        before.turns,
        day=last,
    )


def load_words(row: LoadRow, reader: Reader) -> str:
    """Return what somebody holds and was there for."""
    said = [reader.gettext("holds: %(duties)s", duties=", ".join(row.duties))] if row.duties else []
    if row.shifts:
        hours = figures.number(round(row.minutes / 60), reader)
        said.append(
            reader.ngettext(
                "%(num)s shift, %(hours)s hours in twelve weeks",
                "%(num)s shifts, %(hours)s hours in twelve weeks",
                row.shifts,
                hours=hours,
            )
        )
    return " · ".join(said)
