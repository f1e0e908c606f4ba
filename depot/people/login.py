"""Sign-in names: a mail address or any name, in the one form in which they are compared. Pure."""

from __future__ import annotations

from depot.base.names import clean_name


def login_key(login: str) -> str:
    """Return the form in which a sign-in name is kept and compared."""
    return clean_name(login).casefold()
