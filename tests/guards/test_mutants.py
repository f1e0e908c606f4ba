"""The bugs that `make mutants` puts in by hand still fit the code they are put into."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.guards.sources import ROOT
from tests.mutants.bug import Bug
from tests.mutants.by_hand import BUGS
from tests.mutants.parts import PARTS
from tests.mutants.written import Score, Survivor, write


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.kind)
def test_a_bug_has_its_place_and_its_tests(bug: Bug) -> None:
    text = (ROOT / bug.file).read_text()
    assert text.count(bug.right) == 1
    assert all((ROOT / one).exists() for one in bug.tests)


def test_every_part_has_its_files_and_its_tests() -> None:
    for part in PARTS.values():
        assert all(list(ROOT.glob(pattern)) for pattern in part.files), part
        assert all((ROOT / one).exists() for one in part.tests), part


def test_a_run_of_some_parts_leaves_what_is_known_of_the_others(tmp_path: Path) -> None:
    file = tmp_path / "figures.md"
    file.write_text("# Figures\n\n## Before\n\nkept\n\n## Mutants\n\nold\n\n## Behind\n\nkept\n")
    missed = [Survivor("one", "a | b → c"), Survivor("two")]
    write(file, [Score("ledger", 40, missed), Score("doors", 10, [])], "7")
    write(file, [Score("doors", 20, [Survivor("three", "`x`", "It is as good.")])], "8")
    text = file.read_text()
    assert "**95.0** of 100 are caught (57 of 60)" in text
    assert [line for line in text.splitlines() if line.startswith("- ")] == [
        "- ledger: `one`: `a | b → c`. A test is missing.",
        "- ledger: `two`. A test is missing.",
        "- doors: `three`: `´x´`. It is as good.",
    ]
    rows = re.findall(r"^\| (\w+) \| (\d+) \| (\d+) \| ([\d.]+) \| .*sample (\d) \|$", text, re.M)
    assert rows == [("ledger", "40", "38", "95.0", "7"), ("doors", "20", "19", "95.0", "8")]
    assert re.findall(r"^## (\w+)$", text, re.M) == ["Before", "Mutants", "Behind"]
    assert (text.count("kept"), "\nold\n" in text) == (2, False)
