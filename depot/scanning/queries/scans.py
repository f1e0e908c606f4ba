"""What a text is: a crate, a place, an event, a transfer, goods, or nothing known here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from sqlalchemy.orm import Session

from depot.crates.queries.crate_lists import NearCrate, near_crates
from depot.crates.queries.crates import CrateView, crate_view, find_crate
from depot.crates.queries.standing import find_place
from depot.distribution.queries.events import EventRow, event_row
from depot.items.gs1 import Scan, read_code
from depot.items.queries.item_codes import Meaning, meaning_of
from depot.locations.queries.places import place_row
from depot.locations.tree import Node
from depot.network.parts import MARK as PART_MARK
from depot.network.queries.transfers import TransferRow, transfer_by_code
from labels.symbols.addresses import Address, read_address

FoundKind = Literal[
    "crate",
    "blank_crate",
    "retired_crate",
    "place",
    "event",
    "transfer",
    "transfer_part",
    "item",
    "unknown_crate",
    "unknown_code",
    "not_a_code",
]
#: Symbols also hold addresses of the web, contacts and the like: nothing to learn from.
_ELSEWHERE: Final = re.compile(
    r"(?:https?|ftp|mailto|tel|sms|smsto|geo|wifi|mecard|matmsg|market|begin)\s*:.*|www\..*",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST: Final = 200
_CRATE_KINDS: Final[dict[str, FoundKind]] = {"blank": "blank_crate", "retired": "retired_crate"}


@dataclass(frozen=True, slots=True)
class Found:
    """What a text is; the fields that its kind does not have are None or empty."""

    kind: FoundKind
    #: The code in its one form: a crate's, a product's, or the text itself.
    code: str
    scan: Scan
    crate: CrateView | None = None
    place: Node | None = None
    event: EventRow | None = None
    transfer: TransferRow | None = None
    meaning: Meaning | None = None
    #: Crates that a misspelt code may have meant, the likeliest first.
    near: tuple[NearCrate, ...] = ()
    #: The symbol was made for a place or a hand-out, but not for one of this depot.
    names: str = ""

    @property
    def can_be_learned(self) -> bool:
        """Say whether somebody may teach which item the code stands for."""
        return self.kind in ("unknown_code", "item") and bool(self.scan.key) and not self.names


def look_up_code(session: Session, depot_id: int, text: str, today: date, time_zone: str) -> Found:
    """Say what a text is in this depot (one to five statements).

    A crate is found by its code however it is spelled, by its address, and by its old box number;
    a place, an event and a transfer by their addresses, a place also by its name. What another
    depot has is as unknown as what nobody has. `today` and `time_zone` are the depot's.
    """
    scan = read_code(text, today, time_zone)
    address = read_address(text)
    if not text.strip():
        return Found("not_a_code", "", scan)
    if scan.text.startswith(PART_MARK):
        return Found("transfer_part", PART_MARK, scan)
    if address is not None and address.kind != "crate":
        return _addressed(session, depot_id, address, scan)
    return (
        _crate(session, depot_id, text, scan)
        or _goods(session, depot_id, scan)
        or _named(session, depot_id, text, scan)
        or _unknown(session, depot_id, address, scan)
    )


def _crate(session: Session, depot_id: int, text: str, scan: Scan) -> Found | None:
    head = find_crate(session, depot_id, text)
    if head is None:
        return None
    kind = _CRATE_KINDS.get(head.stored_state, "crate")
    return Found(kind, head.code, scan, crate=crate_view(session, depot_id, head))


def _addressed(session: Session, depot_id: int, address: Address, scan: Scan) -> Found:
    if address.kind == "event":
        event = event_row(session, depot_id, address.number)
        if event is not None:
            return Found("event", str(event.id), scan, event=event)
    elif address.kind == "transfer":
        transfer = transfer_by_code(session, depot_id, address.code)
        if transfer is not None:
            return Found("transfer", address.code, scan, transfer=transfer)
    else:
        node = place_row(session, depot_id, address.number)
        if node is not None and node.kind == "crate":
            return _crate(session, depot_id, node.name, scan) or Found("not_a_code", "", scan)
        if node is not None:
            return Found("place", str(node.id), scan, place=node)
    return Found("unknown_code", scan.text, scan, names=address.kind)


def _goods(session: Session, depot_id: int, scan: Scan) -> Found | None:
    meaning = meaning_of(session, depot_id, *scan.keys)
    if meaning is not None:
        return Found("item", scan.shown, scan, meaning=meaning)
    if scan.is_gs1:
        return Found("unknown_code", scan.shown, scan)
    return None


def _named(session: Session, depot_id: int, text: str, scan: Scan) -> Found | None:
    step = find_place(session, depot_id, text)
    node = place_row(session, depot_id, step.id) if step else None
    return Found("place", str(node.id), scan, place=node) if node else None


def _unknown(session: Session, depot_id: int, address: Address | None, scan: Scan) -> Found:
    near = tuple(near_crates(session, depot_id, scan.text[:80]))
    if address is not None:
        return Found("unknown_crate", address.code, scan, near=near)
    if len(scan.text) > _LONGEST or _ELSEWHERE.fullmatch(scan.text):
        return Found("not_a_code", scan.text[:_LONGEST], scan)
    return Found("unknown_code", scan.text, scan, near=near)
