"""What to do when something from outside the project is missing: skip with a line, fail in CI."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator
from typing import NoReturn

import pytest


class Missing(Exception):
    """A program that some tests use is not here; the text says which and how to get it."""


#: What was said to be missing so far.
_SAID: set[str] = set()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    call: pytest.CallInfo[None],
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Report all skips for want of one thing from one place: pytest folds them into one line."""
    report = yield
    said = str(call.excinfo.value) if call.excinfo is not None else ""
    if report.skipped and said in _SAID:
        report.longrepr = (__file__, 1, f"Skipped: {said}")
    return report


def skip_or_fail(missing: Missing) -> NoReturn:
    """Skip the test with the reason; under CI=true fail, as nobody reads the skips there."""
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(f"{missing} (under CI=true this is a failure)", pytrace=False)
    _SAID.add(str(missing))
    pytest.skip(str(missing))


def need_program(program: str, package: str) -> str:
    """Return the path of an installed program; skips (fails under CI) where it is missing."""
    found = shutil.which(program)
    if found is None:
        skip_or_fail(Missing(f"{program} is missing (Debian: {package})"))
    return found
