"""The minutes of a meeting: when, who was there, what was agreed to, who does what by when."""

from __future__ import annotations

from typing import Final

from depot.base.actors import Actor
from depot.base.kinds import ProposalOutcome
from depot.base.text import N_
from depot.meetings.queries import AgendaRow, MeetingView, TaskRow
from depot.papers.paper import Block, Column, Facts, Paper, Row, Table, Words
from depot.papers.parts import make_paper
from depot.rota.queries.week import ActivityRow
from depot.words import figures
from depot.words.reader import Reader

#: What came of a proposal on the agenda.
OUTCOME_WORDS: Final[dict[ProposalOutcome, str]] = {
    "agreed": N_("agreed"),
    "not_agreed": N_("not agreed"),
    "withdrawn": N_("taken back"),
}


def when_words(row: ActivityRow, reader: Reader) -> str:
    """Return when a meeting is: Saturday, 21 November 2026, 10:00."""
    day = figures.long_day(row.day(reader.time_zone), reader)
    if row.starts_at is None:
        return day
    return reader.gettext(
        "%(day)s, %(time)s", day=day, time=figures.clock_time(row.starts_at, reader)
    )


def minutes_paper(found: MeetingView, who: Actor, reader: Reader) -> Paper:
    """Return the minutes of a meeting, as short as they are to be."""
    _ = reader.gettext
    blocks: list[Block] = [Facts("", _facts(found, reader))]
    for number, item in enumerate(found.items, start=1):
        blocks += _item(number, item, reader)
    columns = (Column(_("What")), Column(_("Who")), Column(_("By when")))
    rows = tuple(_task(task, reader) for task in found.tasks)
    blocks.append(
        Table(_("Who does what by when"), columns, rows, empty=_("Nothing was given to anybody."))
    )
    title = _("Minutes: %(meeting)s", meeting=found.row.name)
    return make_paper(title, blocks, who, reader, lead=[when_words(found.row, reader)])


def _facts(found: MeetingView, reader: Reader) -> tuple[tuple[str, str], ...]:
    _ = reader.gettext
    count = "" if found.in_room_count is None else figures.number(found.in_room_count, reader)
    there = [part.name for part in found.came]
    pairs = (
        (_("Where"), found.row.place),
        (_("Who was there"), figures.listed(there, reader) if there else ""),
        (_("Others"), " ".join(found.others.split())),
        (_("In the room"), count),
    )
    return tuple(pair for pair in pairs if pair[1])


def _item(number: int, item: AgendaRow, reader: Reader) -> list[Block]:
    _ = reader.gettext
    title = _("%(number)s. %(title)s", number=figures.number(number, reader), title=item.title)
    blocks: list[Block] = [Words(title, "strong")]
    if item.outcome is not None:
        blocks.append(Words(_("Decision: %(outcome)s", outcome=_(OUTCOME_WORDS[item.outcome]))))
        blocks += [Words(line) for line in (item.wording or "").splitlines() if line.strip()]
        if item.review_on is not None:
            day = figures.long_day(item.review_on, reader)
            blocks.append(Words(_("To be looked at again: %(day)s", day=day)))
    blocks += [Words(line) for line in item.minute.splitlines() if line.strip()]
    return blocks


def _task(task: TaskRow, reader: Reader) -> Row:
    _ = reader.gettext
    asked = [_("%(name)s (was asked)", name=name) for name in task.asked]
    due = figures.long_day(task.due_on, reader) if task.due_on else _("no day")
    return Row((task.name, ", ".join([*task.who, *asked]) or _("nobody yet"), due))
