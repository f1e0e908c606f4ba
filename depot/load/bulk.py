"""A long history written in bulk: entries, moves, seals and every total, as the commands would.

Commands write a thousand entries a second at best; ten million moves need another way. `depot
verify` finds nothing wrong with what this writes (tests/commands/stock/test_bulk.py), so it is the
same ledger. The text that is sealed is put together from ready-made pieces; the first entry is
compared with what the program itself would seal.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from depot.base.clock import to_milliseconds
from depot.base.kinds import EntryKind, SourceOfEntry
from depot.ledger.entries import Entry, Move, Place
from depot.ledger.posting import periods_of
from depot.ledger.seal import canonical_text
from depot.load.sinks import Sink, open_sink

LINES = 3
_CHUNK = 20_000
ENTRY = (
    "id, depot_id, seq, kind, occurred_at, occurred_on, recorded_at, command_id, person_id,"
    " source_kind, reason, note, seal"
)
COMMAND = "depot_id, command_id, body_hash, answer, recorded_at"
MOVE = "id, depot_id, entry_id, line, item_id, lot_id, source_id, target_id, quantity"


@dataclass(frozen=True)
class History:
    """What is to be written: of which goods, by whom, and over which days.

    The last `recent_moves` fall on the last `recent_days`, so that a report of last week says the
    same however much came before: only then is its cost that of the history.
    """

    depot_id: int
    #: Who is said to have done it all; None: nobody.
    person_id: int | None
    #: (item, lot) of everything that comes and goes.
    lots: tuple[tuple[int, int], ...]
    last_day: date
    days: int
    recent_days: int = 0
    recent_moves: int = 0


class Happening(NamedTuple):
    """An entry to come: its number, its instant, its day, whether goods come in, how much."""

    number: int
    at: int
    day: str
    comes: bool
    quantity: int
    goods: tuple[tuple[int, int], ...]


@dataclass
class _Sums:
    balances: defaultdict[tuple[int, int, int], int] = field(
        default_factory=lambda: defaultdict(int)
    )
    days: defaultdict[tuple[str, int, str, str], int] = field(
        default_factory=lambda: defaultdict(int)
    )

    def nets(self) -> dict[tuple[str, int], int]:
        """Return by how much each item changed in each month and year."""
        found: defaultdict[tuple[str, int], int] = defaultdict(int)
        for (day, item, _, _), quantity in self.days.items():
            for period in periods_of(date.fromisoformat(day)):
                found[period, item] += quantity
        return found


def fill(database: Path | str, history: History, moves: int) -> None:
    """Write `moves` moves in entries of three: goods come in and are handed out in turn.

    `database` is an SQLite file or a PostgreSQL URL. The depot's chain goes on from where it is;
    balances never sink below nothing.
    """
    with open_sink(database, moves) as sink:
        write_history(sink, history, moves)


def write_history(sink: Sink, history: History, moves: int) -> None:
    """Write `moves` moves of one depot where others may be written too."""
    writer = _Writer(sink, history)
    happenings = _happenings(history, moves // LINES)
    while chunk := list(islice(happenings, _CHUNK)):
        writer.write(chunk)
    writer.finish()


class _Writer:
    """Writes entries as rows, seal after seal, and adds up what they come to."""

    def __init__(self, sink: Sink, history: History) -> None:
        self.sink = sink
        self.history = history
        self.sums = _Sums()
        depot = (history.depot_id,)
        ((self.seq, self.head),) = sink.ask(
            "SELECT seq, seal FROM chain_head WHERE depot_id = ?", depot
        )
        ((self.entry_id,),) = sink.ask("SELECT max(id) FROM stock_entry")
        ((self.move_id,),) = sink.ask("SELECT max(id) FROM stock_move")
        self.places = {
            kind: place
            for place, kind in sink.ask(
                "SELECT id, kind FROM location WHERE depot_id = ?"
                " AND (kind IN ('supplier', 'recipient') OR is_default)",
                depot,
            )
        }
        self.is_proved = False

    def write(self, chunk: list[Happening]) -> None:
        """Write entries, what is remembered of their commands, and their moves."""
        entries: list[tuple[object, ...]] = []
        commands: list[tuple[object, ...]] = []
        moves: list[tuple[object, ...]] = []
        for one in chunk:
            self._add(one, entries, commands, moves)
        self.sink.insert("stock_entry", ENTRY, entries)
        self.sink.insert("command_log", COMMAND, commands)
        self.sink.insert("stock_move", MOVE, moves)

    def _add(
        self,
        one: Happening,
        entries: list[tuple[object, ...]],
        commands: list[tuple[object, ...]],
        moves: list[tuple[object, ...]],
    ) -> None:
        depot, person = self.history.depot_id, self.history.person_id
        self.seq += 1
        self.entry_id += 1
        kind: EntryKind = "receipt" if one.comes else "issue"
        source_kind: SourceOfEntry = "donation" if one.comes else ""
        outside = self.places["supplier" if one.comes else "recipient"]
        here = self.places["storage"]
        source, target = (outside, here) if one.comes else (here, outside)
        command = _command_id(one)
        said = "null" if person is None else str(person)
        legs = f"{source},{target},{one.quantity}"
        lines = ",".join([f"[{item},{lot},{legs},null]" for item, lot in one.goods])
        text = (
            f'{{"command_id":"{command}","depot":{depot},"event":null,"kind":"{kind}",'
            f'"moves":[{lines}],"note":"","occurred_at":{one.at},"occurred_on":"{one.day}",'
            f'"partner":null,"people":null,"person":{said},"placements":[],"reason":"",'
            f'"recorded_at":{one.at},"reverses":null,"seq":{self.seq},'
            f'"source_kind":"{source_kind}","token":null}}'
        )
        if not self.is_proved:
            self._prove(one, kind, source_kind, (source, target), text)
        self.head = hashlib.sha256(f"{self.head}\n{text}".encode("ascii")).hexdigest()
        entries.append(
            (
                *(self.entry_id, depot, self.seq, kind, one.at, one.day, one.at, command),
                *(person, source_kind, "", "", self.head),
            )
        )
        answer = f'{{"entry_id": {self.entry_id}, "seq": {self.seq}, "discrepancies": []}}'
        commands.append((depot, command, "0" * 64, answer, one.at))
        self._add_moves(one, source, target, moves)

    def _add_moves(
        self, one: Happening, source: int, target: int, moves: list[tuple[object, ...]]
    ) -> None:
        depot, here = self.history.depot_id, self.places["storage"]
        flow, detail = ("sourced", "donation") if one.comes else ("handed_out", "")
        signed = one.quantity if one.comes else -one.quantity
        balances, days = self.sums.balances, self.sums.days
        for line, (item, lot) in enumerate(one.goods, start=1):
            self.move_id += 1
            move = self.move_id, depot, self.entry_id, line, item, lot, source, target, one.quantity
            moves.append(move)
            balances[here, lot, item] += signed
            days[one.day, item, flow, detail] += signed

    def _prove(
        self,
        one: Happening,
        kind: EntryKind,
        source_kind: SourceOfEntry,
        places: tuple[int, int],
        text: str,
    ) -> None:
        """Compare the text of the first entry with what the program would seal."""
        kinds = {place: kind for kind, place in self.places.items()}
        source, target = (Place(place, kinds[place]) for place in places)
        at = datetime.fromtimestamp(one.at / 1000, UTC)
        entry = Entry(
            depot_id=self.history.depot_id,
            kind=kind,
            occurred_at=at,
            occurred_on=date.fromisoformat(one.day),
            recorded_at=at,
            command_id=_command_id(one),
            person_id=self.history.person_id,
            source_kind=source_kind,
            moves=tuple(Move(item, lot, source, target, one.quantity) for item, lot in one.goods),
        )
        if canonical_text(entry, self.seq) != text:
            raise RuntimeError("the ledger's sealed text has changed: change the bulk's with it")
        self.is_proved = True

    def finish(self) -> None:
        """Write the end of the chain and everything that the moves add up to."""
        depot, sums = self.history.depot_id, self.sums
        self.sink.change(
            "UPDATE chain_head SET seq = ?, seal = ? WHERE depot_id = ?",
            (self.seq, self.head, depot),
        )
        self.sink.add_up(
            "stock_balance",
            "depot_id, location_id, lot_id, item_id, quantity",
            "location_id, lot_id",
            ((depot, *key, quantity) for key, quantity in sums.balances.items()),
        )
        self.sink.add_up(
            "day_total",
            "depot_id, day, item_id, flow, detail, event_id, quantity",
            "depot_id, day, item_id, flow, detail, event_id",
            ((depot, *key, 0, quantity) for key, quantity in sums.days.items()),
        )
        self.sink.add_up(
            "period_net",
            "depot_id, period, item_id, quantity",
            "depot_id, period, item_id",
            ((depot, *key, quantity) for key, quantity in sums.nets().items()),
        )


def _command_id(one: Happening) -> str:
    """Return the number as a UUID is written, which a UUID itself does far more slowly."""
    return f"00000000-0000-0000-0000-{one.number + 1:012x}"


def _happenings(history: History, count: int) -> Iterator[Happening]:
    """Yield what happens in time: what an even one brings, the next hands out but for a piece."""
    lots, kinds = history.lots, len(history.lots)
    for number, (day, start) in enumerate(_days(history, count)):
        comes = number % 2 == 0
        first = number // 2 * LINES
        quantity = 12 + number // 2 % 5 - (0 if comes else 1)
        goods = tuple([lots[(first + line) % kinds] for line in range(LINES)])
        yield Happening(number, start + number % 1000, day, comes, quantity, goods)


def _days(history: History, count: int) -> Iterator[tuple[str, int]]:
    """Yield the day of each entry and the instant at which its work begins."""
    recent = min(count, history.recent_moves // LINES)
    old_days = history.days - history.recent_days
    begin = history.last_day - timedelta(days=history.days - 1)
    for entries, first, days in (
        (count - recent, 0, old_days),
        (recent, old_days, history.recent_days),
    ):
        before, told = -1, ("", 0)
        for number in range(entries):
            day = first + number * days // entries
            if day != before:
                on = begin + timedelta(days=day)
                told = on.isoformat(), to_milliseconds(datetime.combine(on, time(9), UTC))
                before = day
            yield told
