"""Several processes on one port, which need PostgreSQL: they live and die together."""

from __future__ import annotations

import os
import re
import signal
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import Server
from tests.serving import Running, serve_depot, settings
from tests.stalling import family

pytestmark = pytest.mark.postgres
PATIENCE_SECONDS = 90
TOKEN = "a token for Prometheus alone"


@pytest.fixture
def running(postgres: Server, tmp_path: Path) -> Iterator[Running]:
    """A depot with two workers."""
    url = postgres.create()
    more = {"DEPOT_DATABASE_URL": url, "DEPOT_METRICS_TOKEN": TOKEN}
    with serve_depot(settings(tmp_path, **more), "--workers", "2") as found:
        yield found
    postgres.drop(url)


def workers_of(running: Running) -> list[int]:
    """Return the serving processes, as soon as both are there."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        below = list(family(running.pid))[1:]
        found = [pid for pid in below if "spawn_main" in command_of(pid)]
        if len(found) == 2:
            return found
        assert time.monotonic() < until, below
        time.sleep(0.05)


def command_of(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text()


def is_there(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until_gone(*pids: int) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while any(is_there(pid) for pid in pids):
        assert time.monotonic() < until
        time.sleep(0.05)


def signed_in_pages(running: Running) -> float:
    """Return how often the page to sign in was answered, by all processes together."""
    request = urllib.request.Request(  # noqa: S310
        f"{running.base_url}/metrics", headers={"Authorization": f"Bearer {TOKEN}"}
    )
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
        told = answer.read().decode()
    counted = re.search(r'depot_requests_total{[^}]*route="account.sign_in"[^}]*} (\S+)', told)
    assert counted, told
    assert 'depot_requests_waiting{lane="writing"} 0' in told
    return float(counted[1])


def test_both_answer_and_a_signal_ends_all(running: Running) -> None:
    workers = workers_of(running)
    for _ in range(8):
        with urllib.request.urlopen(f"{running.base_url}/sign-in", timeout=60) as page:  # noqa: S310
            assert b"Sign in" in page.read()
    assert signed_in_pages(running) == 8  # whichever of the two is asked
    assert signed_in_pages(running) == 8
    os.kill(running.pid, signal.SIGTERM)
    wait_until_gone(running.pid, *workers)


@pytest.mark.parametrize("which", ["worker", "first"])
def test_one_that_dies_takes_the_others_with_it(running: Running, which: str) -> None:
    workers = workers_of(running)
    os.kill(workers[0] if which == "worker" else running.pid, signal.SIGKILL)
    wait_until_gone(running.pid, *workers)


def test_a_worker_that_dies_is_said(running: Running) -> None:
    os.kill(workers_of(running)[0], signal.SIGKILL)
    wait_until_gone(running.pid)
    assert "a worker ended by itself" in running.log.read_text()
