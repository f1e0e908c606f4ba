"""What the access journal says, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from depot.base.actors import CONSOLE, ROLE_WORDS
from depot.base.kinds import AccessKind
from depot.base.text import N_
from depot.people.queries import AccessRow
from depot.words import figures
from depot.words.reader import Reader

#: What happened, the colour of its row, and whether its subject names a role.
_TOLD: Final[dict[AccessKind, tuple[str, str]]] = {
    "signed_in": (N_("Signed in"), "in"),
    "sign_in_failed": (N_("Wrong password or code"), "stop"),
    "session_ended": (N_("Signed out on another device"), "plain"),
    "password_changed": (N_("New password"), "plain"),
    "password_recovered": (N_("New password by a link"), "count"),
    "recovery_asked": (N_("Link to a new password"), "count"),
    "factor_on": (N_("Second step on"), "plain"),
    "factor_off": (N_("Second step off"), "count"),
    "factor_codes": (N_("New codes for paper"), "plain"),
    "factor_code_used": (N_("A code from paper was used"), "count"),
    "passkey_made": (N_("Passkey made"), "plain"),
    "passkey_ended": (N_("Passkey ended"), "plain"),
    "invited": (N_("Invited"), "plain"),
    "invitation_revoked": (N_("Invitation taken back"), "plain"),
    "joined": (N_("Joined"), "in"),
    "role_changed": (N_("New role"), "count"),
    "access_ended": (N_("Access ended"), "stop"),
    "token_made": (N_("Token made"), "count"),
    "token_ended": (N_("Token ended"), "plain"),
    "webhook_made": (N_("Webhook made"), "count"),
    "webhook_ended": (N_("Webhook ended"), "plain"),
    "exported": (N_("Everything taken along in one file"), "count"),
    "settings_saved": (N_("Settings of the depot saved"), "plain"),
    "names_read": (N_("Names of a sign-in sheet read"), "count"),
    "names_taken_along": (N_("Names of a sign-in sheet taken along as a file"), "stop"),
}


#: What may name nobody but a role: a code on the wall is for helpers.
_OF_A_ROLE: Final = ("joined", "invited", "invitation_revoked")


@dataclass(frozen=True, slots=True)
class AccessLine:
    """A line of the journal as a page shows it."""

    kind: str
    title: str
    small: str
    times: str
    recorded_at: datetime


def access_lines(rows: Iterable[AccessRow], reader: Reader) -> list[AccessLine]:
    """Return the lines, in the reader's language."""
    return [_line(row, reader) for row in rows]


def _line(row: AccessRow, reader: Reader) -> AccessLine:
    title, kind = _TOLD[row.kind]
    actor = row.actor
    if row.person_id is None and actor == CONSOLE:
        actor = reader.gettext("the console")
    small = reader.gettext("%(actor)s: %(subject)s", actor=actor, subject=_subject(row, reader))
    return AccessLine(
        kind,
        reader.gettext(title),
        small if row.subject else actor,
        figures.number(row.times, reader) if row.times > 1 else "",
        row.recorded_at,
    )


def _subject(row: AccessRow, reader: Reader) -> str:
    """Return whom or what it is about; a role before a name is a word of ours."""
    role, colon, name = row.subject.partition(": ")
    if row.kind in _OF_A_ROLE and row.subject in ROLE_WORDS:
        return reader.gettext(ROLE_WORDS[row.subject])
    if colon and role in ROLE_WORDS:
        return reader.gettext(
            "%(name)s, %(role)s", name=name, role=reader.gettext(ROLE_WORDS[role])
        )
    return row.subject
