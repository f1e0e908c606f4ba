"""How a list is arranged: its order, how much of it is on a page, and which columns it has.

What is asked for in the address counts and is kept for whoever asked, until they sign out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import request, session
from flask_babel import gettext as _

from blueprints.frame.guards import actor
from blueprints.frame.web import is_background_request, query_text

#: In the session: whose it is, and what they chose for each list.
_REMEMBERED: Final = "lists"
#: In the address: that columns were chosen, perhaps none; and each of them.
CHOSE_COLUMNS: Final = "columns"
COLUMN: Final = "column"
SIZES: Final = (20, 40, 100, 200)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What can be chosen about a list; the first order is the usual one."""

    #: The list's name, under which the choice is kept.
    key: str
    orders: Mapping[str, str]
    #: All are shown unless somebody chose.
    columns: Mapping[str, str]
    #: How many rows a page usually has; 0: the list has one page.
    size: int = 0


@dataclass(frozen=True, slots=True)
class Arranged:
    """How a list is shown now, with the choices for the component `arrange`."""

    order: str
    size: int
    columns: tuple[str, ...]
    orders: list[tuple[str, str]]
    sizes: list[tuple[str, str]]
    #: Value, word, and whether it is shown.
    choices: list[tuple[str, str, bool]]

    @property
    def values(self) -> dict[str, Any]:
        """What the address says of it, for links to more of the list."""
        return {"order": self.order} | ({"size": str(self.size)} if self.size else {})


def read_arranged(of: Arrangement) -> Arranged:
    """Return how the list is shown: as the address asks, else as was chosen last; keep that."""
    kept = _kept(of.key)
    order = _one_of(tuple(of.orders), query_text("order"), kept.get("order", ""))
    sizes = tuple(str(size) for size in SIZES) if of.size else ()
    size = _one_of((str(of.size), *sizes), query_text("size"), str(kept.get("size", "")))
    asked = request.args.getlist(COLUMN) if CHOSE_COLUMNS in request.args else kept.get("columns")
    columns = tuple(name for name in of.columns if asked is None or name in asked)
    _keep(of, kept, {"order": order, "size": int(size), "columns": list(columns)})
    return Arranged(
        order,
        int(size),
        columns,
        [(name, _(word)) for name, word in of.orders.items()],
        [(text, text) for text in sizes],
        [(name, _(word), name in columns) for name, word in of.columns.items()],
    )


def _one_of(known: tuple[str, ...], *wanted: str) -> str:
    return next((text for text in wanted if text in known), known[0])


def _kept(key: str) -> dict[str, Any]:
    """Return what this person chose for the list; on a shared device another one chose nothing."""
    found = session.get(_REMEMBERED)
    if not isinstance(found, dict) or found.get("of") != actor().person_id:
        return {}
    kept = found.get(key)
    return kept if isinstance(kept, dict) else {}


def _keep(of: Arrangement, kept: dict[str, Any], chosen: dict[str, Any]) -> None:
    usual = {"order": next(iter(of.orders)), "size": of.size, "columns": list(of.columns)}
    if chosen == (usual | kept) or is_background_request():
        return
    found = session.get(_REMEMBERED)
    whose = actor().person_id
    others = found if isinstance(found, dict) and found.get("of") == whose else {}
    session[_REMEMBERED] = others | {"of": whose, of.key: chosen}
