"""What has long been tortured: the property tests at their longest, and stalled connections."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

from tests.guards.sources import ROOT
from tests.torture.result import Result


def _run(*words: str, **more: str) -> tuple[str, list[str]]:
    """Run a module of ours; return its last line, and that it failed if it did."""
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=ROOT,
        env={**os.environ, **more},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    last = (done.stdout.strip().splitlines() or [""])[-1].strip("= ")
    return last, [done.stdout[-5_000:]] if done.returncode else []


def properties() -> Iterator[Result]:
    """Give the property tests 10,000 examples each."""
    tests = ("-q", "-n", "2", "-p", "no:cacheprovider", "tests/unit", "tests/commands")
    last, wrong = _run("pytest", *tests, HYPOTHESIS_PROFILE="torture")
    yield Result("property tests", "10,000 examples each", last, wrong)


def stalling(each: int, seconds: int) -> Iterator[Result]:
    """Hold a server by so many stalled connections of each kind for so long."""
    last, wrong = _run("tests.stalling", str(each), str(seconds))
    yield Result("stalled connections", f"{each} of each kind, {seconds} s", last, wrong)
