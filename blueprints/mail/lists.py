"""Who gets the week by mail, and what did not arrive, as files: no message, no link of a mail."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Response
from flask_babel import gettext as _

from blueprints.frame.guards import need_coordinator
from blueprints.frame.language import current_reader
from blueprints.frame.web import reader
from blueprints.mail.pages import visible_readers
from blueprints.words.columns import MOMENT, WHOLE, Column, wall_clock
from blueprints.words.exports import send_list
from depot.mail.queries import UnsentMail, unsent_mails
from depot.words.reader import Reader

_ALL = 1_000_000


def readers_file(ending: str) -> Response:
    """Send who asked for the week by mail: to a volunteer, their own addresses."""
    own, others = visible_readers()
    reads = current_reader()
    columns: list[Column[Any]] = [
        Column(_("Mail address"), lambda row: row.address),
        Column(_("Asked"), lambda row: wall_clock(row.created_at, reads), MOMENT),
        Column(_("Said yes"), lambda row: wall_clock(row.confirmed_at, reads), MOMENT),
    ]
    return send_list(ending, _("Report by mail"), columns, [*own, *others])


def unsent_file(ending: str) -> Response:
    """Send the mails that wait or failed. For coordinators."""
    need_coordinator()
    session, who = reader()
    reads = current_reader()
    columns: list[Column[Any]] = [
        Column(_("Mail address"), lambda row: row.to_address),
        Column(_("Subject"), lambda row: row.subject),
        Column(_("Waiting since"), lambda row: wall_clock(row.queued_at, reads), MOMENT),
        Column(_("Times tried"), lambda row: row.tries, WHOLE),
        Column(_("The mail server said"), lambda row: row.last_error),
        Column(_("Again on"), lambda row: _again(row, reads), MOMENT),
        Column(_("Given up"), lambda row: wall_clock(row.given_up_at, reads), MOMENT),
    ]
    rows = unsent_mails(session, who.depot_id, _ALL)
    return send_list(ending, _("Mails not sent yet"), columns, rows)


def _again(row: UnsentMail, reads: Reader) -> datetime | None:
    return None if row.given_up_at else wall_clock(row.next_try_at, reads)
