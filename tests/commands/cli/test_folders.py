"""Every command on a full, read-only, missing or damaged folder: a sentence, and exit code 1."""

from __future__ import annotations

import os
import random
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from depot.base.errors import DepotError
from tests.commands.cli.test_backup import run
from tests.programs import need_program
from tests.serving import free_port

#: Commands of each way to work with a folder; NEW is a new file, KEPT a backup, TABLE a CSV.
WORDS = {
    "backup": [],
    "copy-to": ["sqlite:///NEW"],
    "export": ["NEW"],
    "import": ["items", "TABLE"],
    "init": [],
    "restore": ["KEPT"],
    "serve": [],
    "token": ["list"],
    "verify": [],
}


def garbage(file: Path) -> None:
    file.write_bytes(random.Random(7).randbytes(20_000))


def half(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def holes(file: Path) -> None:
    """Overwrite every second page after the first ones."""
    held = bytearray(file.read_bytes())
    for at in range(3 * 4096, len(held), 2 * 4096):
        held[at : at + 4096] = b"\xff" * 4096
    file.write_bytes(held)


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


DAMAGE = (garbage, half, holes, emptied, folder)


@pytest.fixture
def data(sqlite_url: str, tmp_path: Path) -> Path:
    """A data folder with a depot in it, and what the commands are given beside it."""
    found = tmp_path / "data"
    found.mkdir()
    for file in tmp_path.glob("depot.sqlite3*"):
        shutil.move(file, found / file.name)
    done = depot(found, "backup", str(tmp_path / "kept.depot"))
    assert done.returncode == 0, done.stderr
    (tmp_path / "table.csv").write_text("name\nBeans\n")
    return found


def depot(
    data: Path, *words: str, before: Callable[[], None] | None = None, by: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    """Run a command as people do, with its folder; `before` is done in its process."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("DEPOT_")}
    own = {"DEPOT_DATA": str(data), "DEPOT_PORT": str(free_port()), "HOME": str(data.parent)}
    return subprocess.run(
        [*by, str(Path(sys.executable).with_name("depot")), *words],
        env=kept | own,
        capture_output=True,
        text=True,
        check=False,
        cwd=data.parent,
        preexec_fn=before,
        timeout=120,
    )


def asked(name: str, beside: Path) -> list[str]:
    (beside / "new").unlink(missing_ok=True)
    given = {"NEW": "new", "KEPT": "kept.depot", "TABLE": "table.csv"}
    words = WORDS[name]
    for word, file in given.items():
        words = [one.replace(word, str(beside / file)) for one in words]
    return [name, *words]


def expect_a_sentence(done: subprocess.CompletedProcess[str], what: str) -> None:
    assert done.returncode == 1, (what, done)
    assert "Traceback" not in done.stderr, (what, done.stderr)
    # a restore also says what it found; every other command says one line
    assert 1 <= len(done.stderr.strip().splitlines()) <= 2, (what, done.stderr)


@pytest.mark.breaks_ledger("the database is spoiled on purpose")
@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_database(
    sqlite_url: str, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    assert run(tmp_path, "backup", str(tmp_path / "kept.depot")).exit_code == 0
    (tmp_path / "table.csv").write_text("name\nBeans\n")
    damage(tmp_path / "depot.sqlite3")
    for name in WORDS:
        done = run(tmp_path, *asked(name, tmp_path))
        # what `main` says in a sentence
        assert isinstance(done.exception, (DepotError, OSError)), (name, done.exception)


@pytest.mark.parametrize("name", ["backup", "import", "init", "restore", "serve", "verify"])
def test_a_disk_that_takes_nothing(data: Path, name: str) -> None:
    def full() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))

    expect_a_sentence(depot(data, *asked(name, data.parent), before=full), name)


@pytest.mark.parametrize("name", ["backup", "import", "init", "restore", "serve", "verify"])
def test_a_folder_that_may_only_be_read(data: Path, name: str) -> None:
    by: tuple[str, ...] = ()
    if os.geteuid() == 0:  # who may do everything gives that up for the command
        need_program("setpriv", "util-linux")
        by = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
    for path in data.iterdir():
        path.chmod(0o400)
    data.chmod(0o500)
    try:
        expect_a_sentence(depot(data, *asked(name, data.parent), by=by), name)
    finally:
        data.chmod(0o700)


def test_a_folder_that_cannot_be_one(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    for name in ("backup", "serve", "verify"):
        expect_a_sentence(depot(tmp_path / "data", *asked(name, tmp_path)), name)


def test_a_command_that_reads_makes_no_database(tmp_path: Path) -> None:
    done = depot(tmp_path / "data", "verify")
    expect_a_sentence(done, "verify")
    assert "depot init" in done.stderr
    assert not (tmp_path / "data" / "depot.sqlite3").exists()
    assert depot(tmp_path / "data", "init").returncode == 0


def test_the_files_are_for_their_owner_alone(data: Path) -> None:
    (data / "depot.sqlite3").chmod(0o644)
    (data / "secret_key").chmod(0o644)
    assert depot(data, "backup").returncode == 0
    modes = {
        path.relative_to(data): oct(path.stat().st_mode & 0o777)
        for path in data.rglob("*")
        if path.is_file()
    }
    assert depot(data, "verify").returncode == 0
    modes |= {Path("depot.sqlite3"): oct((data / "depot.sqlite3").stat().st_mode & 0o777)}
    assert set(modes.values()) == {"0o600"}, modes
