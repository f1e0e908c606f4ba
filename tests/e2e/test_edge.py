"""What the server does with connections that are slow, large, many or broken: raw sockets."""

from __future__ import annotations

import gzip
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from depot.serving.edge.bodies import DRAINED_BYTES
from tests.serving import Running, serve_depot, settings, wait_for
from tests.stalling import Person, Stalled, first_coordinator, waits

#: For one answer, on a machine that does ten other things.
PATIENCE_SECONDS = 60


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A depot."""
    with serve_depot(settings(tmp_path_factory.mktemp("edge"))) as found:
        yield found


@pytest.fixture(scope="module")
def ada(running: Running) -> Person:
    """Its first coordinator."""
    return first_coordinator(running)


class Raw:
    """A connection on which a test says exactly what it wants."""

    def __init__(self, running: Running) -> None:
        port = int(running.environment["DEPOT_PORT"])
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS)
        self._rest = b""

    def say(self, head: str, body: bytes = b"") -> None:
        self.socket.sendall(head.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body)

    def answer(self) -> tuple[int, dict[str, str], bytes]:
        """Return the next answer: status, headers, body."""
        while b"\r\n\r\n" not in self._rest:
            self._more()
        head, self._rest = self._rest.split(b"\r\n\r\n", 1)
        first, *lines = head.decode().split("\r\n")
        headers = {name.lower(): text for name, text in (line.split(": ", 1) for line in lines)}
        length = int(headers.get("content-length", 0))
        while len(self._rest) < length:
            self._more()
        body, self._rest = self._rest[:length], self._rest[length:]
        return int(first.split()[1]), headers, body

    def is_ended(self) -> bool:
        """Say whether the server hangs up, having said nothing more."""
        try:
            return self._rest == b"" and self.socket.recv(1) == b""
        except ConnectionResetError:
            return True

    def _more(self) -> None:
        piece = self.socket.recv(65536)
        assert piece, "the server hung up in the midst of an answer"
        self._rest += piece


@pytest.fixture
def raw(running: Running) -> Iterator[Raw]:
    """A connection."""
    with connected(running) as made:
        yield made


@contextmanager
def connected(running: Running) -> Iterator[Raw]:
    made = Raw(running)
    with made.socket:
        yield made


def test_today_is_answered_while_a_hundred_connections_of_each_kind_stall(
    running: Running, ada: Person
) -> None:
    stalled = Stalled(int(running.environment["DEPOT_PORT"]), 100)
    try:
        assert list(waits(ada, stalled, 4))
    finally:
        stalled.close()


def test_a_refused_body_is_drained_and_the_connection_goes_on(raw: Raw) -> None:
    body = b"x" * 200_000  # more than a sign-in may be, less than what is drained
    raw.say(f"POST /sign-in HTTP/1.1\nHost: depot\nContent-Length: {len(body)}", body)
    status, headers, _ = raw.answer()
    assert (status, headers.get("connection")) == (413, None)
    raw.say("GET /sign-in HTTP/1.1\nHost: depot")
    status, _, page = raw.answer()
    assert status == 200
    assert b"Sign in" in page


def test_a_large_refused_body_ends_the_connection_after_the_answer(raw: Raw) -> None:
    length = 40 * DRAINED_BYTES
    raw.say(f"POST /sign-in HTTP/1.1\nHost: depot\nContent-Length: {length}")
    status, headers, page = raw.answer()  # before any of it is sent
    assert (status, headers["connection"]) == (413, "close")
    assert b"too large" in page


def test_who_sends_a_large_refused_body_whole_still_reads_the_answer(raw: Raw) -> None:
    body = b"x" * (3 * DRAINED_BYTES)
    raw.say(f"POST /sign-in HTTP/1.1\nHost: depot\nContent-Length: {len(body)}", body)
    status, headers, _ = raw.answer()
    assert (status, headers["connection"]) == (413, "close")
    assert raw.is_ended()


def test_a_body_that_does_not_say_its_length_is_refused(raw: Raw) -> None:
    head = "POST /sign-in HTTP/1.1\nHost: depot\nTransfer-Encoding: chunked"
    raw.say(head, b"5\r\nlogin\r\n0\r\n\r\n")
    status, headers, page = raw.answer()
    assert (status, headers["connection"]) == (411, "close")
    assert b"Nothing was saved" in page


def test_a_slow_phone_is_waited_for(raw: Raw) -> None:
    raw.say("POST /sign-in HTTP/1.1\nHost: depot\nContent-Length: 3000")
    for _ in range(10):
        raw.socket.sendall(b"x" * 300)
        time.sleep(0.1)
    assert raw.answer()[0] == 400


def test_requests_sent_at_once_are_answered_in_their_order(raw: Raw) -> None:
    for path in ("/sign-in", "/no/such/page", "/healthz"):
        raw.say(f"GET {path} HTTP/1.1\nHost: depot")
    assert [raw.answer()[0] for _ in range(3)] == [200, 404, 200]


def test_a_head_without_end_is_refused(raw: Raw) -> None:
    raw.say("GET /sign-in HTTP/1.1\nHost: depot\nX-Long: " + "x" * 200_000)
    assert raw.answer()[0] == 431


def test_two_lengths_are_refused(raw: Raw) -> None:
    raw.say("POST /sign-in HTTP/1.1\nHost: depot\nContent-Length: 3\nContent-Length: 4", b"abcd")
    assert raw.answer()[0] == 400


def test_a_large_answer_comes_whole_and_head_alone_without_it(raw: Raw) -> None:
    raw.say("GET /api/v1/openapi.json HTTP/1.1\nHost: depot")
    status, headers, body = raw.answer()
    assert (status, int(headers["content-length"])) == (200, len(body))
    assert body.rstrip().endswith(b"}")
    raw.say("GET /api/v1/openapi.json HTTP/1.1\nHost: depot\nAccept-Encoding: gzip")
    packed = raw.answer()[2]
    assert gzip.decompress(packed) == body
    raw.socket.sendall(b"HEAD /sign-in HTTP/1.1\r\nHost: depot\r\nConnection: close\r\n\r\n")
    said = b"".join(iter(lambda: raw.socket.recv(65536), b""))
    assert said.startswith(b"HTTP/1.1 200 OK\r\n")
    assert said.endswith(b"\r\n\r\n")


def test_no_software_is_named(raw: Raw) -> None:
    raw.say("GET /sign-in HTTP/1.1\nHost: depot")
    assert raw.answer()[1]["server"] == "Depot"


def test_an_old_file_of_answers_is_gone_when_the_program_ends(tmp_path: Path) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    with serve_depot(settings(tmp_path / "data", TMPDIR=str(folder))) as running:
        with connected(running) as raw:
            raw.say("GET /api/v1/openapi.json HTTP/1.1\nHost: depot")
            raw.answer()
        assert list(folder.iterdir())
    assert not list(folder.iterdir())


def started(folder: Path) -> tuple[subprocess.Popen[bytes], dict[str, str], Path]:
    """Start `depot serve` in a group of its own, as a terminal does, and wait for nothing."""
    folder.mkdir(exist_ok=True)
    environment = settings(folder)
    log = folder / "serve.log"
    words = [str(Path(sys.executable).with_name("depot")), "serve"]
    with log.open("wb") as out:
        process = subprocess.Popen(
            words, env=environment, stdout=out, stderr=subprocess.STDOUT, start_new_session=True
        )
    return process, environment, log


def test_two_signals_at_any_moment_end_it_at_once_and_quietly(tmp_path: Path) -> None:
    """From the moment at which it says where it is: migrations, loading, serving."""
    for number, pause in enumerate((0.0, 0.2, 0.5, 1.0, 1.5, 2.0, 3.0)):
        process, _environment, log = started(tmp_path / str(number))
        said_where(process, log)
        time.sleep(pause)
        os.killpg(process.pid, signal.SIGINT)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=PATIENCE_SECONDS) == 0, log.read_text()
        assert "Traceback" not in log.read_text()


def said_where(process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 2 * PATIENCE_SECONDS
    while "Depot is on" not in log.read_text():
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < until
        time.sleep(0.01)


def test_who_is_connected_and_silent_does_not_keep_it_from_ending(tmp_path: Path) -> None:
    process, environment, log = started(tmp_path / "data")
    wait_for(int(environment["DEPOT_PORT"]), process, log)
    stalled = Stalled(int(environment["DEPOT_PORT"]), 5)
    try:
        process.terminate()
        assert process.wait(timeout=PATIENCE_SECONDS) == 0
    finally:
        stalled.close()


def test_what_is_being_answered_is_answered_before_the_end(tmp_path: Path) -> None:
    process, environment, log = started(tmp_path / "data")
    wait_for(int(environment["DEPOT_PORT"]), process, log)
    with connected(Running("", environment, log, process.pid)) as raw:
        raw.say("GET /sign-in HTTP/1.1\nHost: depot")  # so that it is a connection already
        raw.answer()
        raw.say("GET /api/v1/openapi.json HTTP/1.1\nHost: depot")
        time.sleep(0.05)
        process.terminate()
        assert raw.answer()[0] == 200
    assert process.wait(timeout=PATIENCE_SECONDS) == 0


@pytest.mark.skipif(not hasattr(socket, "TCP_USER_TIMEOUT"), reason="Linux alone has it")
def test_what_lies_unread_is_dropped(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from depot.serving import server, worker\n"
        "worker.UNREAD_SECONDS = 1\n"
        "sys.argv = ['depot', 'serve']\n"
        "from depot.cli import main\n"
        "main()\n"
    )
    environment, log = settings(tmp_path), tmp_path / "serve.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-c", program], env=environment, stdout=out, stderr=subprocess.STDOUT
        )
    try:
        port = int(environment["DEPOT_PORT"])
        wait_for(port, process, log)
        stalled = Stalled(port, 3)
        until = time.monotonic() + PATIENCE_SECONDS
        while handles_with(port) > 6:  # heads and bodies have twenty seconds
            assert time.monotonic() < until
            time.sleep(0.1)
        assert handles_with(port) > 0
        stalled.close()
    finally:
        process.terminate()
        assert process.wait(timeout=PATIENCE_SECONDS) == 0


def handles_with(port: int) -> int:
    """Return how many connections the server's side of a port has."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return sum(local.endswith(f":{port:04X}") and state == "01" for _, local, _, state, *_ in rows)
