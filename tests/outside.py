"""What to do when something from outside the project is missing: skip with a line, fail in CI."""

from __future__ import annotations

import os
import shutil
from typing import NoReturn

import pytest


class Missing(Exception):
    """A program that some tests use is not here; the text says which and how to get it."""


def skip_or_fail(missing: Missing) -> NoReturn:
    """Skip the test with the reason; under CI=true fail, as nobody reads the skips there."""
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(f"{missing} (under CI=true this is a failure)", pytrace=False)
    pytest.skip(str(missing))


def need(program: str, package: str) -> str:
    """Return the path of an installed program; skips (fails under CI) where it is missing."""
    found = shutil.which(program)
    if found is None:
        skip_or_fail(Missing(f"{program} is missing (Debian: {package})"))
    return found
