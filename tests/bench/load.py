"""A small load client: some threads, each with one kept connection, and the server's CPU time."""

from __future__ import annotations

import http.client
import json
import os
import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.bench.ground import LOGIN, PASSWORD
from tests.stalling import family

CLIENTS = 8
_TICKS = os.sysconf("SC_CLK_TCK")
_CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass(frozen=True)
class Ask:
    """One request."""

    method: str
    path: str
    headers: dict[str, str]
    body: str | None = None


@dataclass(frozen=True)
class Measured:
    """What a series of requests took."""

    requests: int
    seconds: float
    cpu_seconds: float

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds

    @property
    def cpu_ms(self) -> float:
        """CPU milliseconds of the server for one request."""
        return self.cpu_seconds / self.requests * 1000

    @property
    def wall_ms(self) -> float:
        return self.seconds / self.requests * 1000


def measure_requests(
    base_url: str,
    server: int,
    asks: Sequence[Ask],
    clients: int = CLIENTS,
    waits: list[float] | None = None,
) -> Measured:
    """Send all requests over `clients` connections; raises RuntimeError for an answer not 2xx.

    `waits` is given how long each answer took.
    """
    waiting, failures = iter(asks), list[str]()
    lock = threading.Lock()

    def work() -> None:
        for answer, took in _answers(base_url, waiting, lock):
            if waits is not None:
                waits.append(took)
            if answer is not None:
                failures.append(answer)
                return

    threads = [threading.Thread(target=work) for _ in range(clients)]
    cpu, begun = cpu_seconds(server), time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - begun
    if failures:
        raise RuntimeError(failures[0])
    return Measured(len(asks), took, cpu_seconds(server) - cpu)


def _answers(
    base_url: str, waiting: Iterator[Ask], lock: threading.Lock
) -> Iterator[tuple[str | None, float]]:
    """Yield, for each request this connection sent, what was wrong and how long it took."""
    connection = http.client.HTTPConnection(urlsplit(base_url).netloc, timeout=60)
    try:
        while True:
            with lock:
                ask = next(waiting, None)
            if ask is None:
                return
            begun = time.perf_counter()
            connection.request(ask.method, ask.path, body=ask.body, headers=ask.headers)
            answer = connection.getresponse()
            text = answer.read()
            good = 200 <= answer.status < 300
            wrong = None if good else f"{ask.path}: {answer.status} {text[:300]!r}"
            yield wrong, time.perf_counter() - begun
    finally:
        connection.close()


def cpu_seconds(pid: int) -> float:
    """Return the CPU time so far of a process and of all below it (user and system)."""
    return sum(_own_seconds(each) for each in family(pid))


def _own_seconds(pid: int) -> float:
    # the second field, the program's name, may hold blanks: count from behind its bracket
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def api(token: str, method: str, path: str, body: dict[str, Any] | None = None) -> Ask:
    """Return a request of a program."""
    headers = {"Authorization": f"Bearer {token}"}
    if body is None:
        return Ask(method, path, headers)
    headers["Content-Type"] = "application/json"
    return Ask(method, path, headers, json.dumps(body))


def signed_in(base_url: str) -> Callable[[str], Ask]:
    """Sign in as a person; return what makes requests for pages of theirs."""
    connection = http.client.HTTPConnection(urlsplit(base_url).netloc, timeout=60)
    connection.request("GET", "/sign-in")
    page = connection.getresponse()
    found = _CSRF.search(page.read().decode())
    if found is None:
        raise RuntimeError("the sign-in page has no form")
    fields = {"login": LOGIN, "password": PASSWORD, "csrf_token": found[1]}
    kind = "application/x-www-form-urlencoded"
    headers = {"Cookie": _cookie(page), "Content-Type": kind}
    connection.request("POST", "/sign-in", urlencode(fields), headers)
    answer = connection.getresponse()
    answer.read()
    cookie = _cookie(answer)
    return lambda path: Ask("GET", path, {"Cookie": cookie})


def _cookie(answer: http.client.HTTPResponse) -> str:
    given = answer.headers.get_all("Set-Cookie") or []
    return "; ".join(one.partition(";")[0] for one in given)
