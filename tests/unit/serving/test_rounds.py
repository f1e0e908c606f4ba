"""A server gives back the memory that it needed for a moment."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from depot.serving.rounds import give_back

MEGABYTE = 1 << 20
#: Too large for Python's own allocator, too small to be given back by itself.
PIECE = 4000


def resident() -> int:
    """Return how much memory this process holds."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux how much memory it holds")
def test_what_lies_free_between_what_is_used_is_given_back() -> None:
    pieces = [bytes(PIECE) for _ in range(32 * MEGABYTE // PIECE)]
    kept = pieces[:: 2 * MEGABYTE // PIECE]
    held = resident()
    del pieces
    give_back()
    assert resident() < held - 16 * MEGABYTE
    assert set(kept) == {bytes(PIECE)}
