"""What is usual in the country where a depot stands, as far as its time zone tells the country."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal, cast

DateOrder = Literal["dmy", "mdy"]

#: What Babel calls a place that is in no country.
_NOWHERE: Final = "ZZ"


def date_order(said: str, time_zone: str) -> DateOrder | None:
    """Return whether the day or the month comes first: as a depot says, else as is usual there."""
    return cast(DateOrder, said) if said else usual_date_order(time_zone)


@lru_cache(maxsize=64)
def territory_of(time_zone: str) -> str:
    """Return the country of a time zone, as ISO 3166 names it; empty for one that is in none."""
    from babel.core import get_global  # loaded with the first date that needs it

    zone = get_global("zone_aliases").get(time_zone, time_zone)
    territory = str(get_global("zone_territories").get(zone, _NOWHERE))
    return "" if territory == _NOWHERE else territory


@lru_cache(maxsize=64)
def usual_date_order(time_zone: str) -> DateOrder | None:
    """Return whether the day or the month comes first where people write dates in figures.

    None where the year comes first, or where nobody can tell: "UTC" is in no country.
    """
    from babel import Locale, UnknownLocaleError  # loaded with the first date that needs it

    territory = territory_of(time_zone)
    if not territory:
        return None
    try:
        pattern = str(Locale.parse(f"und_{territory}").date_formats["short"].pattern)
    except (UnknownLocaleError, ValueError):
        return None
    first = next(letter for letter in pattern if letter in "dMy")
    return {"d": "dmy", "M": "mdy"}.get(first)  # type: ignore[return-value]  # a dict of words
