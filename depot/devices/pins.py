"""PINs: a few digits by which somebody shows on a depot's own device that it is them. Pure."""

from __future__ import annotations

from typing import Final

from depot.base.errors import Invalid
from depot.base.text import N_

SHORTEST: Final = 4
LONGEST: Final = 8
_UP: Final = "01234567890"


def clean_pin(typed: str) -> str:
    """Return the digits that were typed, in figures of whatever alphabet.

    Raises Invalid for too few or too many, and for those that everybody tries first.
    """
    pin = "".join(str(int(one)) if one.isdecimal() else one for one in typed if not one.isspace())
    if not (SHORTEST <= len(pin) <= LONGEST and pin.isdecimal()):
        raise Invalid(field="pin", problem=N_("Four to eight digits, please."))
    if len(set(pin)) == 1 or pin in _UP or pin[::-1] in _UP:
        raise Invalid(field="pin", problem=N_("Everybody tries that one first. Take another."))
    return pin
