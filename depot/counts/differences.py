"""Which difference of a count is large enough for somebody to look at it. Pure."""

from __future__ import annotations

from typing import Final

from depot.base.units import GRAM, MILLILITRE

#: From so much on, in base units, by unit: pieces where none is named.
_BY_ITSELF: Final = {GRAM: 10_000, MILLILITRE: 10_000}
_PIECES: Final = 20
#: And from this share on of what the book had or of what was there, whichever is more.
_SHARE: Final = 5


def is_large(expected: int, counted: int, unit: str) -> bool:
    """Say whether a count found far more or far less than the book had.

    It takes both: 10 kg (or 20 pieces) and a fifth. Half of three tins is no question, nor is one
    bag of rice in a hundred.
    """
    off = abs(counted - expected)
    return off >= _BY_ITSELF.get(unit, _PIECES) and off * _SHARE >= max(expected, counted)
