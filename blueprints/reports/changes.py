"""What late lines changed, as tables: filed, now, and the difference."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from flask_babel import gettext as _

from blueprints.frame.language import current_reader
from blueprints.reports.tables import Table
from depot.base.text import N_
from depot.base.units import GRAM, PIECE
from depot.reports.queries.late import Change
from depot.reports.sums.words import COLUMNS, PEOPLE
from depot.words import figures

_WORDS: Final = (
    COLUMNS
    | PEOPLE
    | {
        "opening_entered": N_("Entered as an opening"),
        "asked_households": N_("Households asked for ages"),
    }
)


def change_table(changes: Sequence[Change]) -> Table:
    """Return changes as a table of finished texts."""
    return Table(
        _label(changes),
        ["", _("As filed"), _("Now"), _("Difference")],
        [_row(change) for change in changes],
    )


def _label(changes: Sequence[Change]) -> str:
    if changes and changes[0].what:
        return str(_("What it changes, item by item"))
    if changes and not changes[0].unit:
        return str(_("What it changes in the people helped"))
    return str(_("What it changes in weight"))


def _row(change: Change) -> list[str]:
    name = _(_WORDS[change.figure])
    if change.what:
        name = _("%(item)s: %(figure)s", item=change.what, figure=name)
    difference = ""
    if change.filed is not None and change.now is not None:
        difference = figures.signed_number(
            change.now - change.filed, change.unit or PIECE, current_reader()
        )
    return [str(name), _told(change.filed, change), _told(change.now, change), difference]


def _told(number: int | None, change: Change) -> str:
    if number is None:
        return str(_("not asked"))
    return (
        figures.weight(number, current_reader())
        if change.unit == GRAM
        else figures.quantity(number, change.unit or PIECE, current_reader())
    )
