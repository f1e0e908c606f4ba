"""`depot serve --tls` is two servers that live and die together."""

from __future__ import annotations

import os
import signal
import socket
import ssl
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.serving import depot, free_port, settings, wait_for

pytestmark = pytest.mark.e2e

PATIENCE_SECONDS = 90


@dataclass(frozen=True)
class Started:
    """A depot that was started with --tls and answers on both ports."""

    process: subprocess.Popen[bytes]
    log: Path
    data: Path
    port: int
    setup_port: int

    def ends(self) -> int:
        """Wait for the program to end by itself and return its exit status."""
        return self.process.wait(timeout=PATIENCE_SECONDS)

    def open_ports(self) -> list[int]:
        """Return which of the two ports somebody still listens on."""
        return [port for port in (self.port, self.setup_port) if answers(port)]


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


@contextmanager
def start(folder: Path) -> Iterator[Started]:
    """Start both servers, in a process group of their own as a terminal makes one."""
    environment = settings(folder)
    port, setup_port = int(environment["DEPOT_PORT"]), free_port()
    environment["DEPOT_BASE_URL"] = f"https://localhost:{port}"
    log = folder / "serve.log"
    program = str(Path(sys.executable).with_name("depot"))
    words = [program, "serve", "--tls", "--setup-port", str(setup_port)]
    with log.open("wb") as out:
        process = subprocess.Popen(
            words, env=environment, stdout=out, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        wait_for(port, process, log)
        wait_for(setup_port, process, log)
        yield Started(process, log, folder, port, setup_port)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=PATIENCE_SECONDS)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    """Both servers, for tests that leave them running."""
    with start(tmp_path_factory.mktemp("running")) as found:
        yield found


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Started]:
    """Both servers, for a test that ends them."""
    with start(tmp_path) as found:
        yield found


def test_both_answer_and_say_where_they_are(running: Started) -> None:
    context = ssl.create_default_context(cafile=running.data / "tls" / "ca.crt")
    opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=context))
    with opener.open(f"https://localhost:{running.port}/phone-ready") as page:
        assert b"This phone is ready" in page.read()
    with opener.open(f"http://localhost:{running.setup_port}/anything") as page:
        assert page.url.endswith("/?to=/anything")
        assert b"Set up this phone" in page.read()
    said = running.log.read_text()
    assert f"Depot is on https://localhost:{running.port}" in said
    assert f"Set up each phone once: http://localhost:{running.setup_port}" in said
    assert "the whole local network" in said
    assert "█" not in said  # a log is no terminal


def test_ctrl_c_ends_both_without_complaints(started: Started) -> None:
    os.killpg(started.process.pid, signal.SIGINT)  # a terminal tells the whole group
    started.process.send_signal(signal.SIGTERM)  # two at once must not wait for each other
    assert started.ends() == 0
    assert not started.open_ports()
    assert "leaked" not in started.log.read_text()


def test_the_set_up_page_ends_with_the_server(started: Started) -> None:
    """Both are one process, so that whoever watches it starts both again."""
    os.kill(started.process.pid, signal.SIGKILL)
    assert started.ends() != 0
    assert not started.open_ports()


def test_stalled_handshakes_and_connections_do_not_stop_others(running: Started) -> None:
    silent = [socket.create_connection(("127.0.0.1", running.port)) for _ in range(60)]
    try:
        for connection in silent[:30]:
            connection.sendall(b"\x16\x03\x01\x02\x00\x01")  # the beginning of a greeting
        context = ssl.create_default_context(cafile=running.data / "tls" / "ca.crt")
        address = f"https://localhost:{running.port}/phone-ready"
        with urllib.request.urlopen(address, timeout=PATIENCE_SECONDS, context=context) as page:
            assert b"This phone is ready" in page.read()
    finally:
        for connection in silent:
            connection.close()


def test_a_client_that_says_nothing_does_not_stop_others(running: Started) -> None:
    silent = [socket.create_connection(("127.0.0.1", running.setup_port)) for _ in range(40)]
    try:
        address = f"http://localhost:{running.setup_port}/ca.crt"
        with urllib.request.urlopen(address, timeout=PATIENCE_SECONDS) as answer:
            assert b"BEGIN CERTIFICATE" in answer.read()
    finally:
        for connection in silent:
            connection.close()


@pytest.mark.parametrize("which", ["DEPOT_PORT", "set-up"])
def test_a_port_that_is_taken_is_a_sentence(tmp_path: Path, which: str) -> None:
    environment = settings(tmp_path)
    environment["DEPOT_BASE_URL"] = f"https://localhost:{environment['DEPOT_PORT']}"
    with socket.create_server(("0.0.0.0", 0)) as other:  # noqa: S104 - as the program would
        port = str(other.getsockname()[1])
        words = ["serve", "--tls", "--setup-port", port]
        if which == "DEPOT_PORT":
            words = ["serve", "--tls", "--port", port, "--setup-port", str(free_port())]
        with pytest.raises(subprocess.CalledProcessError) as failed:
            depot(environment, *words)
    assert failed.value.returncode == 1
    assert f"port {port}" in failed.value.stderr
    assert "Traceback" not in failed.value.stderr
