"""What the open book says, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from depot.agreeing.words import ACT_WORDS
from depot.base.actors import ROLE_WORDS
from depot.base.kinds import RightCause, SettingKind
from depot.base.text import N_
from depot.open_book.queries import FieldChange, RightRow, SettingRow
from depot.words import figures
from depot.words.languages import own_name
from depot.words.reader import Reader

#: What brought a change about; %(by)s is who decided it.
_DECISIONS: Final[dict[RightCause, str]] = {
    "invitation": N_("invited by %(by)s"),
    "wall": N_("by the code on the wall, hung up by %(by)s"),
    "own_sign_in": N_("took a sign-in of their own"),
    "role_changed": N_("decided by %(by)s"),
    "access_ended": N_("ended by %(by)s"),
    "let_in": N_("let in again by %(by)s"),
    "book_begun": N_("so already when this book began"),
}


@dataclass(frozen=True, slots=True)
class RightLine:
    """A right, or a change of one, as a page shows it."""

    kind: str
    title: str
    role: str
    decision: str
    why: str
    since: datetime
    until: datetime | None
    #: What was agreed to, by which it was decided.
    proposal_id: int | None = None
    proposal: str = ""


def right_lines(rows: Iterable[RightRow], reader: Reader) -> list[RightLine]:
    """Return who may do what now."""
    return [_line(row, row.person, reader, _role(row, reader)) for row in rows]


def change_lines(rows: Iterable[RightRow], reader: Reader) -> list[RightLine]:
    """Return what changed about it."""
    return [_line(row, _change(row, reader), reader) for row in rows]


def decision_of(row: RightRow, reader: Reader) -> str:
    """Return by which decision somebody has the right."""
    return reader.gettext(_DECISIONS[row.cause], by=_deciders(row.by, row.agreed_by, reader))


def _deciders(by: str | None, agreed_by: str | None, reader: Reader) -> str:
    """Return who decided it: one name, or the two of who asked and who agreed."""
    first = by or reader.gettext("whoever runs the program")
    if agreed_by is None:
        return first
    return reader.gettext("%(first)s and %(second)s", first=first, second=agreed_by)


def _role(row: RightRow, reader: Reader) -> str:
    """Return what somebody is, and that they read names if they do."""
    if not row.role:
        return ""
    role = reader.gettext(ROLE_WORDS[row.role])
    if row.reads_names:
        return reader.gettext("%(role)s, reads the sign-in sheets", role=role)
    return role


def _change(row: RightRow, reader: Reader) -> str:
    before, after = (ROLE_WORDS[one] if one else None for one in (row.before, row.role))
    if after is None:
        return reader.gettext("%(name)s: works here no longer", name=row.person)
    if before == after and row.could_read_names != row.reads_names:
        if row.reads_names:
            return reader.gettext("%(name)s: may read the sign-in sheets", name=row.person)
        return reader.gettext("%(name)s: reads the sign-in sheets no longer", name=row.person)
    if before is None or before == after:
        return reader.gettext("%(name)s: %(role)s", name=row.person, role=reader.gettext(after))
    return reader.gettext(
        "%(name)s: %(role)s, was %(before)s",
        name=row.person,
        role=reader.gettext(after),
        before=reader.gettext(before),
    )


def _line(row: RightRow, title: str, reader: Reader, role: str = "") -> RightLine:
    kind = "stop" if row.role is None else "count" if row.role == "coordinator" else "plain"
    return RightLine(
        kind,
        title,
        role,
        decision_of(row, reader),
        row.why,
        row.since,
        row.until,
        row.proposal_id,
        row.proposal or "",
    )


#: What was changed, and the colour of its row.
_SETTINGS: Final[dict[SettingKind, tuple[str, str]]] = {
    "depot": (N_("This depot"), "plain"),
    "category": (N_("Category: %(name)s"), "plain"),
    "meal_factor": (N_("What counts as a meal: %(name)s"), "plain"),
    "meal_factor_chosen": (N_("Reports count meals by: %(name)s"), "count"),
    "report_form": (N_("Report form: %(name)s"), "plain"),
    "token": (N_("A program may ask: %(name)s"), "count"),
    "export": (N_("Everything taken along in one file"), "count"),
    "erasure": (N_("Erased on request: %(name)s"), "stop"),
    "conduct": (N_("How we treat each other, and whom to turn to"), "plain"),
    "name_sheets": (N_("Sign-in sheets"), "count"),
    "item": (N_("Item: %(name)s"), "plain"),
    "donor_letter": (N_("Letters to donors"), "plain"),
}
_FIELDS: Final = {
    "name": N_("Name"),
    "time_zone": N_("Time zone"),
    "week_start": N_("A week begins on"),
    "weight_unit": N_("Weights in"),
    "paper_size": N_("Paper"),
    "date_order": N_("How days are written"),
    "language": N_("Language of the depot"),
    "needs_second_factor": N_("Coordinators need a second step"),
    "second_kinds": N_("Takes two people"),
    "second_write_off_grams": N_("Write-offs above"),
    "second_days": N_("Days to agree"),
    "asks_pin": N_("The depot’s devices ask for a PIN"),
    "own_device": N_("A device of the depot’s own"),
    "note": N_("Note"),
    "shelf_life_amount": N_("Given out after best before for so long"),
    "shelf_life_unit": N_("counted in"),
    "shelf_life_source": N_("Who says so"),
    "average_unit_milligrams": N_("Weight of a piece, in milligrams"),
    "unit_weight_milligrams": N_("Weight of one, in milligrams"),
    "sender": N_("Who sends it"),
    "thanks": N_("What it says"),
    "says_nothing_in_return": N_("Says that nothing was given in return"),
    "is_food": N_("Counts as meals"),
    "archived": N_("No longer in use"),
    "grams_per_meal": N_("Grams a meal"),
    "stated": N_("As it is stated"),
    "source": N_("Source"),
    "version": N_("Version"),
    "role": N_("Role"),
    "definition": N_("What the form asks for"),
    "why": N_("Why"),
    "confidants": N_("Whom to turn to"),
    "is_on": N_("Kept here"),
    "years": N_("Years that names are kept"),
    "columns": N_("Columns on the paper"),
    "statement": N_("What is declared"),
}
#: Too long for a line, or not for a book that is kept for good: that it is another is enough.
_UNTOLD: Final = {"definition", "confidants", "sender", "thanks"}
#: Words of ours among what is set.
_VALUES: Final = ROLE_WORDS | {
    "day": N_("days"),
    "month": N_("months"),
    "year": N_("years"),
    "never": N_("never"),
    "dmy": N_("day first"),
    "mdy": N_("month first"),
}
#: Where they stand; what people wrote is never taken for one.
_OURS: Final = {"role", "shelf_life_unit", "date_order"}


@dataclass(frozen=True, slots=True)
class SettingLine:
    """A change of a setting as a page shows it."""

    kind: str
    title: str
    by: str
    fields: tuple[str, ...]
    at: datetime


def setting_lines(rows: Iterable[SettingRow], reader: Reader) -> list[SettingLine]:
    """Return what was set otherwise."""
    return [_setting_line(row, reader) for row in rows]


def _setting_line(row: SettingRow, reader: Reader) -> SettingLine:
    title, kind = _SETTINGS[row.kind]
    by = _deciders(row.by, row.agreed_by, reader)
    fields = tuple(_field(one, reader) for one in row.fields)
    return SettingLine(kind, reader.gettext(title, name=row.subject), by, fields, row.at)


def _field(one: FieldChange, reader: Reader) -> str:
    name = reader.gettext(_FIELDS[one.name])
    if one.name in _UNTOLD:
        return name
    before, after = _value(one, one.before, reader), _value(one, one.after, reader)
    return reader.gettext(
        "%(field)s: %(after)s, was %(before)s", field=name, after=after, before=before
    )


def _value(one: FieldChange, value: str | int | bool | None, reader: Reader) -> str:
    if value is None or value == "":
        return reader.gettext("nothing")
    if isinstance(value, bool):
        return reader.gettext("yes") if value else reader.gettext("no")
    if one.name == "week_start":
        return figures.weekdays(reader)[int(value)]
    if one.name == "second_kinds":
        return ", ".join(reader.gettext(ACT_WORDS[kind]) for kind in str(value).split())
    if one.name == "second_write_off_grams":
        return figures.weight(int(value), reader)
    if isinstance(value, int):
        return figures.number(value, reader)
    if one.name == "language":
        return own_name(value)
    return reader.gettext(_VALUES[value]) if one.name in _OURS else value
