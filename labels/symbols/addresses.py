"""The addresses in our symbols, of crates, places, events, transfers; and reading them back.

A crate is named by its code (`labels.symbols.codes`), a place and an event by their number, a
transfer by what both of its depots call it. All are in upper case but for the scheme, so that a
symbol stays small:

    https://DEPOT.EXAMPLE/C/7K3M-9QX2      https://DEPOT.EXAMPLE/P/12      https://DEPOT.EXAMPLE/E/7
    https://DEPOT.EXAMPLE/T/6F1D2B64-0C1E-4C58-9C52-6B1F7C7B9D10
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Literal

from labels.symbols import codes

AddressKind = Literal["crate", "place", "event", "transfer"]

_KINDS: Final[dict[str, AddressKind]] = {"p": "place", "e": "event"}
_LONGEST_TEXT: Final = 300
#: No number in an address is larger: it is a row of a table.
MAX_NUMBER: Final = 2**63 - 1
_NUMBERED: Final = re.compile(
    r"(?:https?://[^/?#\s]+)?/(?:[^?#\s]*/)?(?P<kind>[pe])/0*(?P<number>[1-9][0-9]{0,18})/?(?:[?#].*)?",
    re.IGNORECASE | re.ASCII,
)


_TRANSFER: Final = re.compile(
    r"(?:https?://[^/?#\s]+)?/(?:[^?#\s]*/)?t/(?P<code>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/?(?:[?#].*)?",
    re.IGNORECASE | re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Address:
    """What a scanned text names: a crate or a transfer by `code`, the others by `number`."""

    kind: AddressKind
    code: str = ""
    number: int = 0


def place_url(base_url: str, number: int) -> str:
    """Return the address in a place's symbol, a shelf's: ``https://DEPOT.EXAMPLE/P/12``.

    Raises InvalidBaseUrl as `codes.label_base` does.
    """
    return f"{codes.label_base(base_url)}/P/{number}"


def event_url(base_url: str, number: int) -> str:
    """Return the address in an event's symbol: ``https://DEPOT.EXAMPLE/E/7``.

    Raises InvalidBaseUrl as `codes.label_base` does.
    """
    return f"{codes.label_base(base_url)}/E/{number}"


def transfer_url(base_url: str, code: str) -> str:
    """Return the address in a transfer's symbol, which both of its depots know by that code.

    Raises InvalidBaseUrl as `codes.label_base` does.
    """
    return f"{codes.label_base(base_url)}/T/{code.upper()}"


def read_address(text: str) -> Address | None:
    """Return what a scanned or typed text names, or None if it is nothing of ours.

    Any case is read, and any host: a depot's address changes now and then, the labels on its
    shelves stay. A crate's code is read however it is spelled, with or without an address around
    it; a place, an event or a transfer only as an address or its path. Never raises.
    """
    if len(text) > _LONGEST_TEXT:
        return None
    plain = unicodedata.normalize("NFKC", text).strip()
    if transfer := _TRANSFER.fullmatch(plain):
        return Address("transfer", code=transfer["code"].lower())
    found = _NUMBERED.fullmatch(plain)
    if found:
        number = int(found["number"])
        return (
            Address(_KINDS[found["kind"].lower()], number=number) if number <= MAX_NUMBER else None
        )
    code = codes.normalise_code(text)
    return None if code is None else Address("crate", code=code)
