"""A type checker reads the client for programs as strictly as it can, and programs that use it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.guards.sources import ROOT
from tests.made_client import CLIENT, guide_example

PROGRAM = """\
from depot_client import Depot, Line

depot = Depot("https://depot.example.org", "token", language="uk")
line: Line = {"item": "Rice", "quantity": 12}
answer = depot.post_receipts({"source": {"kind": "donation"}, "lines": [line]})
number: int | None = answer["seq"]
for entry in depot.follow_feed(after=12):
    kept: int = entry["seq"]
"""


def mistakes(folder: Path, program: str) -> list[str]:
    """Return what mypy, strict, says of the client and of a program beside it, its last line aside.

    What it found out of the standard library is kept between the runs of a session.
    """
    (folder / "depot_client.py").write_bytes(CLIENT.read_bytes())
    (folder / "program.py").write_text(program)
    words = ["-m", "mypy", "--strict", "--config-file=", "--cache-dir=cache", "--no-pretty"]
    done = subprocess.run(
        [sys.executable, *words, "program.py", "depot_client.py"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout, done.stderr
    return done.stdout.splitlines()[:-1]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what mypy remembers."""
    return tmp_path_factory.mktemp("typed")


def test_the_client_and_a_program_of_its_words_are_typed_whole(folder: Path) -> None:
    assert mistakes(folder, PROGRAM) == []
    assert mistakes(folder, guide_example()) == []


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('"quantity": 12', '"quantity": "twelve"', "typeddict-item"),
        ('"quantity"', '"quantty"', "typeddict-unknown-key"),
        ('"donation"', '"gift"', "typeddict-item"),
        (', "lines": [line]', "", "typeddict-item"),
        ('answer["seq"]', 'answer["number"]', "typeddict-item"),
        ("follow_feed(after=12)", 'follow_feed(after="x")', "arg-type"),
    ],
)
def test_a_program_that_says_something_else_is_told(
    folder: Path, right: str, wrong: str, said: str
) -> None:
    assert right in PROGRAM
    (found, *_more) = mistakes(folder, PROGRAM.replace(right, wrong))
    assert found.startswith("program.py:")
    assert found.endswith(f"[{said}]")


def test_the_client_is_as_the_formatter_leaves_it_and_the_linter_finds_nothing() -> None:
    for words in (("format", "--check"), ("check",)):
        ruff = str(Path(sys.executable).with_name("ruff"))
        done = subprocess.run(
            [ruff, *words, str(CLIENT)], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout
