"""The commands that README names do what CI does, on machines that have next to nothing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.guards.sources import ROOT
from tests.programs import need_program
from tests.reaches import VARIABLE, is_reach

STRIPPED = ROOT / ".ci" / "stripped"


def recipe(*words: str) -> str:
    """Return what make would run."""
    command = [need_program("make", "make"), "--dry-run", "--always-make", *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout


def test_the_first_screen_names_the_two_commands() -> None:
    first = (ROOT / "README.md").read_text().split("\n![")[0]
    assert re.findall(r"^make (\w+)", first, re.MULTILINE) == ["run", "test"]


def test_make_test_fills_in_all_that_the_tests_need() -> None:
    steps = recipe("test")
    places = [steps.index(step) for step in ("pip install", "hatch_build.py modules", "--test ")]
    assert places == sorted(places)
    assert steps.index("-m pytest") > places[-1]


def test_ci_calls_what_readme_names_in_a_fresh_clone() -> None:
    text = (ROOT / ".ci" / "run").read_text()
    steps = re.findall(r"^(?:git clone|.*make test|.ci/stripped|make lint)", text, re.MULTILINE)[
        -4:
    ]
    assert steps[0] == "git clone"
    assert steps[1].endswith("make test")
    assert steps[2:] == [".ci/stripped", "make lint"]


def test_a_stripped_machine_has_neither_typefaces_nor_programs() -> None:
    need_program("mount", "mount")
    if subprocess.run(["unshare", "--mount", "true"], check=False, capture_output=True).returncode:
        pytest.skip("no private mount can be made here")
    asked = (
        "command -v chromium psql pdftoppm soffice openssl node; ls /usr/share/fonts; echo ran $CI"
    )
    done = subprocess.run(
        [STRIPPED, "bash", "-c", asked],
        env={**os.environ, "CI": "true"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == "ran"
    failed = subprocess.run([STRIPPED, "bash", "-c", "exit 7"], check=False)
    assert failed.returncode == 7


@pytest.mark.parametrize(
    ("event", "first", "is_one"),
    [
        ("subprocess.Popen", "pdfinfo", True),
        ("os.posix_spawn", "soffice", True),
        ("open", "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", True),
        ("open", "/tmp/labels.pdf", False),  # noqa: S108
        ("import", "subprocess", False),
    ],
)
def test_what_reaches_outside_is_known(event: str, first: str, is_one: bool) -> None:
    assert is_reach(event, (first,)) is is_one


TESTS = """
import subprocess, sys
import pytest

def test_alone():
    pass

def test_calls():
    subprocess.run([sys.executable, "-c", ""], check=True)

@pytest.mark.e2e
def test_marked():
    pass
"""


def test_tests_that_reach_outside_are_noted_and_run_again(tmp_path: Path) -> None:
    (tmp_path / "test_some.py").write_text(TESTS)
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = e2e\n")
    noted = tmp_path / "noted"
    command = [sys.executable, "-m", "pytest", "-p", "tests.reaches", "-q", "--rootdir", "."]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop(VARIABLE, None)  # CI notes this very test
    for more, words, passed in (
        ({VARIABLE: str(noted)}, ["."], "3 passed"),
        ({}, ["--only-reaching", str(noted)], "2 passed, 1 deselected"),
    ):
        done = subprocess.run(
            [*command, *words],
            cwd=tmp_path,
            env=environment | more,
            capture_output=True,
            text=True,
            check=False,
        )
        assert passed in done.stdout, done.stdout
    assert noted.read_text() == "test_some.py::test_calls\n"
