"""What is said of proposals, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from depot.base.kinds import ProposalOutcome, ResponseKind
from depot.base.text import N_
from depot.decisions.queries.lists import OpenRow, ProposalRow
from depot.decisions.queries.one import AnswerRow
from depot.words import figures
from depot.words.reader import Reader

#: What somebody says, and the colour of its row.
RESPONSE_WORDS: Final[dict[ResponseKind, tuple[str, str]]] = {
    "consent": (N_("fine with it"), "in"),
    "concern": (N_("a concern, and still fine with it"), "count"),
    "objection": (N_("objects"), "stop"),
}
#: What came of it, and the colour of its row.
OUTCOME_WORDS: Final[dict[ProposalOutcome, tuple[str, str]]] = {
    "agreed": (N_("agreed"), "in"),
    "not_agreed": (N_("not agreed"), "stop"),
    "withdrawn": (N_("taken back"), "plain"),
}
#: What is chosen on a form.
RESPONSE_CHOICES: Final[dict[ResponseKind, tuple[str, str]]] = {
    "consent": (N_("Fine with it"), N_("I can live with these words")),
    "concern": (N_("A concern"), N_("I say it, and do not stand in the way")),
    "objection": (N_("I object"), N_("it would harm us or what we are here for")),
}
OUTCOME_CHOICES: Final[dict[ProposalOutcome, str]] = {
    "agreed": N_("Agreed"),
    "not_agreed": N_("Not agreed"),
    "withdrawn": N_("Taken back"),
}


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """What somebody said, as a page shows it."""

    kind: str
    name: str
    said: str
    text: str
    notes: tuple[str, ...]
    #: What a screen reader and the small print say of when.
    when: str


def paragraphs(text: str) -> list[str]:
    """Return the lines of a text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def answer_line(row: AnswerRow, reader: Reader) -> AnswerLine:
    """Return what somebody said."""
    said, kind = RESPONSE_WORDS[row.kind]
    name = reader.gettext("somebody in the room") if row.name is None else row.name
    return AnswerLine(
        kind if row.counts or row.kind != "objection" else "plain",
        name,
        reader.gettext(said),
        row.text,
        tuple(_notes(row, reader)),
        figures.moment(row.said_at, reader),
    )


def _notes(row: AnswerRow, reader: Reader) -> list[str]:
    notes = []
    if not row.counts:
        notes.append(reader.gettext("speaks, does not count"))
    if row.recorded_by is not None:
        notes.append(reader.gettext("written down by %(who)s", who=row.recorded_by))
    if row.came_late:
        notes.append(reader.gettext("came here after it was settled"))
    return notes


def raised_words(row: ProposalRow, reader: Reader) -> str:
    """Return who raised it, and when."""
    by = row.raised_by or reader.gettext("whoever runs the program")
    when = figures.moment(row.raised_at, reader)
    return reader.gettext("%(who)s, %(when)s", who=by, when=when)


def settled_words(row: ProposalRow, reader: Reader) -> str:
    """Return who wrote down what came of it, when, and with how many in the room."""
    if row.settled_at is None:
        return ""
    by = row.settled_by or reader.gettext("whoever runs the program")
    when = figures.moment(row.settled_at, reader)
    told = reader.gettext("written down by %(who)s, %(when)s", who=by, when=when)
    if row.in_room_count is None:
        return told
    room = reader.ngettext("%(num)s in the room", "%(num)s in the room", row.in_room_count)
    return f"{told} · {room}"


def standing_words(row: OpenRow, reader: Reader) -> str:
    """Return how many say what: 3 are fine with it · 1 concern · 1 objection."""
    told = [
        reader.ngettext("%(num)s fine with it", "%(num)s fine with it", row.consents),
        reader.ngettext("%(num)s concern", "%(num)s concerns", row.concerns),
        reader.ngettext("%(num)s objection", "%(num)s objections", row.objections),
    ]
    counted = (row.consents, row.concerns, row.objections)
    said = [words for words, count in zip(told, counted, strict=True) if count]
    return " · ".join(said) or reader.gettext("nobody has answered yet")
