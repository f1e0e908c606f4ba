"""docs/security.md names tests that are there, and each number of the standard once."""

from __future__ import annotations

import re

from tests.guards.sources import ROOT

PAGE = ROOT / "docs" / "security.md"
_NUMBER = re.compile(r"^\| (\d+\.[\d.*]+(?:(?:, | – )\d+\.[\d.]+)*) \|", re.MULTILINE)


def names_of_tests() -> set[str]:
    """Return the name of every test in Python."""
    found: set[str] = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        found |= set(re.findall(r"def (test_\w+)", path.read_text()))
    return found


def missing(page: str) -> list[str]:
    """Return what the page names as a test and nobody finds."""
    named = re.findall(r"`(tests/[\w./]+|test_\w+)`", page)
    known = names_of_tests()
    return [name for name in named if name not in known and not (ROOT / name).exists()]


def test_every_test_that_the_page_names_is_there() -> None:
    text = PAGE.read_text()
    assert len(re.findall(r"`tests?[/_]", text)) > 100
    assert missing(text) == []


def test_each_number_has_one_line() -> None:
    lines = _NUMBER.findall(PAGE.read_text())
    numbers = [number for line in lines for number in re.findall(r"\d+\.[\d.*]+", line)]
    assert len(numbers) == len(set(numbers)) > 150
    assert {number.partition(".")[0] for number in numbers} == {str(n) for n in range(1, 18)}


def test_the_guard_sees_a_test_that_is_gone() -> None:
    assert missing("| `test_what_never_was` | `tests/gone.py` |") == [
        "test_what_never_was",
        "tests/gone.py",
    ]
