"""Where a depot stands on a map: latitude and longitude in millionths of a degree. Pure."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

from depot.base.text import N_

MICRODEGREES: Final = 1_000_000
_MOST_NORTH, _MOST_EAST = 90 * MICRODEGREES, 180 * MICRODEGREES
_NUMBER: Final = r"([-+−]?\d{1,3}(?:\.\d+)?)"
_PAIR: Final = re.compile(rf"\(?\s*{_NUMBER}\s*°?\s*[,;\s]\s*{_NUMBER}\s*°?\s*\)?")
NO_COORDINATES: Final = N_("Write latitude and longitude like 52.520008, 13.404954.")


def parse_coordinates(text: str) -> tuple[int, int] | None:
    """Return latitude and longitude as maps write them; None for what is no place on Earth.

    Rounded to a millionth of a degree, which is about a hand's breadth.
    """
    found = _PAIR.fullmatch(text.strip())
    if found is None:
        return None
    north, east = (_microdegrees(part) for part in found.groups())
    return (north, east) if is_on_earth(north, east) else None


def _microdegrees(text: str) -> int:
    exact = Decimal(text.replace("−", "-")) * MICRODEGREES
    return int(exact.to_integral_value(ROUND_HALF_EVEN))


def is_on_earth(north: int | None, east: int | None) -> bool:
    """Say whether both are told and there is such a place, or neither is told."""
    if north is None or east is None:
        return north is east
    return abs(north) <= _MOST_NORTH and abs(east) <= _MOST_EAST


def written_degrees(microdegrees: int) -> str:
    """Return a latitude or longitude as a decimal number of degrees, as `parse_coordinates` reads.

    No more figures than it needs: 52.52.
    """
    sign = "-" if microdegrees < 0 else ""
    whole, rest = divmod(abs(microdegrees), MICRODEGREES)
    return f"{sign}{whole}.{rest:06}".rstrip("0").removesuffix(".")
