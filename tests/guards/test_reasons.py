"""Who silences a checker says why, on the very line."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.guards.sources import PACKAGES, python_files, relative_name

_SILENCED = re.compile(r"#\s*(?:type:\s*ignore|noqa)\b(?:\[[^\]]*\]|:\s*[A-Z0-9, ]+)?(.*)$")


def unexplained(source: str) -> Iterator[int]:
    """Yield the number of each line that silences a checker and gives no reason behind it."""
    for number, line in enumerate(source.splitlines(), start=1):
        found = _SILENCED.search(line)
        if found and not re.match(r"\s*[-#]\s*\w", found[1]):
            yield number


def test_every_silenced_checker_has_a_reason() -> None:
    assert [
        f"{relative_name(path)}:{number}"
        for path in python_files(*PACKAGES)
        for number in unexplained(path.read_text())
    ] == []


@pytest.mark.parametrize(
    "line",
    [
        "x = f()  # type: ignore[no-untyped-call]",
        "x = f()  # type: ignore",
        "x = f()  # noqa: S311",
        "x = f()  # noqa",
        "x = f()  # noqa: S311  #",
    ],
)
def test_a_silenced_checker_without_a_reason_is_seen(line: str) -> None:
    assert list(unexplained(line)) == [1]


def test_a_reason_on_the_line_is_enough() -> None:
    assert not list(unexplained("x = f()  # type: ignore[no-untyped-call]  # it has no types"))
    assert not list(unexplained("x = f()  # noqa: S311  # a demo, no secret"))
