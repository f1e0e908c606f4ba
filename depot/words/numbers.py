"""Numbers as a locale writes them: its grouping, its point, a true minus; and money."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from babel import Locale  # most commands write no number: Babel is loaded when one is

Number = int | float | Decimal
#: So many written numbers are kept: those of a large page in a few languages.
_MOST_KEPT: Final = 8192


@lru_cache(maxsize=_MOST_KEPT)
def decimal(value: Number, locale: Locale, pattern: str) -> str:
    """Return the number in the pattern (#,##0.# and the like); nothing has no sign."""
    from babel.numbers import format_decimal, get_minus_sign_symbol

    written = format_decimal(Decimal(str(abs(value))), format=pattern, locale=locale)
    if value < 0 and is_something(written):
        return get_minus_sign_symbol(locale).replace("-", "−") + written
    return written


def decimal_mark(locale: Locale) -> str:
    """Return what the locale writes before decimals."""
    from babel.numbers import get_decimal_symbol

    return get_decimal_symbol(locale)


def plain_decimal(number: Decimal) -> str:
    """Return a number to type that nobody can take for thousands: 12.5, and 1.2340 for 1.234."""
    text = f"{number.normalize():f}"
    whole, _point, decimals = text.partition(".")
    return f"{whole}.{decimals}0" if len(decimals) == 3 else text


def is_something(written: str) -> bool:
    """Say whether a written number reads as more than nothing."""
    return any(letter in "123456789" for letter in written)


def plus_sign(locale: Locale) -> str:
    """Return the sign of what is more than nothing."""
    from babel.numbers import get_plus_sign_symbol

    return get_plus_sign_symbol(locale)


def is_currency(code: str) -> bool:
    """Say whether these three letters name a currency."""
    from babel import Locale as Known

    return code in Known("en").currencies


def currency_digits(code: str) -> int:
    """Return how many decimals a currency has: 2 for dollars, none for yen."""
    from babel.numbers import get_currency_precision

    return get_currency_precision(code)


def money(minor_units: int, currency: str, locale: Locale) -> str:
    """Return an amount with its currency: $1.93, 1,93 €."""
    from babel.numbers import format_currency

    return format_currency(major_units(minor_units, currency), currency, locale=locale)


def major_units(minor_units: int, currency: str) -> Decimal:
    """Return an amount in whole units of its currency, exactly: 1.93."""
    return Decimal(minor_units).scaleb(-currency_digits(currency))


def minor_units_of(number: Fraction, currency: str) -> int | None:
    """Return a typed amount in minor units; None if it has more decimals than the currency."""
    minor = number * 10 ** currency_digits(currency)
    return int(minor) if minor.denominator == 1 else None
