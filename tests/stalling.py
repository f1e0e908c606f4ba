"""Connections that stall: heads that never end, bodies that do not come, answers nobody reads.

`python -m tests.stalling` holds 500 of each kind against a real `depot serve` for ten minutes and
says how long a signed-in person waited for Today; `make torture` runs it.
"""

from __future__ import annotations

import http.client
import re
import resource
import select
import socket
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlencode, urlsplit

from blueprints.browser.bundles import bundle_url
from tests.serving import Running, serve_depot, settings

KINDS: Final = ("heads", "bodies", "readers")
_CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')
_HUNG_UP: Final = select.POLLHUP | select.POLLERR | select.POLLRDHUP
#: The server drops what lies unread for a minute without telling who does not read.
_UNREAD_SECONDS: Final = 55
_REQUESTS: Final = {
    "heads": b"GET /sign-in HTTP/1.1\r\nHost: depot\r\nX-Never: en",
    "bodies": b"POST /sign-in HTTP/1.1\r\nHost: depot\r\nContent-Length: 60000\r\n\r\nlogin=",
    # the largest there is for anybody, asked for unpacked and many times over
    "readers": b"GET %b HTTP/1.1\r\nHost: depot\r\n\r\n" % bundle_url("reader.wasm").encode() * 20,
}


class Stalled:
    """Many connections of each kind; one that the server ends is begun again by `renew`."""

    def __init__(self, port: int, each: int) -> None:
        _allow_handles(3 * each + 256)
        self._port = port
        self.renewed = dict.fromkeys(KINDS, 0)
        self._poll = select.poll()
        self._open: dict[int, tuple[str, socket.socket, float]] = {}
        for kind in KINDS:
            for _ in range(each):
                self._begin(kind)

    def renew(self) -> None:
        """Begin again what the server has ended."""
        old = time.monotonic() - _UNREAD_SECONDS
        unread = {
            handle
            for handle, (kind, _, begun) in self._open.items()
            if kind == "readers" and begun < old
        }
        for handle in unread | {handle for handle, _event in self._poll.poll(0)}:
            kind, ended, _begun = self._open.pop(handle)
            self._poll.unregister(handle)
            ended.close()
            self.renewed[kind] += 1
            self._begin(kind)

    def close(self) -> None:
        """Hang up everywhere."""
        for _kind, connection, _begun in self._open.values():
            connection.close()

    def _begin(self, kind: str) -> None:
        connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect(("127.0.0.1", self._port))
        connection.sendall(_REQUESTS[kind])
        self._poll.register(connection, _HUNG_UP)
        self._open[connection.fileno()] = (kind, connection, time.monotonic())


def _allow_handles(count: int) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < count:
        resource.setrlimit(resource.RLIMIT_NOFILE, (count, hard))


@dataclass(frozen=True)
class Person:
    """Somebody who signed in: the address of the depot, and her cookie."""

    host: str
    cookie: str

    def seconds_for(self, path: str) -> float:
        """Ask for a page over a connection of its own, and return how long that took.

        Raises RuntimeError for anything but the page.
        """
        begun = time.perf_counter()
        connection = http.client.HTTPConnection(self.host, timeout=60)
        try:
            connection.request("GET", path, headers={"Cookie": self.cookie})
            answer = connection.getresponse()
            answer.read()
        finally:
            connection.close()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
        return time.perf_counter() - begun


def first_coordinator(running: Running) -> Person:
    """Follow the link that a new depot prints, and return its first coordinator."""
    link = running.first_link or ""
    connection = http.client.HTTPConnection(urlsplit(link).netloc, timeout=60)
    path = urlsplit(link).path
    connection.request("GET", path)
    page = connection.getresponse()
    token = _CSRF.findall(page.read().decode())[0]
    fields = {"name": "Ada", "login": "ada", "password": "a slow loaf rises", "csrf_token": token}
    kind = "application/x-www-form-urlencoded"
    headers = {"Cookie": _cookie(page), "Content-Type": kind}
    connection.request("POST", path, urlencode(fields), headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return Person(urlsplit(link).netloc, _cookie(answer))


def _cookie(answer: http.client.HTTPResponse) -> str:
    given = answer.headers.get_all("Set-Cookie") or []
    return "; ".join(one.partition(";")[0] for one in given)


def waits(person: Person, stalled: Stalled, seconds: float) -> Iterator[float]:
    """Yield how long the person waits for Today, again and again for so many seconds."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        stalled.renew()
        yield person.seconds_for("/")
        time.sleep(0.2)


def main(words: Sequence[str]) -> None:
    """Stall, ask, and print the longest waits."""
    each, seconds = (int(word) for word in words) if words else (500, 600)
    with tempfile.TemporaryDirectory(prefix="depot-stalled-") as folder:
        with serve_depot(settings(Path(folder))) as running:
            person = first_coordinator(running)
            alone = sorted(person.seconds_for("/") for _ in range(20))
            stalled = Stalled(int(running.environment["DEPOT_PORT"]), each)
            took = sorted(waits(person, stalled, seconds))
            memory = resident_mb(running.pid)
            stalled.close()
    sys.stdout.write(
        f"{each} stalled connections of each kind ({', '.join(KINDS)}) for {seconds} s:"
        f" Today {len(took)} times, middle {took[len(took) // 2] * 1000:.0f} ms,"
        f" 99 of 100 within {took[len(took) * 99 // 100] * 1000:.0f} ms,"
        f" longest {took[-1] * 1000:.0f} ms (aim 1,000); alone"
        f" {alone[len(alone) // 2] * 1000:.0f} ms; begun again {stalled.renewed};"
        f" the server then held {memory:.0f} MB\n"
    )
    sys.exit(took[-1] > 1)


def resident_mb(pid: int) -> float:
    """Return how much memory a process and all below it hold, what they share counted once."""
    total = 0
    for each in family(pid):
        for line in Path(f"/proc/{each}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total / 1024


def family(pid: int) -> Iterator[int]:
    """Yield a process and all below it."""
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from family(int(child))


if __name__ == "__main__":
    main(sys.argv[1:])
