"""Mail addresses: what may stand in a header. Pure."""

from __future__ import annotations

import re
from typing import Final

from depot.base.errors import Invalid
from depot.base.text import N_

#: Longer addresses cannot be delivered to (RFC 5321, 4.5.3.1.3).
MAX_ADDRESS: Final = 254
_LOCAL: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL: Final = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS: Final = re.compile(rf"{_LOCAL}@(?:{_LABEL}\.)*{_LABEL}")


def clean_address(text: str, field: str = "address") -> str:
    """Return one plain mail address, trimmed, its domain in lower case.

    A domain with other letters than ASCII becomes the form that mail servers know. Raises Invalid
    (at `field`) for anything else: several addresses, names beside them, line ends.
    """
    name, at, domain = text.strip().rpartition("@")
    try:
        found = name + at + domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        found = ""
    if len(found) > MAX_ADDRESS or not _ADDRESS.fullmatch(found):
        raise Invalid(field=field, problem=N_("Write one mail address, like ann@example.org."))
    return found


def clean_header(text: str, field: str) -> str:
    """Return text for one header line, trimmed.

    Raises Invalid (at `field`) if it is empty or holds a line end or another control character:
    what follows a line end would be read as a header of its own.
    """
    cleaned = text.strip()
    if not cleaned or not all(letter.isprintable() for letter in cleaned):
        raise Invalid(field=field, problem=N_("This must be one line of text."))
    return cleaned
