"""What of a report is frozen when it is filed, and the seal over it. Pure.

A filed report is its figures, the facts they were made with, and where the ledger ended. All of it
is one canonical text: JSON (RFC 8259) with sorted keys, no blanks and ASCII only. Its seal is
SHA-256 over the seal of the depot's report filed before (64 zeros for the first), a line feed and
that text, as entries of the ledger are sealed; so a filed report can be neither changed nor taken
out unnoticed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Final

from depot.base.clock import to_milliseconds
from depot.items.item_facts import ItemFacts
from depot.reports.sums.assemble import EventFacts, Facts
from depot.reports.sums.in_kind import table_as_json, table_of
from depot.reports.sums.report import MealFactor

#: The seal before a depot's first filed report.
FIRST: Final = "0" * 64
#: Figures that tell of the moment of filing and cannot be read from the ledger again.
STATED: Final = frozenset({"open_discrepancies", "needs", "doubts"})
#: Figures that reports had not always: of those filed before they are not asked.
LEARNED: Final = frozenset({"visits", "bands"})
#: Where the ledger ended at that moment.
_ENDS: Final = frozenset({"seq", "ledger_seal"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """A filed report as it is sealed; `figures` and `facts` are JSON-ready values."""

    depot_id: int
    number: int
    version: int
    kind: str
    period: str
    first_on: date
    last_on: date
    filed_at: datetime
    person_id: int | None
    token_id: int | None
    ledger_seq: int
    ledger_seal: str
    figures: Mapping[str, Any]
    facts: Mapping[str, Any]


def canonical_json(value: object) -> str:
    """Return a JSON-ready value as its one canonical text."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def sealed_text(frozen: Frozen) -> str:
    """Return the text that is sealed; with the seal before, it is all that the seal needs."""
    return canonical_json(
        {
            "depot": frozen.depot_id,
            "number": frozen.number,
            "version": frozen.version,
            "kind": frozen.kind,
            "period": frozen.period,
            "first": frozen.first_on.isoformat(),
            "last": frozen.last_on.isoformat(),
            "filed_at": to_milliseconds(frozen.filed_at),
            "person": frozen.person_id,
            "token": frozen.token_id,
            "ledger_seq": frozen.ledger_seq,
            "ledger_seal": frozen.ledger_seal,
            "figures": frozen.figures,
            "facts": frozen.facts,
        }
    )


def seal_report(previous: str, frozen: Frozen) -> str:
    """Return the seal (64 hexadecimal digits) of a filed report after the seal `previous`."""
    text = f"{previous}\n{sealed_text(frozen)}"
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def facts_json(facts: Facts) -> dict[str, Any]:
    """Return facts as JSON-ready values; events as a list, because their order is a fact too."""
    return {
        "items": [asdict(one) for _, one in sorted(facts.items.items())],
        "events": [
            [event_id, name, None if held_on is None else held_on.isoformat()]
            for event_id, (name, held_on) in facts.events.items()
        ],
        "factor": asdict(facts.factor),
        **({} if facts.values is None else {"values": table_as_json(facts.values)}),
    }


def facts_of(frozen: Mapping[str, Any]) -> Facts:
    """Return the facts that `facts_json` made `frozen` of."""
    items = {one["id"]: _item_facts(one) for one in frozen["items"]}
    events = {
        event_id: EventFacts(name, None if day is None else date.fromisoformat(day))
        for event_id, name, day in frozen["events"]
    }
    values = table_of(frozen["values"]) if "values" in frozen else None
    return Facts(items, events, MealFactor(**frozen["factor"]), values)


def _item_facts(one: Mapping[str, Any]) -> ItemFacts:
    """Return an item's facts; reports filed before revision 0031 said so many days."""
    told = dict(one)
    if (days := told.pop("best_before_extension_days", None)) is not None:
        told["after_best_before"] = f"day{days}"
    return ItemFacts(**told)


def lasting(figures: Mapping[str, Any]) -> dict[str, Any]:
    """Return the figures without what tells of the moment of filing alone."""
    return {name: kept for name, kept in figures.items() if name not in STATED | _ENDS}


def differences(
    filed: object, proved: object, path: tuple[str, ...] = ()
) -> Iterator[tuple[str, object, object]]:
    """Yield where two JSON-ready values differ: the place in words, and what each of them says."""
    if isinstance(filed, Mapping) and isinstance(proved, Mapping):
        for key in sorted({*filed, *proved}):
            yield from differences(filed.get(key), proved.get(key), (*path, str(key)))
    elif isinstance(filed, list) and isinstance(proved, list):
        mine, other = _by_name(filed), _by_name(proved)
        for name in dict.fromkeys((*mine, *other)):
            yield from differences(mine.get(name), other.get(name), (*path, name))
    elif filed != proved:
        yield " › ".join(path), filed, proved


def _by_name(lines: list[Any]) -> dict[str, Any]:
    """Return lines by what they are called, so that one line more does not shift all others."""
    found: dict[str, Any] = {}
    for number, line in enumerate(lines, start=1):
        name = str(number)
        if isinstance(line, Mapping):
            words = [str(line[key]) for key in _NAMES if line.get(key) is not None]
            name = ", ".join(words) or name
        found[name if name not in found else f"{name} ({number})"] = line
    return found


#: What tells one line of a list from another.
_NAMES: Final = (
    "item_id",
    "item",
    "kind",
    "category",
    "reason",
    "id",
    "name",
    "week",
    "period",
    "date_kind",
    "date_text",
)
