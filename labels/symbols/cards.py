"""Codes of visit cards: twelve letters as those of crates, shown 4-4-4, the last a check letter.

Eleven letters are drawn by chance (55 bits), so that nobody guesses one and no list of them is
needed; what is proved of crates' codes holds here too, for the weights of twelve places are
different and none is zero.
"""

from __future__ import annotations

import random
from typing import Final

from labels.symbols.codes import ALPHABET, check_sum, plain_letters

CARD_LENGTH: Final = 12
_GROUP: Final = 4


def new_card_code(rng: random.Random) -> str:
    """Draw a new code; `rng` is as for `codes.new_code`."""
    letters = "".join(rng.choice(ALPHABET) for _ in range(CARD_LENGTH - 1))
    last = next(letter for letter in ALPHABET if not check_sum(letters + letter))
    return _shown(letters + last)


def read_card_code(text: str) -> str | None:
    """Return the one form of a typed or scanned code; None if it is none.

    Case, blanks and hyphens are forgiven, and I, L and O for 1, 1 and 0.
    """
    letters = plain_letters(text)
    if len(letters) != CARD_LENGTH or not set(ALPHABET) >= set(letters) or check_sum(letters):
        return None
    return _shown(letters)


def _shown(letters: str) -> str:
    return "-".join(letters[place : place + _GROUP] for place in range(0, CARD_LENGTH, _GROUP))
