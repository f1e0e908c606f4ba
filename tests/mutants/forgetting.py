"""A plugin of pytest: nothing that was remembered before a mutant was put in is taken for its own.

mutmut runs the tests once for all and forks from there for each mutant: what a function with a
cache had made by then would be what the mutant makes.
"""

from __future__ import annotations

import sys
from functools import cache
from typing import Final

_CACHED: Final = type(cache(int))


def pytest_sessionstart() -> None:
    """Empty every cache of the program."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in ("depot", "blueprints", "labels"):
            for held in list(vars(module).values()):
                if isinstance(held, _CACHED):
                    held.cache_clear()
