"""Money as a reader writes it, from whole minor units of a currency."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from depot.words.reader import Reader


def is_currency(code: str) -> bool:
    """Say whether these three letters name a currency."""
    from babel import Locale  # loaded when somebody writes money

    return code in Locale("en").currencies


def currency_digits(code: str) -> int:
    """Return how many decimals a currency has: 2 for dollars, none for yen."""
    from babel.numbers import get_currency_precision

    return get_currency_precision(code)


def money(minor_units: int, currency: str, reader: Reader) -> str:
    """Return an amount with its currency: $1.93, 1,93 €."""
    from babel.numbers import format_currency

    return format_currency(major_units(minor_units, currency), currency, locale=reader.locale)


def major_units(minor_units: int, currency: str) -> Decimal:
    """Return an amount in whole units of its currency, exactly: 1.93."""
    return Decimal(minor_units).scaleb(-currency_digits(currency))


def plain_money(minor_units: int, currency: str) -> str:
    """Return an amount without its currency, to type or for a file: 1.93."""
    return f"{major_units(minor_units, currency):.{currency_digits(currency)}f}"


def minor_units_of(number: Fraction, currency: str) -> int | None:
    """Return a typed amount in minor units; None if it has more decimals than the currency."""
    minor = number * 10 ** currency_digits(currency)
    return int(minor) if minor.denominator == 1 else None
