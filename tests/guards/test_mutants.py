"""The bugs that `make mutants` puts in by hand still fit the code they are put into."""

from __future__ import annotations

import pytest

from tests.guards.sources import ROOT
from tests.mutants.by_hand import BUGS, Bug
from tests.mutants.parts import PARTS


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.kind)
def test_a_bug_has_its_place_and_its_tests(bug: Bug) -> None:
    text = (ROOT / bug.file).read_text()
    assert text.count(bug.right) == 1
    assert all((ROOT / one).exists() for one in bug.tests)


def test_every_part_has_its_files_and_its_tests() -> None:
    for part in PARTS.values():
        assert all(list(ROOT.glob(pattern)) for pattern in part.files), part
        assert all((ROOT / one).exists() for one in part.tests), part
