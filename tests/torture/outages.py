"""Disks that are full, read-only or cannot sync, under eight writers, on both databases.

tests/torture/failing.c is loaded before the program that writes (the server on SQLite, PostgreSQL
itself elsewhere). While the disk fails nobody gets an answer that breaks (500), pages are still
shown where the database still answers, and afterwards writing goes on by itself. Then what was
answered is looked for, after a kill -9 in the middle of it too.
"""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.databases import DURABLE, Cluster, own_cluster
from tests.ledger_check import Checker
from tests.programs import Missing
from tests.serving import Running, serve_depot
from tests.torture.ground import Ground, made_in
from tests.torture.killing import kill, what_is_missing
from tests.torture.result import Result, tell
from tests.torture.stories import teller
from tests.torture.writers import WRITERS, Book, Writer, at_work, sign_in

FAULTS: Final = {"full": "f", "read-only": "r", "not synced": "s"}
_SOURCE: Final = Path(__file__).with_name("failing.c")
#: So long the disk fails, and so long the writers may take to write again.
FAILS_SECONDS, PATIENCE_SECONDS = 1.5, 60.0


@dataclass(frozen=True)
class Disk:
    """The disk below a folder, which fails as told."""

    library: Path
    folder: Path
    switch: Path

    def fail(self, how: str) -> None:
        """Let it fail in one of the ways of FAULTS, or be well again with ""."""
        self.switch.write_text(FAULTS.get(how, ""))

    @property
    def environment(self) -> dict[str, str]:
        """What a program's environment needs to stand on this disk."""
        return {
            "LD_PRELOAD": str(self.library),
            "FAILING_FOLDER": str(self.folder),
            "FAILING_FILE": str(self.switch),
        }


@contextmanager
def failing_disk(folder: Path) -> Iterator[Disk]:
    """Make a disk that can fail below the folder. Raises Missing without a C compiler."""
    with tempfile.TemporaryDirectory(prefix="failing-") as made:
        Path(made).chmod(0o755)  # PostgreSQL runs as somebody else
        disk = Disk(Path(made) / "failing.so", folder, Path(made) / "switch")
        words = ["cc", "-O2", "-shared", "-fPIC", "-o", str(disk.library), str(_SOURCE), "-ldl"]
        try:
            subprocess.run(words, check=True, capture_output=True)
        except FileNotFoundError:
            raise Missing("cc is missing (Debian: gcc)") from None
        disk.fail("")
        yield disk


def on_sqlite(
    ground: Ground, disk: Disk, ways: Iterable[str] = tuple(FAULTS)
) -> Iterator[list[str]]:
    """Let the disk below the data fail in each way; yield what was wrong, way by way."""
    environment = {**ground.environment, **disk.environment}
    book, session = Book(), None
    for how in ways:
        wrong: list[str] = []
        with serve_depot(environment) as running:
            session = session or sign_in(ground)
            wrong += _under_a_fault(ground, session, book, disk, how)
            wrong += _killed_under_a_fault(ground, session, book, disk, how, running)
        disk.fail("")
        yield wrong + look_back(ground, book)


def _under_a_fault(
    ground: Ground, session: tuple[str, str], book: Book, disk: Disk, how: str
) -> list[str]:
    stories = [teller(ground, (how, number)) for number in range(WRITERS)]
    with at_work(ground, book, session, stories):
        time.sleep(1)
        disk.fail(how)
        time.sleep(FAILS_SECONDS)
        wrong = _pages_are_shown(ground, session, how)
        disk.fail("")
        wrong += writing_goes_on(book, how)
        if not book.statuses.pop(503, 0):
            wrong.append(f"nobody noticed that the disk was {how}")
    return wrong + _taken(book)


def _killed_under_a_fault(
    ground: Ground,
    session: tuple[str, str],
    book: Book,
    disk: Disk,
    how: str,
    running: Running,
) -> list[str]:
    stories = [teller(ground, (how, "killed", number)) for number in range(WRITERS)]
    with at_work(ground, book, session, stories):
        time.sleep(0.5)
        disk.fail(how)
        time.sleep(0.3)
        kill(running)
    return _taken(book)


def _pages_are_shown(ground: Ground, session: tuple[str, str], how: str) -> list[str]:
    writer = Writer(ground, *session)
    try:
        return [
            f"{path} is answered {status} while the disk is {how}: {said[:200]}"
            for path in ("/", "/stock/items", "/healthz")
            for status, said in [writer.show(path)]
            if status != 200
        ]
    finally:
        writer.close()


def writing_goes_on(book: Book, how: str) -> list[str]:
    """Wait until the writers are answered again; say so if they are not."""
    before, until = len(book.promised), time.monotonic() + PATIENCE_SECONDS
    while len(book.promised) < before + WRITERS:
        if time.monotonic() > until:
            return [f"nothing is written any more after the disk was {how}"]
        time.sleep(0.05)
    return []


def _taken(book: Book) -> list[str]:
    """Take what was wrong out of the book."""
    with book.lock:
        wrong, book.wrong = book.wrong, []
        book.open.clear()
    return wrong


def look_back(ground: Ground, book: Book) -> list[str]:
    """Look for what was promised, and recompute everything."""
    return what_is_missing(ground.url, book.promised) + Checker().problems(ground.url)


def on_postgres(ground: Ground, cluster: Cluster, disk: Disk) -> Iterator[list[str]]:
    """Let PostgreSQL's disk fail in each way, and start it again if it gave up."""
    book = Book()
    with serve_depot(ground.environment):
        session = sign_in(ground)
        for how in FAULTS:
            stories = [teller(ground, (how, number)) for number in range(WRITERS)]
            with at_work(ground, book, session, stories):
                time.sleep(1)
                disk.fail(how)
                time.sleep(FAILS_SECONDS)
                disk.fail("")
                cluster.revive()
                wrong = writing_goes_on(book, how)
            if not book.statuses.pop(503, 0):
                wrong.append(f"nobody noticed that the disk was {how}")
            yield wrong + _taken(book) + look_back(ground, book)


def torture() -> Iterator[Result]:
    """Let disks fail below SQLite and below PostgreSQL."""
    size = f"{len(FAULTS)} ways ({', '.join(FAULTS)}), {WRITERS} writers"
    with made_in() as ground, failing_disk(Path(ground.environment["DEPOT_DATA"])) as disk:
        yield _result("SQLite", size + ", each also with kill -9", on_sqlite(ground, disk))
    with tempfile.TemporaryDirectory(prefix="depot-") as made, failing_disk(Path(made)) as disk:
        Path(made).chmod(0o755)
        settings = DURABLE | {"fsync": "on"}
        with own_cluster(settings, disk.environment, Path(made)) as cluster:
            with made_in(cluster.new_database()) as ground:
                yield _result("PostgreSQL", size, on_postgres(ground, cluster, disk))


def _result(name: str, size: str, ways: Iterator[list[str]]) -> Result:
    wrong: list[str] = []
    for how, found in zip(FAULTS, ways, strict=False):
        tell(f"disk {how}, {name}: {len(found)} wrong")
        wrong += found
    seen = "nothing answered was lost, nothing half, no 500, writing went on by itself"
    return Result(f"failing disk, {name}", size, seen, wrong)
