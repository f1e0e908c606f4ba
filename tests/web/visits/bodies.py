"""A visit card for the walks over all addresses."""

from __future__ import annotations

import random
from typing import Final

from labels.symbols.cards import new_card_code

CARD: Final = new_card_code(random.Random(7))
