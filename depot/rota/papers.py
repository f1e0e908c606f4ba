"""The rota of a week and who was here, as papers for the wall and the folder."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from depot.base.actors import Actor
from depot.papers.paper import Blanks, Block, Column, Paper, Row, Table
from depot.papers.parts import blank_column, figure_column, make_paper
from depot.rota.queries.week import ActivityRow, DayRow
from depot.words import figures
from depot.words.reader import Reader


def rota_paper(days: Sequence[DayRow], who: Actor, reader: Reader) -> Paper:
    """Return a week's shifts and meetings with who comes, and lines for more names."""
    _ = reader.gettext
    columns = (
        figure_column(_("When")),
        Column(_("What")),
        Column(_("Where")),
        Column(_("Who comes")),
        blank_column(_("And who else")),
    )
    rows: list[Row] = []
    for day in days:
        if day.activities:
            rows.append(Row((figures.long_day(day.day, reader),), is_heading=True))
        rows += [Row(_cells(row, reader)) for row in day.activities]
    empty = _("Nothing is on in this week.")
    blocks: list[Block] = [Table("", columns, tuple(rows), empty=empty)]
    week = figures.span(days[0].day, days[-1].day, reader)
    return make_paper(_("Rota"), blocks, who, reader, lead=[week])


def _cells(row: ActivityRow, reader: Reader) -> tuple[str, ...]:
    return (time_words(row, reader), row.name, row.place, people_words(row, reader), "")


def time_words(row: ActivityRow, reader: Reader) -> str:
    """Return from when until when it is, by the clock."""
    if row.starts_at is None or row.ends_at is None:
        return ""
    begins, ends = (figures.clock_time(at, reader) for at in (row.starts_at, row.ends_at))
    return reader.gettext("%(begins)s to %(ends)s", begins=begins, ends=ends)


def people_words(row: ActivityRow, reader: Reader) -> str:
    """Return who comes, and how many are missing."""
    if row.called_off_at is not None:
        return reader.gettext("called off: %(why)s", why=row.called_off_why)
    names = [
        reader.gettext("%(name)s (looks for somebody)", name=part.name)
        if part.standing == "seeking"
        else part.name
        for part in row.people
    ]
    parts = [figures.listed(names, reader)] if names else []
    if row.lacking:
        missing = reader.ngettext("%(num)s is missing", "%(num)s are missing", row.lacking)
        parts.append(missing)
    return " · ".join(parts)


def attendance_paper(
    rows: Sequence[tuple[str, ...]], day: date, who: Actor, reader: Reader
) -> Paper:
    """Return who was here on a day: names with coming and leaving in words, and a line to sign."""
    _ = reader.gettext
    columns = (
        Column(_("Name")),
        figure_column(_("Came")),
        figure_column(_("Left")),
        blank_column(_("Signature")),
    )
    empty = _("Nobody said that they were here.")
    table = Table("", columns, tuple(Row(cells) for cells in rows), empty=empty)
    blanks = Blanks((_("Checked by"), _("Day and signature")))
    return make_paper(
        _("Who was here"), [table, blanks], who, reader, lead=[figures.long_day(day, reader)]
    )
