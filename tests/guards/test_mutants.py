"""The bugs that `make mutants` puts in by hand still fit the code they are put into."""

from __future__ import annotations

import pytest

from tests.guards.sources import ROOT
from tests.mutants.by_hand import BUGS, Bug
from tests.mutants.reasons import AREAS


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.kind)
def test_a_bug_has_its_place_and_its_tests(bug: Bug) -> None:
    text = (ROOT / bug.file).read_text()
    assert text.count(bug.right) == 1
    assert all((ROOT / one).exists() for one in bug.tests)


def test_every_part_that_is_mutated_is_there() -> None:
    for modules in AREAS.values():
        for module in modules:
            path = ROOT / module.rstrip(".").replace(".", "/")
            assert path.is_dir() or path.with_suffix(".py").exists(), module
