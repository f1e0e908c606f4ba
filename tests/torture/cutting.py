"""PostgreSQL that goes away in the middle of a request, in four ways, under eight writers.

Its sessions are ended; a proxy cuts the connections; it is stopped at once and started again; it
is away for a while. Nobody gets an answer that breaks, nothing answered is lost, and the server
goes on by itself.
"""

from __future__ import annotations

import random
import signal
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import Final

import psycopg
from sqlalchemy.engine import make_url

from tests.databases import DURABLE, Cluster, own_cluster
from tests.serving import serve_depot
from tests.torture.ground import Ground, made_in
from tests.torture.outages import look_back, writing_goes_on
from tests.torture.result import Result, tell
from tests.torture.stories import teller
from tests.torture.writers import WRITERS, Book, at_work, sign_in

#: A socket that is closed with this says "reset", and what was under way is lost.
_RESET: Final = struct.pack("ii", 1, 0)


class CuttingProxy:
    """Hands on what is said between the depot and PostgreSQL, until it cuts."""

    def __init__(self, target: str) -> None:
        self._target = target
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._lock = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> int:
        """Cut all connections in the middle of whatever is said; return how many."""
        with self._lock:
            pairs, self._pairs = self._pairs, []
        for one in (end for pair in pairs for end in pair):
            with suppress(OSError):
                one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        return len(pairs)

    def close(self) -> None:
        """Stop."""
        self._listening.close()
        self.cut()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _address = self._listening.accept()
                far = socket.socket(socket.AF_UNIX)
                try:
                    far.connect(self._target)
                except OSError:
                    near.close()
                    far.close()
                    continue
                with self._lock:
                    self._pairs.append((near, far))
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=_hand_on, args=(one, other), daemon=True).start()


def _hand_on(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while said := one.recv(65536):
            other.sendall(said)
    for end in (one, other):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
    one.close()  # the thread of the other way closes the other end


@contextmanager
def cutting_proxy(cluster: Cluster) -> Iterator[CuttingProxy]:
    """Yield a proxy in front of the cluster's socket."""
    proxy = CuttingProxy(f"{cluster.folder}/.s.PGSQL.5432")
    try:
        yield proxy
    finally:
        proxy.close()


@dataclass(frozen=True)
class Place:
    """Where the depot finds its PostgreSQL, and what can be done to it."""

    cluster: Cluster
    proxy: CuttingProxy

    def end_sessions(self) -> None:
        """Do what an administrator does who ends all sessions."""
        with psycopg.connect(self.cluster.server().url, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE pid <> pg_backend_pid() AND datname IS NOT NULL"
            )

    def cut(self) -> None:
        """Cut the wire."""
        self.proxy.cut()

    def restart(self) -> None:
        """Stop it at once, and start it again."""
        self.cluster.stop(signal.SIGQUIT)
        self.cluster.start()

    def go_away(self) -> None:
        """Stop it, and start it again after a while."""
        self.cluster.stop(signal.SIGQUIT)
        time.sleep(2)
        self.cluster.start()

    @property
    def ways(self) -> dict[str, Callable[[], None]]:
        """All of it by name."""
        return {
            "sessions ended": self.end_sessions,
            "wire cut": self.cut,
            "restarted at once": self.restart,
            "away": self.go_away,
        }


def cut_again_and_again(ground: Ground, place: Place, times: int, seed: int = 1) -> Iterator[str]:
    """Do each in turn so often under the writers; yield everything that was wrong."""
    chance, book = random.Random(seed), Book()
    with serve_depot(ground.environment):
        session = sign_in(ground)
        stories = [teller(ground, (seed, number)) for number in range(WRITERS)]
        with at_work(ground, book, session, stories):
            for number in range(times):
                for how, act in place.ways.items():
                    time.sleep(chance.uniform(0.1, 0.8))
                    act()
                    yield from writing_goes_on(book, how)
                tell(f"cut off, round {number + 1}: {len(book.promised)} answered")
        yield from book.wrong
        if book.wrong:
            tell(ground.log)
    yield from look_back(ground, book)
    yield f"= {len(book.promised)} answered commands"


def through(ground: Ground, proxy: CuttingProxy) -> Ground:
    """Return the ground as served through the proxy."""
    name = make_url(ground.url).database
    url = f"postgresql://postgres@127.0.0.1:{proxy.port}/{name}"
    environment = {**ground.environment, "DEPOT_DATABASE_URL": url}
    return replace(ground, environment=environment)


def torture(times: int) -> Iterator[Result]:
    """Cut it off so often in each way."""
    with own_cluster(DURABLE) as cluster, cutting_proxy(cluster) as proxy:
        with made_in(cluster.new_database()) as ground:
            place = Place(cluster, proxy)
            said = list(cut_again_and_again(through(ground, proxy), place, times))
    wrong = [one for one in said if not one.startswith("= ")]
    seen = f"{said[-1][2:]}, none lost or doubled; no 500; went on by itself each time"
    size = f"{times} times each: {', '.join(place.ways)}; {WRITERS} writers"
    yield Result("PostgreSQL goes away", size, seen, wrong)
