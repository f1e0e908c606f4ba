"""A page as a screen reader hears it: the browser's accessibility tree, read from its beginning."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from babel.messages.pofile import read_po
from playwright.sync_api import Page

from tests.guards.sources import ROOT

#: What can be acted on, by what the browser calls it.
CONTROLS: Final = frozenset(
    {"button", "checkbox", "combobox", "link", "menuitem", "radio", "searchbox", "slider"}
    | {"spinbutton", "switch", "tab", "textbox", "DisclosureTriangle"}
    | {"Date", "DateTime", "InputTime"}
)
#: Of these there is one on a page, or they are told apart by a name.
LANDMARKS: Final = frozenset(
    {"banner", "complementary", "contentinfo", "form", "main", "navigation", "region", "search"}
)
#: Fields of which the browser makes several; it tells apart what is in them.
_OF_PARTS: Final = frozenset({"Date", "DateTime", "InputTime"})
#: What is said when one enters it, so that what is in it need not say it again.
_GROUPS: Final = frozenset(
    {"group", "radiogroup", "dialog", "alertdialog", "navigation", "region", "search", "listbox"}
)
_CELLS: Final = frozenset({"cell", "gridcell"})
_HEADERS: Final = frozenset({"columnheader", "rowheader"})

_SHOWN_TABLES: Final = """() => [...document.querySelectorAll("table")]
  .filter((one) => one.checkVisibility()).length"""
_THINGS: Final = """() => [...document.querySelectorAll("a.stretch")]
  .map((one) => one.textContent.replace(/\\s+/g, " ").trim())"""


@dataclass(frozen=True)
class Said:
    """One thing of the page: its role and name, in which groups, where it leads, how deep."""

    role: str
    name: str
    groups: tuple[str, ...] = ()
    leads_to: str = ""
    level: int = 0

    def __str__(self) -> str:
        within = f", in {' in '.join(reversed(self.groups))}" if self.groups else ""
        level = f" {self.level}" if self.level else ""
        return f"{self.role}{level} “{self.name}”{within}"


@dataclass(frozen=True)
class Table:
    """A table as it is heard: its name, and of each row the roles of its cells."""

    #: Its own, or of what it stands in.
    name: str
    rows: tuple[tuple[str, ...], ...]


class Reading:
    """What is on a page in the order in which it is read."""

    def __init__(self, page: Page) -> None:
        session = page.context.new_cdp_session(page)
        try:
            nodes = session.send("Accessibility.getFullAXTree")["nodes"]
        finally:
            session.detach()
        self._nodes = {node["nodeId"]: node for node in nodes}
        self._root = nodes[0]
        self.tables: list[Table] = []
        self.said = list(self._read(self._root, ()))
        self.shown_tables: int = page.evaluate(_SHOWN_TABLES)
        #: What rows are called that lead to their thing; two things may have one name.
        self.things: set[str] = set(page.evaluate(_THINGS))

    def children(self, node: dict[str, Any]) -> Iterator[dict[str, Any]]:
        for key in node.get("childIds", ()):
            if key in self._nodes:
                yield self._nodes[key]

    def _read(self, node: dict[str, Any], groups: tuple[str, ...]) -> Iterator[Said]:
        role, name = _role(node), _name(node)
        if not node["ignored"] and role not in ("InlineTextBox", "none", "generic"):
            told = {each["name"]: each["value"].get("value") for each in node.get("properties", ())}
            yield Said(role, name, groups, str(told.get("url") or ""), int(told.get("level") or 0))
            if role == "table":
                self.tables.append(_table(self, node, name or (groups or ("",))[-1]))
            if role in _GROUPS and name:
                groups = (*groups, name)
        for child in self.children(node) if role not in _OF_PARTS else ():
            yield from self._read(child, groups)


def _role(node: dict[str, Any]) -> str:
    return str(node.get("role", {}).get("value", ""))


def _name(node: dict[str, Any]) -> str:
    return " ".join(str(node.get("name", {}).get("value", "")).split())


def _table(reading: Reading, table: dict[str, Any], name: str) -> Table:
    rows: list[tuple[str, ...]] = []
    waiting = list(reading.children(table))
    while waiting:
        node = waiting.pop(0)
        if _role(node) == "row":
            rows.append(tuple(_role(cell) for cell in reading.children(node) if _is_cell(cell)))
        else:
            waiting = [*reading.children(node), *waiting]
    return Table(name, tuple(rows))


def _is_cell(node: dict[str, Any]) -> bool:
    return _role(node) in _CELLS | _HEADERS


def misread(page: Page) -> list[str]:
    """Return what somebody who only hears the open page could not tell, or would be told wrong."""
    reading = Reading(page)
    named = [one for one in reading.said if one.role != "link" or _is_own(one.name, reading.things)]
    return [
        *nameless(reading.said),
        *unclear(named),
        *landmarks(reading.said),
        *bare_tables(reading),
    ]


def nameless(said: list[Said]) -> list[str]:
    """Return what can be acted on and is called nothing."""
    return [f"no name: {one.role}" for one in said if one.role in CONTROLS and not one.name]


def unclear(said: list[Said]) -> list[str]:
    """Return the controls that are called like others nearby and do something else.

    Links of one name that lead to one place are one thing; fields and buttons are told apart by
    their name, or by the name of the group that they stand in.
    """
    alike: dict[tuple[str, str, tuple[str, ...]], list[Said]] = defaultdict(list)
    for one in said:
        if one.role in CONTROLS and one.name:
            alike[one.role, one.name, one.groups].append(one)
    return [
        f"{len(same)} times {same[0]}"
        for same in alike.values()
        if len(same) > 1 and len({one.leads_to for one in same if one.leads_to}) != 1
    ]


def _is_own(name: str, things: set[str]) -> bool:
    """Say whether the program calls a link so; what people named alike, they tell apart."""
    return name in own_words() and name not in things


@cache
def own_words() -> frozenset[str]:
    """Return the sentences of the program: what else a link is called, people wrote."""
    with (ROOT / "depot" / "translations" / "messages.pot").open("rb") as opened:
        read = [one.id for one in read_po(opened)]
    return frozenset(one if isinstance(one, str) else one[0] for one in read)


def landmarks(said: list[Said]) -> list[str]:
    """Return the landmarks that are lacking, or there more than once without names of their own."""
    there = Counter((one.role, one.name) for one in said if one.role in LANDMARKS)
    del there["form", ""]  # without a name it is none
    found = [
        f"{count} landmarks {role} “{name}”" for (role, name), count in there.items() if count > 1
    ]
    roles = Counter(role for role, _name in there)
    found += [f"{roles[role]} landmarks {role}" for role in ("banner", "main") if roles[role] != 1]
    return found


def bare_tables(reading: Reading) -> list[str]:
    """Return the tables that are none to a screen reader, have no name, or cells without header."""
    found = []
    if len(reading.tables) != reading.shown_tables:
        found.append(f"{len(reading.tables)} tables are heard of {reading.shown_tables}")
    for table in reading.tables:
        if not table.name:
            found.append("a table without a name")
        columns = max((len(row) for row in table.rows if "columnheader" in row), default=0)
        for row in table.rows:
            if set(row) & _CELLS and "rowheader" not in row and not columns:
                found.append(f"table “{table.name}”: a row without a header")
            if set(row) & _CELLS and len(row) > (columns or len(row)):
                found.append(f"table “{table.name}”: more cells than columns have headers")
    return list(dict.fromkeys(found))
