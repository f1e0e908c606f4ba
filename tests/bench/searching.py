"""What a search costs beside an empty view, among many items and crates.

    python -m tests.bench.searching [--items 100000] [--crates 100000] [--asks 300]

CPU time of the server, one client, all in one run; the aim is five empty views. Items are called by
three words of a few hundred and a number, as in a depot that never tidied its list.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import quote

from sqlalchemy import text

from depot.config import from_environment
from depot.db.database import current_session, open_database, use
from depot.db.search.keeping import renew_stale
from depot.db.transaction import transaction
from tests.bench.crowd import Crowd
from tests.bench.empty import serve_nothing
from tests.bench.ground import Ground, Shape, make_ground
from tests.bench.load import Ask, api, measure_requests
from tests.serving import serve_depot

AIM: Final = 5
_NOTHINGS: Final = 10
_HOW: Final = ("white", "red", "dried", "tinned", "fresh", "frozen", "whole", "smoked", "sweet")
_WHAT: Final = (
    "rice", "lentils", "beans", "tomatoes", "peaches", "flour", "pasta", "oats", "milk", "carrots",
    "potatoes", "onions", "apples", "sardines", "chickpeas", "spinach", "sugar", "coffee", "tea",
)  # fmt: skip
_WHENCE: Final = ("Basmati", "Puglia", "Anatolia", "Picardy", "Andes", "Mekong", "Sahel", "Tyrol")
#: What is sought, by what it tries.
_SOUGHT: Final = {
    "one item": "sweet potatoes basmati 71234",
    "an item that is not there": "tinned lentils andes 71234",
    "a word of many": "lentils",
    "a beginning": "to",
    "two words": "smoked sardines",
    "misspelt": "smokde sardnies",
    "nothing": "xylophone",
    "a page": "print labels",
    "half a code": "7K3M",
}


def main(words: Sequence[str]) -> None:
    """Print a line for each question."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.searching")
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--crates", type=int, default=100_000)
    parser.add_argument("--asks", type=int, default=300)
    given = parser.parse_args(words)
    with tempfile.TemporaryDirectory(prefix="depot-search-") as folder:
        ground = _ground(Path(folder), given.items, given.crates)
        with (
            serve_nothing(Path(folder) / "empty") as nothing,
            serve_depot(ground.environment) as it,
        ):
            empty = [Ask("GET", "/", {})] * given.asks * _NOTHINGS
            base = measure_requests(nothing.base_url, nothing.pid, empty, clients=1).cpu_ms
            print(f"{'search for':28}{'CPU ms':>10}{'x empty':>10}   (empty: {base:.3f} ms)")
            for name, ask in _asks(ground):
                measure_requests(it.base_url, it.pid, [ask] * 10, clients=1)
                took = measure_requests(it.base_url, it.pid, [ask] * given.asks, clients=1).cpu_ms
                late = "" if took <= AIM * base else f"  more than {AIM}"
                print(f"{name:28}{took:>10.2f}{took / base:>10.1f}{late}", flush=True)


def _asks(ground: Ground) -> Iterator[tuple[str, Ask]]:
    yield "(a look-up)", api(ground.token, "GET", f"/api/v1/crates/{ground.crates[-1]}")
    for name, sought in _SOUGHT.items():
        yield name, api(ground.token, "GET", f"/api/v1/search?q={quote(sought)}")


def _ground(folder: Path, items: int, crates: int) -> Ground:
    shape = Shape(crowd=Crowd(crates, items, 100))
    ground = make_ground(folder / "depot", 10_000, 2, shape)
    with use(open_database(from_environment(ground.environment).database_url)):
        numbers = current_session().scalars(text("SELECT id FROM item ORDER BY id")).all()
        names = [{"id": number, "name": _name(number)} for number in numbers]
        began = time.process_time()
        with transaction(is_long=True) as session:
            change = text("UPDATE item SET name = :name, name_key = lower(:name) WHERE id = :id")
            session.execute(change, names)
            renewed = renew_stale(session.connection())
        took = time.process_time() - began
        print(f"({renewed:,} names read anew in {took:.1f} s)", file=sys.stderr)
    return ground


def _name(number: int) -> str:
    how, what, whence = (
        words[number // step % len(words)]
        for words, step in ((_HOW, 1), (_WHAT, len(_HOW)), (_WHENCE, len(_HOW) * len(_WHAT)))
    )
    return f"{how} {what} {whence} {number}"


if __name__ == "__main__":
    main(sys.argv[1:])
