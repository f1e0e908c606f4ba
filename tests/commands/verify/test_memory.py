"""Verify reads a book of any length in the memory of a short one."""

from __future__ import annotations

import gc
import tracemalloc
from pathlib import Path

import pytest

from depot.verify import book, links, sums
from depot.verify import verify as verifying
from tests.bench.ground import Ground, make_ground
from tests.current import at_work, db

MOVES = 900


def forget(_entries: int) -> None:
    """Collect young garbage now, which is otherwise done now and then."""
    gc.collect(1)


def peak_of(ground: Ground) -> tuple[int, int]:
    """Return the lines read and the most that verify held meanwhile."""
    with at_work(f"sqlite:///{ground.database}"):
        verifying.verify(db.session(), ground.depot_id)  # what is loaded once is not its memory
        tracemalloc.start()
        try:
            audit = verifying.verify_with_counts(db.session(), ground.depot_id, forget)
            assert audit.differences == ()
            return audit.moves, tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()


def test_four_times_the_book_takes_no_more_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifying, "CHUNK", 50)
    monkeypatch.setattr(book, "_AT_ONCE", 50)
    monkeypatch.setattr(sums, "_MOST_WAITING", 100)
    monkeypatch.setattr(links, "MOST_LOTS", 10)
    moves, peak = peak_of(make_ground(tmp_path / "short", MOVES, crates=1))
    more, higher = peak_of(make_ground(tmp_path / "long", 4 * MOVES, crates=1))
    assert more > 3 * moves
    assert higher < 1.2 * peak
