"""A real `depot serve` in a process of its own, as a user starts it."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

#: Far more than it needs: a machine that does ten other things at once is slow.
START_SECONDS = 90
_LINK = re.compile(r"https?://\S+")
#: Folders that `fill` copies; they vanish with this process.
_KEPT: list[tempfile.TemporaryDirectory[str]] = []


@dataclass(frozen=True)
class Running:
    """A depot that listens: where, with which environment, and what it said so far."""

    base_url: str
    environment: Mapping[str, str]
    log: Path
    pid: int

    def command(self, *words: str) -> str:
        """Run another `depot` command on the same data and return what it prints."""
        return depot(self.environment, *words)

    @property
    def first_link(self) -> str | None:
        """The one-time link that makes the first coordinator, if it printed one."""
        links = [link for link in _LINK.findall(self.log.read_text()) if "/join/" in link]
        return links[0] if links else None


def settings(data: Path, **more: str) -> dict[str, str]:
    """Return an environment for a depot in the folder `data`, on a free port of this machine.

    What the surrounding shell says about Depot does not count.
    """
    kept = {name: text for name, text in os.environ.items() if not name.startswith("DEPOT_")}
    port = str(free_port())
    own = {
        "DEPOT_DATA": str(data),
        "DEPOT_PORT": port,
        "DEPOT_BASE_URL": f"http://127.0.0.1:{port}",
    }
    return kept | own | more


def depot(environment: Mapping[str, str], *words: str) -> str:
    """Run a `depot` command to its end and return what it prints; raises CalledProcessError."""
    done = subprocess.run(
        [_program(), *words], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        sys.stderr.write(done.stderr)
        done.check_returncode()
    return done.stdout


def fill(data: Path, *commands: tuple[str, ...]) -> str:
    """Run `depot` commands on an empty folder and return what the last one printed.

    Who asks for the same again in this process gets a copy of what they made: each is a program
    that starts. Not for commands that print an address.
    """
    made, said = _filled(commands)
    shutil.copytree(made, data, dirs_exist_ok=True)
    return said


@cache
def _filled(commands: tuple[tuple[str, ...], ...]) -> tuple[Path, str]:
    folder = tempfile.TemporaryDirectory(prefix="depot-filled-")
    _KEPT.append(folder)
    environment = settings(Path(folder.name))
    return Path(folder.name), [depot(environment, *words) for words in commands][-1]


@contextmanager
def serve_depot(environment: Mapping[str, str], *words: str) -> Iterator[Running]:
    """Run `depot serve`, yield once it listens, and stop it; raises RuntimeError if it fails."""
    data = Path(environment["DEPOT_DATA"])
    data.mkdir(parents=True, exist_ok=True)
    log = data / "serve.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [_program(), "serve", *words], env=environment, stdout=out, stderr=subprocess.STDOUT
        )
    try:
        port = int(environment["DEPOT_PORT"])
        wait_for(port, process, log)
        yield Running(f"http://127.0.0.1:{port}", environment, log, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=START_SECONDS)


def _program() -> str:
    return str(Path(sys.executable).with_name("depot"))


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"depot serve did not start:\n{log.read_text()}") from None
            time.sleep(0.05)
        else:
            return
