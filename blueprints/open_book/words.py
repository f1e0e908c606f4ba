"""What the open book says, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from depot.base.kinds import RightCause
from depot.base.text import N_
from depot.open_book.queries import RightRow
from depot.words.reader import Reader

ROLE_WORDS: Final = {
    "helper": N_("helper"),
    "volunteer": N_("volunteer"),
    "coordinator": N_("coordinator"),
}
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


def right_lines(rows: Iterable[RightRow], reader: Reader) -> list[RightLine]:
    """Return who may do what now."""
    return [_line(row, row.person, reader, _role(row, reader)) for row in rows]


def change_lines(rows: Iterable[RightRow], reader: Reader) -> list[RightLine]:
    """Return what changed about it."""
    return [_line(row, _change(row, reader), reader) for row in rows]


def decision_of(row: RightRow, reader: Reader) -> str:
    """Return by which decision somebody has the right."""
    by = row.by or reader.gettext("whoever runs the program")
    return reader.gettext(_DECISIONS[row.cause], by=by)


def _role(row: RightRow, reader: Reader) -> str:
    """Return what somebody is."""
    return reader.gettext(ROLE_WORDS[row.role]) if row.role else ""


def _change(row: RightRow, reader: Reader) -> str:
    before, after = (ROLE_WORDS[one] if one else None for one in (row.before, row.role))
    if after is None:
        return reader.gettext("%(name)s: works here no longer", name=row.person)
    if before is None or before == after:
        return reader.gettext("%(name)s: %(role)s", name=row.person, role=reader.gettext(after))
    return reader.gettext(
        "%(name)s: %(role)s, before %(before)s",
        name=row.person,
        role=reader.gettext(after),
        before=reader.gettext(before),
    )


def _line(row: RightRow, title: str, reader: Reader, role: str = "") -> RightLine:
    kind = "stop" if row.role is None else "count" if row.role == "coordinator" else "plain"
    return RightLine(kind, title, role, decision_of(row, reader), row.why, row.since, row.until)
