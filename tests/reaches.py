"""Which tests reach outside the project: they start a program or open a typeface.

CI notes them while it runs all tests (`DEPOT_TEST_REACHES` names the file, a test a line) and runs
them once more on a machine that has been stripped of such things: `pytest --only-reaching=FILE`.
So nobody keeps a list, and a test that calls a program without asking whether it is there is
found. Tests marked for a browser or a server belong to them anyway.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Any

import pytest

VARIABLE = "DEPOT_TEST_REACHES"
MARKS = ("e2e", "postgres")
_STARTS = {"subprocess.Popen", "os.posix_spawn", "os.exec", "os.system"}
_TYPEFACES = (".ttf", ".otf", ".ttc")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that chooses what was noted."""
    parser.addoption(
        "--only-reaching", type=Path, metavar="FILE", help="run only the tests noted in FILE"
    )


def pytest_configure() -> None:
    """Begin to note, if a file is named."""
    named = os.environ.get(VARIABLE)
    if named:
        note_into(Path(named))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave only the tests that were noted or are marked; the longest, in a browser, come first."""
    items.sort(key=lambda item: item.get_closest_marker("e2e") is None)
    file: Path | None = config.getoption("--only-reaching")
    if file is None:
        return
    noted = set(file.read_text(encoding="utf-8").splitlines())
    kept = [item for item in items if reaches(item, noted)]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


def reaches(item: pytest.Item, noted: Collection[str]) -> bool:
    """Say whether a test is to be run on the stripped machine."""
    return item.nodeid in noted or any(item.get_closest_marker(mark) for mark in MARKS)


def is_reach(event: str, arguments: tuple[Any, ...]) -> bool:
    """Say whether an audit event of Python's is a reach outside."""
    if event == "open":
        return str(arguments[0]).lower().endswith(_TYPEFACES)
    return event in _STARTS


def note_into(file: Path) -> None:
    """Note in a file, from now on, each running test that reaches outside, once a process."""
    noted: set[str] = set()

    def heard(event: str, arguments: tuple[Any, ...]) -> None:
        if not is_reach(event, arguments):
            return
        test = os.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" (")[0]
        if test and test not in noted:
            noted.add(test)
            with file.open("a", encoding="utf-8") as out:
                out.write(test + "\n")

    sys.addaudithook(heard)
