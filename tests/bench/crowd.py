"""Many items, places and filled crates written in bulk, as the commands would have made them.

`depot verify` finds nothing wrong with it, like with the moves of `depot.load.bulk`. A crate holds
one lot and was put at its place by the receipt that filled it. Dates lie in the two years to come,
so that a hundredth of all crates must go within a week, however many they are; each item also has
lots of which nothing is left.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from uuid import UUID

from depot.base.clock import to_milliseconds
from depot.base.names import name_key
from depot.ledger.entries import Entry, Move, Place, Placement, balance_changes, flows, net_changes
from depot.ledger.posting import periods_of
from depot.ledger.seal import seal_entry
from depot.load.bulk import COMMAND, ENTRY, MOVE
from depot.load.sinks import Sink
from labels.symbols.codes import new_code

#: So many crates come in with one receipt.
AT_ONCE = 5
IN_EACH = 12
#: Lots of each item that are gone.
GONE = 5
DAYS_AHEAD = 730
_BRINGS = 1 << 100


@dataclass(frozen=True)
class Crowd:
    """How many there are to be."""

    crates: int
    items: int
    places: int


@dataclass(frozen=True)
class Made:
    """What a crowd is named by."""

    items: tuple[int, ...]
    places: tuple[str, ...]
    codes: tuple[str, ...]


@dataclass(frozen=True)
class _Crate:
    place: Place
    stands_at: int
    item_id: int
    lot_id: int


def bring(sink: Sink, depot_id: int, person_id: int, crowd: Crowd, day: date) -> Made:
    """Write the crowd; its crates come in on `day`. The same numbers give the same crowd."""
    writer = _Writer(sink, depot_id, person_id, day)
    items = writer.items(crowd.items)
    lots = writer.lots(items)
    places = writer.places(crowd.places)
    codes = writer.crates(crowd.crates, items, lots, places)
    return Made(tuple(items), tuple(_place_name(number) for number in range(crowd.places)), codes)


def _place_name(number: int) -> str:
    return f"Bay {number:04}"


class _Writer:
    def __init__(self, sink: Sink, depot_id: int, person_id: int, day: date) -> None:
        self.sink, self.depot_id, self.person_id, self.day = sink, depot_id, person_id, day
        self.at = datetime.combine(day, time(7), UTC)
        self.balances: defaultdict[tuple[int, int, int], int] = defaultdict(int)
        self.days: defaultdict[tuple[int, str, str], int] = defaultdict(int)
        self.nets: defaultdict[tuple[str, int], int] = defaultdict(int)

    def items(self, count: int) -> range:
        """Write items, in the depot's categories in turn; return their ids."""
        categories = self._ask("SELECT id FROM category WHERE depot_id = ? ORDER BY id")
        first, no = self._next("item"), self.sink.no
        rows = []
        for number in range(count):
            name = f"Goods {number:05}"
            owner = (first + number, self.depot_id, categories[number % len(categories)])
            rows.append(
                (*owner, name, name_key(name), "piece", 400_000, "", "", no, no, "", no, "")
            )
        self.sink.insert("item", _ITEM, rows)
        return range(first, first + count)

    def lots(self, items: range) -> range:
        """Write a lot of each item that is here, and some that are gone; return those here."""
        first = self._next("lot")
        here = range(first, first + len(items))
        rows = [
            self._lot(lot, item, self.day + timedelta(days=1 + number % DAYS_AHEAD))
            for number, (lot, item) in enumerate(zip(here, items, strict=True))
        ]
        gone = [(item, before) for item in items for before in range(1, GONE + 1)]
        for lot, (item, before) in enumerate(gone, here.stop):
            rows.append(self._lot(lot, item, self.day - timedelta(days=before * 30)))
        self.sink.insert("lot", _LOT, rows)
        return here

    def _lot(self, lot: int, item: int, on: date) -> tuple[object, ...]:
        text = on.isoformat()
        came = self.day.isoformat()
        own = (lot, self.depot_id, item, "donation", 0, 0, "")
        return (*own, "best_before", text, "day", text, came)

    def places(self, count: int) -> range:
        """Write shelves that stand in rooms of ten; return their ids."""
        first = self._next("location")
        rows = [
            self._location(
                first + number, "storage", _place_name(number), self._room(first, number)
            )
            for number in range(count)
        ]
        self.sink.insert("location", _LOCATION, rows)
        return range(first, first + count)

    def _room(self, first: int, number: int) -> int | None:
        return first + number // 10 * 10 if number % 10 else None

    def _location(
        self, number: int, kind: str, name: str, parent: int | None
    ) -> tuple[object, ...]:
        no = self.sink.no
        return (number, self.depot_id, kind, name, name_key(name), parent, "", no, no)

    def crates(self, count: int, items: range, lots: range, places: range) -> tuple[str, ...]:
        """Write crates, filled and put at their places; return their codes."""
        first, chance = self._next("location"), random.Random(count)
        codes = list(dict.fromkeys(new_code(chance) for _ in range(count)))
        made = [
            _Crate(
                Place(first + number, "crate"),
                places[number % len(places)],
                items[number % len(items)],
                lots[number % len(lots)],
            )
            for number in range(len(codes))
        ]
        self.sink.insert(
            "location",
            _LOCATION,
            [
                self._location(one.place.id, "crate", code, one.stands_at)
                for one, code in zip(made, codes, strict=True)
            ],
        )
        created = to_milliseconds(self.at)
        self.sink.insert(
            "crate",
            _CRATE,
            [
                (one.place.id, self.depot_id, code, *_painted(number), "", "in_use", created)
                for number, (one, code) in enumerate(zip(made, codes, strict=True))
            ],
        )
        self._receive(made)
        return tuple(codes)

    def _receive(self, crates: list[_Crate]) -> None:
        ((seq, head),) = self.sink.ask(
            "SELECT seq, seal FROM chain_head WHERE depot_id = ?", (self.depot_id,)
        )
        supplier = Place(
            self._ask("SELECT id FROM location WHERE depot_id = ? AND kind = 'supplier'")[0],
            "supplier",
        )
        entry_id, move_id, put_id = map(
            self._next, ("stock_entry", "stock_move", "crate_placement")
        )
        entries: list[tuple[object, ...]] = []
        commands: list[tuple[object, ...]] = []
        moves: list[tuple[object, ...]] = []
        puts: list[tuple[object, ...]] = []
        for number, some in enumerate(_chunks(crates)):
            entry = self._entry(number, some, supplier)
            seq += 1
            head = seal_entry(head, entry, seq)
            entries.append(self._entry_row(entry_id + number, seq, entry, head))
            for line, move in enumerate(entry.moves, 1):
                where = (move.item_id, move.lot_id, move.source.id, move.target.id, move.quantity)
                owner = (move_id + len(moves), self.depot_id, entry_id + number, line)
                moves.append((*owner, *where))
            for put in entry.placements:
                where_from = (put.crate_id, put.from_id, put.to_id)
                puts.append((put_id + len(puts), self.depot_id, entry_id + number, *where_from))
            said = f'{{"entry_id": {entry_id + number}, "seq": {seq}, "discrepancies": []}}'
            recorded = to_milliseconds(entry.recorded_at)
            commands.append((self.depot_id, entry.command_id, "0" * 64, said, recorded))
            self._add_up(entry)
        self.sink.insert("stock_entry", ENTRY, entries)
        self.sink.insert("command_log", COMMAND, commands)
        self.sink.insert("stock_move", MOVE, moves)
        self.sink.insert("crate_placement", _PUT, puts)
        self.sink.change(
            "UPDATE chain_head SET seq = ?, seal = ? WHERE depot_id = ?", (seq, head, self.depot_id)
        )
        self._totals()

    def _entry(self, number: int, crates: list[_Crate], supplier: Place) -> Entry:
        return Entry(
            depot_id=self.depot_id,
            kind="receipt",
            occurred_at=self.at,
            occurred_on=self.day,
            recorded_at=self.at,
            command_id=str(UUID(int=_BRINGS + number)),
            person_id=self.person_id,
            source_kind="donation",
            moves=tuple(
                Move(one.item_id, one.lot_id, supplier, one.place, IN_EACH) for one in crates
            ),
            placements=tuple(Placement(one.place.id, None, one.stands_at) for one in crates),
        )

    def _entry_row(self, entry_id: int, seq: int, entry: Entry, seal: str) -> tuple[object, ...]:
        at = to_milliseconds(entry.occurred_at)
        when = (at, entry.occurred_on.isoformat(), at)
        own = (entry_id, self.depot_id, seq, entry.kind)
        return (*own, *when, entry.command_id, self.person_id, entry.source_kind, "", "", seal)

    def _add_up(self, entry: Entry) -> None:
        for key, change in balance_changes(entry).items():
            self.balances[key] += change
        for flow, quantity in flows(entry).items():
            self.days[flow.item_id, flow.flow, flow.detail] += quantity
        for item_id, quantity in net_changes(entry).items():
            for period in periods_of(self.day):
                self.nets[period, item_id] += quantity

    def _totals(self) -> None:
        depot, day = self.depot_id, self.day.isoformat()
        self.sink.add_up(
            "stock_balance",
            "depot_id, location_id, lot_id, item_id, quantity",
            "location_id, lot_id",
            ((depot, *key, quantity) for key, quantity in self.balances.items()),
        )
        self.sink.change(
            "UPDATE stock_balance SET date_on ="
            " (SELECT lot.date_on FROM lot WHERE lot.id = stock_balance.lot_id)"
            " WHERE depot_id = ?",
            (depot,),
        )
        self.sink.add_up(
            "day_total",
            "depot_id, day, item_id, flow, detail, event_id, quantity",
            "depot_id, day, item_id, flow, detail, event_id",
            ((depot, day, *key, 0, quantity) for key, quantity in self.days.items()),
        )
        self.sink.add_up(
            "period_net",
            "depot_id, period, item_id, quantity",
            "depot_id, period, item_id",
            ((depot, *key, quantity) for key, quantity in self.nets.items()),
        )

    def _ask(self, statement: str) -> list[int]:
        return [row[0] for row in self.sink.ask(statement, (self.depot_id,))]

    def _next(self, table: str) -> int:
        ((last,),) = self.sink.ask(f"SELECT max(id) FROM {table}")
        return int(last or 0) + 1


_ITEM = (
    "id, depot_id, category_id, name, name_key, base_unit, unit_weight_milligrams, note, allergens,"
    " is_loose, archived, shelf_life_source"
    ", allergens_known, diets"
)
_LOT = (
    "id, depot_id, item_id, origin_kind, partner_id, produced_by_seq, lot_code, date_kind,"
    " date_text, date_precision, date_on, first_received_on"
)
_LOCATION = "id, depot_id, kind, name, name_key, parent_id, note, is_default, archived"
_CRATE = "location_id, depot_id, code, box_number, box_number_key, box_type, state, created_at"
_PUT = "id, depot_id, entry_id, crate_id, from_id, to_id"


def _painted(number: int) -> tuple[str, str]:
    """Return the old number painted on every second crate, and its key."""
    box = f"Box {number}" if number % 2 else ""
    return box, name_key(box)


def _chunks(crates: list[_Crate]) -> Iterator[list[_Crate]]:
    waiting = iter(crates)
    while some := list(islice(waiting, AT_ONCE)):
        yield some
