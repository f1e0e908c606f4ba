"""Giving memory back to the system that C's allocator keeps although nobody uses it."""

from __future__ import annotations

import sys


def give_back() -> None:
    """Give back whole pages that lie free between what is used; on Linux, elsewhere nothing.

    To compile a page's templates takes some megabytes for a moment. By itself the allocator gives
    back only what lies behind the last that is used.
    """
    if sys.platform != "linux":
        return
    import ctypes  # when the server stands, and not for every start

    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:  # it is of glibc's
        trim(0)
