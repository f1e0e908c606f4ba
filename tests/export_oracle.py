"""The weekly report once more, from an export alone: plain Python over its files.

It shares no code with the program. It reads every entry of ledger.jsonl, puts it on its day, adds
up, and weighs as docs/adr/0009 says: what is rounded is the stock, first what was there, then what
is left after each flow in a fixed order.
"""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

Parts = dict[str, str]
#: flow, detail, event
Key = tuple[str, str, int]

INSIDE = ("storage", "crate", "quarantine", "transit")
FLOWS = {
    "opening": "opening",
    "supplier": "sourced",
    "production": "produced",
    "recipient": "handed_out",
    "loss": "lost",
    "count_variance": "variance",
    "network": "transferred",
}
ORDER = ("opening", "sourced", "produced", "handed_out", "lost", "transferred", "variance")
COLUMNS = ("sourced", "produced", "handed_out", "lost")
#: Where a depot has chosen no factor: 1.2 pounds.
USUAL_MEAL = 544
WEEKS = 12


@dataclass
class Item:
    """An item with what it weighs, as its tables say."""

    id: int
    name: str
    unit: str
    stated: int | None
    category: str
    position: int
    is_food: bool
    average: int | None

    @property
    def known(self) -> int | None:
        return 1000 if self.unit == "gram" else self.stated

    @property
    def milligrams(self) -> int | None:
        if self.known is not None:
            return self.known
        return self.average if self.unit == "piece" else None


@dataclass
class Count:
    """One item: what was there before, what happened, what was left."""

    before: int = 0
    after: int = 0
    flows: defaultdict[Key, int] = field(default_factory=lambda: defaultdict(int))


@dataclass
class Line:
    """One item's line: quantities, and grams of each flow if it has a weight."""

    item: Item
    quantities: dict[str, int]
    grams: dict[str, int] | None
    flows: dict[Key, int]
    weighed: dict[Key, int]


class Oracle:
    """An export, read once; it answers for any week."""

    def __init__(self, parts: Parts) -> None:
        self.depot = json.loads(parts["manifest.json"])["depot"]
        self.zone = ZoneInfo(self.depot["time_zone"])
        self.items = items_of(parts)
        self.kinds = {int(row["id"]): row["kind"] for row in table(parts, "location")}
        self.events = [
            (int(row["id"]), row["name"], row["starts_at"])
            for row in table(parts, "distribution_event")
        ]
        chosen = [row for row in table(parts, "meal_factor") if row["is_chosen"] == "true"]
        self.meal = int(chosen[0]["grams_per_meal"]) if chosen else USUAL_MEAL
        lines = [json.loads(line) for line in parts["ledger.jsonl"].splitlines()]
        self.seal = lines[-1]["seal"] if lines else "0" * 64
        self.entries = [(line["id"], json.loads(line["text"])) for line in lines]
        self.undone = {told["reverses"] for _, told in self.entries if told["reverses"]}

    def week(self, first: date) -> dict[str, Any]:
        """Return the figures of the seven days from `first`, as the report's JSON names them."""
        last = first + timedelta(days=6)
        lines = self._lines(first, last)
        totals = added(line.grams for line in lines)
        food_out = sum(
            line.grams["handed_out"] for line in lines if line.grams and line.item.is_food
        )
        made = [
            grams for line in lines for key, grams in line.weighed.items() if key[0] == "produced"
        ]
        by_event = self._by_event(lines)
        people, at_events = self._people(first, last)
        return {
            "seq": len(self.entries),
            "ledger_seal": self.seal,
            "items": [item_line(line) for line in lines],
            "by_source": shares(lines, "sourced", "kind"),
            "by_reason": shares(lines, "lost", "reason"),
            "by_category": by_category(lines),
            "received": received(lines),
            "events": [
                {
                    "id": number,
                    "name": name,
                    "date": self._day(starts).isoformat(),
                    "weight_grams": by_event.get(number, 0),
                }
                | at_events.get(number, people_of([]))
                for number, name, starts in sorted(self.events, key=lambda one: (one[2], one[0]))
                if number in by_event or number in at_events
            ],
            "without_event": {"weight_grams": by_event.get(0, 0)},
            "people": people,
            "totals": in_grams(totals)
            | {
                "made_grams": sum(one for one in made if one > 0),
                "used_up_grams": -sum(one for one in made if one < 0),
            },
            "estimated": in_grams(added(line.grams for line in lines if line.item.known is None)),
            "items_not_weighed": sum(line.grams is None for line in lines),
            "food_handed_out_grams": food_out,
            "meals_equivalent": max(food_out, 0) // self.meal,
            "late_entries": self._late(first, last),
            "compared": self._compared(first),
        }

    def _moves(self, told: dict[str, Any]) -> Iterable[tuple[int, Key, int]]:
        """Yield item, flow and change of each end of a move that lies outside."""
        for item, _lot, source, target, quantity, *_more in told["moves"]:
            for place, change in ((source, quantity), (target, -quantity)):
                kind = self.kinds[place]
                if kind in INSIDE:
                    continue
                flow = FLOWS[kind]
                detail = {"sourced": told["source_kind"], "lost": told["reason"]}.get(flow, "")
                event = (told["event"] or 0) if flow == "handed_out" else 0
                yield item, (flow, detail, event), change

    def _lines(self, first: date, last: date) -> list[Line]:
        counts: defaultdict[int, Count] = defaultdict(Count)
        for _, told in self.entries:
            day = date.fromisoformat(told["occurred_on"])
            if day > last:
                continue
            for item, key, change in self._moves(told):
                counts[item].after += change
                if day < first:
                    counts[item].before += change
                else:
                    counts[item].flows[key] += change
        lines = [line_of(self.items[number], count) for number, count in counts.items()]
        told_of = [line for line in lines if any(line.quantities.values())]
        return sorted(
            told_of,
            key=lambda line: (line.item.position, line.item.category, line.item.name.casefold()),
        )

    def _by_event(self, lines: list[Line]) -> dict[int, int]:
        sums: defaultdict[int, int] = defaultdict(int)
        for line in lines:
            for (flow, _, event), grams in line.weighed.items():
                if flow == "handed_out":
                    sums[event] -= grams
        return dict(sums)

    def _people(self, first: date, last: date) -> tuple[dict[str, Any], dict[int, dict[str, Any]]]:
        counts: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
        for number, told in self.entries:
            stands = number not in self.undone and told["reverses"] is None
            day = date.fromisoformat(told["occurred_on"])
            if told["people"] and stands and first <= day <= last:
                counts[told["people"]["event_id"]].append(told["people"])
        everybody = [one for some in counts.values() for one in some]
        return people_of(everybody), {key: people_of(some) for key, some in counts.items()}

    def _late(self, first: date, last: date) -> int:
        begins = self._midnight(first)
        over = self._midnight(last + timedelta(days=1))
        return sum(
            begins <= told["occurred_at"] < over <= told["recorded_at"] for _, told in self.entries
        )

    def _day(self, instant: str) -> date:
        return datetime.fromisoformat(instant).astimezone(self.zone).date()

    def _midnight(self, day: date) -> int:
        return round(datetime.combine(day, time(), self.zone).timestamp()) * 1000

    def _compared(self, first: date) -> dict[str, Any]:
        days = [
            date.fromisoformat(told["occurred_on"])
            for _, told in self.entries
            if next(iter(self._moves(told)), None) is not None
        ]
        starts = [first - timedelta(days=7 * number) for number in range(WEEKS, 0, -1)]
        known = [one for one in starts if days and one + timedelta(days=6) >= min(days)]
        weeks = [self._flows(one) for one in known]
        mean = {
            name: (2 * sum(week[name] for week in weeks) + len(weeks)) // (2 * len(weeks))
            for name in (weeks[0] if weeks else ())
        }
        return {
            "previous": weeks[-1] if weeks else None,
            "mean": mean or None,
            "from": [one.isoformat() for one in known],
            "periods": weeks,
        }

    def _flows(self, first: date) -> dict[str, int]:
        sums: defaultdict[tuple[str, int], int] = defaultdict(int)
        for _, told in self.entries:
            if 0 <= (date.fromisoformat(told["occurred_on"]) - first).days < 7:
                for item, (flow, _, _), change in self._moves(told):
                    sums[flow, item] += change
        found = dict.fromkeys(COLUMNS, 0)
        for (flow, item), change in sums.items():
            milligrams = self.items[item].milligrams
            if flow in found and milligrams is not None:
                found[flow] += as_printed(flow, grams_of(change, milligrams))
        return {f"{name}_grams": grams for name, grams in found.items()}


def table(parts: Parts, name: str) -> list[dict[str, str]]:
    """Return the rows of a table, without the apostrophes that keep formulas away."""
    rows = csv.DictReader(io.StringIO(parts[f"tables/{name}.csv"], newline=""))
    return [{key: plain(value) for key, value in row.items()} for row in rows]


def plain(text: str) -> str:
    return text[1:] if text[:1] == "'" and text[1:2] in tuple("=+-@") else text


def items_of(parts: Parts) -> dict[int, Item]:
    categories = {row["id"]: row for row in table(parts, "category")}
    found = {}
    for row in table(parts, "item"):
        category = categories[row["category_id"]]
        found[int(row["id"])] = Item(
            int(row["id"]),
            row["name"],
            row["base_unit"],
            number(row["unit_weight_milligrams"]),
            category["name"],
            int(category["position"]),
            category["is_food"] == "true",
            number(category["average_unit_milligrams"]),
        )
    return found


def number(text: str) -> int | None:
    return int(text) if text else None


def grams_of(quantity: int, milligrams: int) -> int:
    """Return whole grams, a half away from nothing."""
    grams = (abs(quantity) * milligrams + 500) // 1000
    return grams if quantity >= 0 else -grams


def as_printed(flow: str, signed: int) -> int:
    return -signed if flow in ("handed_out", "lost") else signed


def line_of(item: Item, count: Count) -> Line:
    flows = {key: change for key, change in count.flows.items() if change}
    weighed: dict[Key, int] = {}
    grams = None
    if item.milligrams is not None:
        stock = count.before
        rounded = first = grams_of(stock, item.milligrams)
        for key in sorted(flows, key=lambda one: (ORDER.index(one[0]), one[1], one[2])):
            stock += flows[key]
            now = grams_of(stock, item.milligrams)
            weighed[key], rounded = now - rounded, now
        grams = figures(first, weighed, rounded)
    return Line(item, figures(count.before, flows, count.after), grams, flows, weighed)


def figures(before: int, flows: dict[Key, int], after: int) -> dict[str, int]:
    sums = dict.fromkeys(ORDER, 0)
    for (flow, _, _), change in flows.items():
        sums[flow] += as_printed(flow, change)
    entered = sums.pop("opening")
    return {"opening": before + entered, **sums, "closing": after, "opening_entered": entered}


def added(many: Iterable[dict[str, int] | None]) -> dict[str, int]:
    sums = figures(0, {}, 0)
    for one in many:
        for name, grams in (one or {}).items():
            sums[name] += grams
    return sums


def in_grams(found: dict[str, int]) -> dict[str, int]:
    return {f"{name}_grams": grams for name, grams in found.items()}


def item_line(line: Line) -> dict[str, Any]:
    return {
        "item": line.item.name,
        "item_id": line.item.id,
        "category": line.item.category,
        "unit": line.item.unit,
        **line.quantities,
        "weights": None if line.grams is None else in_grams(line.grams),
        "estimated": line.grams is not None and line.item.known is None,
    }


def shares(lines: list[Line], wanted: str, name: str) -> list[dict[str, Any]]:
    grams: defaultdict[str, int] = defaultdict(int)
    bare: defaultdict[str, int] = defaultdict(int)
    for line in lines:
        for key in line.flows:
            if key[0] == wanted:
                grams[key[1]] += as_printed(wanted, line.weighed.get(key, 0))
                bare[key[1]] += key not in line.weighed
    return [
        {name: kind, "weight_grams": grams[kind], "items_not_weighed": bare[kind]}
        for kind in sorted(grams, key=lambda one: (-grams[one], one))
    ]


def by_category(lines: list[Line]) -> list[dict[str, Any]]:
    groups: defaultdict[tuple[int, str], list[Line]] = defaultdict(list)
    for line in lines:
        groups[line.item.position, line.item.category].append(line)
    return [
        {
            "category": name,
            "is_food": some[0].item.is_food,
            "items_not_weighed": sum(line.grams is None for line in some),
        }
        | in_grams(added(line.grams for line in some))
        for (_, name), some in sorted(groups.items())
    ]


def received(lines: list[Line]) -> list[dict[str, Any]]:
    sums: defaultdict[tuple[int, str, str], int] = defaultdict(int)
    for line in lines:
        for (flow, detail, _), grams in line.weighed.items():
            if flow == "sourced":
                sums[line.item.position, line.item.category, detail] += grams
    return [
        {"kind": kind, "category": category, "weight_grams": grams}
        for (_, category, kind), grams in sorted(sums.items())
    ]


def people_of(counts: list[dict[str, Any]]) -> dict[str, Any]:
    """Return people added up; what nobody asked is None, which is not zero."""

    def total(numbers: Iterable[int | None]) -> int | None:
        known = [one for one in numbers if one is not None]
        return sum(known) if known else None

    ages = ("adults", "children", "seniors")
    found: dict[str, Any] = {name: total(one[name] for one in counts) for name in ages}
    asked_ages = [one for one in counts if any(one[name] is not None for name in ages)]
    asked_new = [one for one in counts if one["new_households"] is not None]
    new = total(one["new_households"] for one in counts)
    came = total(one["households"] for one in asked_new)
    return found | {
        "households": total(one["households"] for one in counts),
        "individuals": total(found[name] for name in ages),
        "new_households": new,
        "asked_households": total(one["households"] for one in asked_ages),
        "returning_households": None if came is None or new is None else came - new,
    }
