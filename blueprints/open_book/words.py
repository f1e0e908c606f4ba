"""What the open book says, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from depot.base.actors import ROLE_WORDS
from depot.base.kinds import RightCause
from depot.base.text import N_
from depot.open_book.queries import RightRow
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
    return reader.gettext(_DECISIONS[row.cause], by=deciders(row.by, row.agreed_by, reader))


def deciders(by: str | None, agreed_by: str | None, reader: Reader) -> str:
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
