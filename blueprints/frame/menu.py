"""The places of the menu; a place appears when its slice does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import current_app, request, url_for
from flask_babel import gettext as _

from blueprints.frame.guards import current_actor
from depot.base.text import N_


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One entry of the menu."""

    key: str
    label: str
    href: str
    icon: str
    active: bool
    primary: bool
    #: What whoever hears the word alone needs beside it; empty for most.
    unseen: str


#: What is not for who helps for today.
_FOR_MEMBERS = frozenset({"reports.weekly"})
#: endpoint, word, icon, whether it is one of the four of a phone's bottom bar
_PLACES = (
    ("today.show", N_("Today"), "today", True),
    ("scanner.scan", N_("Scan"), "scan", True),
    ("crates.index", N_("Crates"), "crate", True),
    ("distribution.index", N_("Hand-outs"), "out", False),
    ("stock.index", N_("Stock"), "shelf", False),
    ("ledger.index", N_("Ledger"), "list", False),
    ("reports.weekly", N_("Report"), "chart", False),
    ("today.more", N_("More"), "more", True),
)


#: More of what, for who hears a link out of its bar.
_UNSEEN: Final = {"today.more": N_("Pages")}


def menu() -> list[MenuEntry]:
    """Return the menu for who is signed in; empty for nobody."""
    who = current_actor()
    if who is None:
        return []
    known = current_app.view_functions
    return [
        MenuEntry(
            endpoint,
            _(label),
            url_for(endpoint),
            icon,
            _is_here(endpoint),
            primary,
            _(_UNSEEN.get(endpoint, "")),
        )
        for endpoint, label, icon, primary in _PLACES
        if endpoint in known and not (who.is_helper and endpoint in _FOR_MEMBERS)
    ]


def _is_here(endpoint: str) -> bool:
    if request.endpoint is None:
        return False
    if endpoint.startswith("today."):
        return request.endpoint == endpoint
    return request.endpoint.partition(".")[0] == endpoint.partition(".")[0]
