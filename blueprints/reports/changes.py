"""What late lines changed, as tables: filed, now, and the difference."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from blueprints.reports.words import Table
from depot.base.text import N_
from depot.base.units import GRAM, PIECE
from depot.reports.queries.late import Change
from depot.reports.sums.words import COLUMNS, PEOPLE
from depot.words import figures
from depot.words.reader import Reader

_WORDS: Final = (
    COLUMNS
    | PEOPLE
    | {
        "opening_entered": N_("Entered as an opening"),
        "asked_households": N_("Households asked for ages"),
    }
)


def change_table(changes: Sequence[Change], reader: Reader) -> Table:
    """Return changes as a table of finished texts."""
    return Table(
        _label(changes, reader),
        ["", reader.gettext("As filed"), reader.gettext("Now"), reader.gettext("Difference")],
        [_row(change, reader) for change in changes],
    )


def _label(changes: Sequence[Change], reader: Reader) -> str:
    if changes and changes[0].what:
        return reader.gettext("What it changes, item by item")
    if changes and not changes[0].unit:
        return reader.gettext("What it changes in the people helped")
    return reader.gettext("What it changes in weight")


def _row(change: Change, reader: Reader) -> list[str]:
    name = reader.gettext(_WORDS[change.figure])
    if change.what:
        name = reader.gettext("%(item)s: %(figure)s", item=change.what, figure=name)
    difference = ""
    if change.filed is not None and change.now is not None:
        difference = figures.signed_number(change.now - change.filed, change.unit or PIECE, reader)
    return [
        str(name),
        _told(change.filed, change, reader),
        _told(change.now, change, reader),
        difference,
    ]


def _told(number: int | None, change: Change, reader: Reader) -> str:
    if number is None:
        return reader.gettext("not asked")
    return (
        figures.weight(number, reader)
        if change.unit == GRAM
        else figures.quantity(number, change.unit or PIECE, reader)
    )
