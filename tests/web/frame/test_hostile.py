"""The short version of `make torture`'s hostile inputs: a few for each form, command and reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import figures
from tests.torture import memory
from tests.torture.ground import Ground, make_ground
from tests.torture.hostile.forms import Attacker, attack, look_after, what_is_sent
from tests.torture.hostile.readers import READERS, Reader, problem_with
from tests.torture.hostile.reading import read_hostile


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    """A depot with one of everything."""
    return make_ground(tmp_path_factory.mktemp("hostile"))


def test_nothing_that_is_sent_breaks_a_page_or_leaves_anything_half(ground: Ground) -> None:
    attacker = Attacker(ground.app(), ground)
    kinds = list(what_is_sent(attacker))
    assert len(list(attack(kinds, 1, always_the_same=True))) > 90
    assert not attacker.wrong
    assert not look_after(ground)
    assert {200, 303, 422} <= set(attacker.statuses)  # some of it is taken, some is not


@pytest.mark.parametrize("name", READERS)
def test_a_reader_reads_or_refuses_with_an_error_of_its_own(name: str) -> None:
    assert not read_hostile(READERS[name], 20, always_the_same=True)


def test_a_reader_that_breaks_is_named() -> None:
    assert problem_with(Reader(int, ("1",), ()), "x").startswith("ValueError")
    assert not problem_with(Reader(int, ("1",), (ValueError,)), "x")


def test_a_busy_day_is_answered_and_a_memory_that_climbs_is_seen(ground: Ground) -> None:
    day = memory.Day(ground)
    assert not {said for _ in range(60) if (said := day.ask())}
    assert memory.is_flat([90, *[100.0 + (at % 3) for at in range(50)]])
    assert not memory.is_flat([100.0 + at for at in range(50)])


def test_a_figure_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    file, titles = tmp_path / "figures.md", ("part", "seen")
    figures.put_section(file, "## Other", "Stays.")
    for row in (("b", "1"), ("a", "x|y"), ("b", "2")):
        figures.put_row(file, "## Rows", "Words.", titles, row)
    assert file.read_text().endswith(
        "## Other\n\nStays.\n\n## Rows\n\nWords.\n\n"
        "| part | seen |\n| --- | --- |\n| a | x/y |\n| b | 2 |\n"
    )
