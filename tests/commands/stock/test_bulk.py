"""What the benchmark writes in bulk is a ledger like any other."""

from __future__ import annotations

from pathlib import Path

from tests.bench.crowd import Crowd
from tests.bench.ground import Shape, make_ground
from tests.serving import depot

MOVES = 3_000


def test_the_bulk_is_found_right(tmp_path: Path) -> None:
    crowd = Shape(crowd=Crowd(crates=70, items=30, places=12))
    ground = make_ground(tmp_path, MOVES, crates=4, shape=crowd)
    said = depot(ground.environment, "verify")
    assert "all green" in said


def test_the_report_of_a_week_in_the_bulk_adds_up(tmp_path: Path) -> None:
    ground = make_ground(tmp_path, MOVES, crates=4)
    said = depot(ground.environment, "report", "weekly", "--week", ground.week.name)
    assert ground.week.name in said
