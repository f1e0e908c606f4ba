"""Signed links in mails about shifts: they say yes, or end the mails, without a session."""

from __future__ import annotations

from depot.mail.links import SignedLinks


class ReminderLinks(SignedLinks):
    """Links about a wish for mails about shifts."""

    __slots__ = ()
    path = "calendar/mails"
    kind = "shifts by mail"
