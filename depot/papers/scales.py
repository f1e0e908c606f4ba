"""The round numbers beside a chart."""

from __future__ import annotations

import math


def nice_ticks(lowest: float, highest: float, about: int = 5) -> tuple[float, ...]:
    """Return round numbers, 1, 2 or 5 times a power of ten apart, from `lowest` to `highest`.

    Zero is always among them: a bar that does not begin at zero misleads.
    """
    lowest, highest = min(lowest, 0), max(highest, 0)
    step = _nice_step((highest - lowest) / about) if highest > lowest else 1
    first, last = math.floor(lowest / step), math.ceil(highest / step)
    return tuple(round(float(n * step), 9) for n in range(first, max(last, first + 1) + 1))


def _nice_step(least: float) -> float:
    """The smallest of 1, 2 and 5 times a power of ten that is at least `least` (above zero)."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(n * power for n in (1, 2, 5, 10) if n * power >= least * (1 - 1e-9))
