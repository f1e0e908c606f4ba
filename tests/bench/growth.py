"""What requests cost as a depot grows: a small one beside a large one, on both databases.

    python -m tests.bench.growth [--crates 100000] [--items 10000] [--places 1000]
        [--moves 10000000] [--keep FOLDER] [--only sqlite]

Both are asked in turn from one process, and CPU time counts: with SQLite, which works in this
process, the quickest of some tries; with PostgreSQL, whose processes have a clock of hundredths of
a second, what all tries took, in the middle. The aim is at most 1.2 times the small depot. `--keep`
leaves the SQLite depots in a folder and finds them there again.
"""

from __future__ import annotations

import argparse
import pickle
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean

import psycopg
from sqlalchemy import text

from depot.app import create_app
from depot.config import from_environment
from tests.bench.crowd import Crowd
from tests.bench.eight import Desk, Named
from tests.bench.ground import ITEMS, LOGIN, PASSWORD, Ground, Shape, make_ground
from tests.bench.load import cpu_seconds
from tests.clients import Client
from tests.current import db
from tests.databases import postgres_server
from tests.programs import Missing

AIM = 1.2
TRIES = 25
SMALL = Crowd(crates=2_000, items=200, places=20)
SMALL_MOVES = 10_000
_SHAPE = Shape(years=10, recent_days=182, recent_moves=SMALL_MOVES)
Watch = Callable[[], float]


@dataclass(frozen=True)
class Asked:
    """A depot that is asked, with the clock of what that takes."""

    desk: Desk
    watch: Watch
    #: What is made of the milliseconds of all tries.
    typical: Callable[[list[float]], float]


def main(words: Sequence[str]) -> None:
    """Print a table for each database."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.growth")
    parser.add_argument("--crates", type=int, default=100_000)
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--places", type=int, default=1_000)
    parser.add_argument("--moves", type=int, default=10_000_000)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--only", choices=("sqlite", "postgres"))
    given = parser.parse_args(words)
    large = Crowd(given.crates, given.items, given.places)
    with ExitStack() as stack:
        folder = given.keep or Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="depot-growth-"))
        )
        if given.only != "postgres":
            _measure("SQLite", folder, large, given.moves, lambda: None)
        if given.only == "sqlite":
            return
        try:
            server = stack.enter_context(postgres_server())
        except Missing as missing:
            print(f"({missing})")
            return
        _measure("PostgreSQL", folder, large, given.moves, server.create)


def _measure(
    engine: str, folder: Path, large: Crowd, moves: int, new_url: Callable[[], str | None]
) -> None:
    sizes = ((SMALL, SMALL_MOVES), (large, moves))
    grounds = [_ground(folder, size, count, new_url()) for size, count in sizes]
    print(f"{engine}: {_told(*sizes[0])} beside {_told(*sizes[1])}")
    print(f"{'request':22}{'small ms':>10}{'large ms':>10}{'x':>7}", flush=True)
    with ExitStack() as stack:
        small, grown = (stack.enter_context(_asked(ground)) for ground in grounds)
        for name in small.desk.asks():
            first, then = _cost(small, grown, name)
            times = then / first
            late = "" if times <= AIM else f"  more than {AIM}"
            print(f"{name:22}{first:>10.2f}{then:>10.2f}{times:>7.2f}{late}", flush=True)


def _told(crowd: Crowd, moves: int) -> str:
    return (
        f"{crowd.crates:,} crates, {crowd.items:,} items, {crowd.places:,} places, {moves:,} moves"
    )


def _ground(folder: Path, crowd: Crowd, moves: int, url: str | None) -> Ground:
    """Make a depot, or find it where an earlier run left it."""
    at = folder / f"{'postgres' if url else 'sqlite'}-{crowd.crates}-{moves}"
    kept = at / "ground.pickle"
    if kept.exists() and url is None:
        found: Ground = pickle.loads(kept.read_bytes())  # noqa: S301 - our own file
        return found
    print(f"(making {_told(crowd, moves)})", file=sys.stderr, flush=True)
    ground = make_ground(at, moves, 2, replace(_SHAPE, crowd=crowd), url)
    if url is None:
        kept.write_bytes(pickle.dumps(ground))
    return ground


@contextmanager
def _asked(ground: Ground) -> Iterator[Asked]:
    app = create_app(from_environment(ground.environment))
    person = Client(app.test_client())
    answer = person.post("/sign-in", {"login": LOGIN, "password": PASSWORD})
    if answer.status_code != 303:
        raise RuntimeError(f"signing in: {answer.status_code}")
    with app.app_context():
        place = db.session.scalar(
            text("SELECT id FROM location WHERE depot_id = :depot AND name = :name").bindparams(
                depot=ground.depot_id, name=ground.places[-1]
            )
        )
        db.session.remove()
    named = Named(
        token=ground.token,
        items=ground.items,
        moved=ground.items[:ITEMS],
        crates=ground.crates,
        places=ground.places,
        place_id=int(place),
        event_id=ground.event_id,
        item_part="goods 0012",
    )
    is_apart = "DEPOT_DATABASE_URL" in ground.environment
    yield Asked(Desk(app, person, named), _watch(ground), fmean if is_apart else min)
    with app.app_context():
        db.engine.dispose()


def _watch(ground: Ground) -> Watch:
    """Return a clock of CPU seconds: this process's, with those of its PostgreSQL's processes."""
    url = ground.environment.get("DEPOT_DATABASE_URL")
    if url is None:
        return time.process_time
    own = psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://", 1), autocommit=True)
    others = (
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    )
    pids = [pid for (pid,) in own.execute(others)]
    return lambda: time.process_time() + sum(cpu_seconds(pid) for pid in pids)


def _cost(small: Asked, large: Asked, name: str) -> tuple[float, float]:
    """Ask both in turn; return the milliseconds of an answer of each."""
    took: tuple[list[float], list[float]] = ([], [])
    for _ in range(TRIES):
        for depot, found in zip((small, large), took, strict=True):
            ask = depot.desk.asks()[name]
            began = depot.watch()
            answer = ask()
            found.append((depot.watch() - began) * 1000)
            if answer.status_code not in (200, 201):
                raise RuntimeError(f"{name}: {answer.status_code} {answer.get_data(as_text=True)}")
    return small.typical(took[0]), large.typical(took[1])


if __name__ == "__main__":
    main(sys.argv[1:])
