"""Degrees as they are written: Celsius, or Fahrenheit for those who weigh in pounds."""

from __future__ import annotations

from decimal import Decimal

from depot.base.units import fahrenheit_of
from depot.words import figures
from depot.words.reader import Reader


def temperature(tenths: int | None, reader: Reader) -> str:
    """Return tenths of a degree Celsius as the reader has it: 4.5 °C, −18 °C, 0 °F."""
    if tenths is None:
        return ""
    shown = figures.decimal(degrees_of(tenths, reader), reader)
    if reads_fahrenheit(reader):
        return reader.gettext("%(number)s °F", number=shown)
    return reader.gettext("%(number)s °C", number=shown)


def degrees_of(tenths: int, reader: Reader) -> Decimal:
    """Return tenths of a degree Celsius as the number that stands before the reader's unit."""
    return fahrenheit_of(tenths) if reads_fahrenheit(reader) else Decimal(tenths) / 10


def reads_fahrenheit(reader: Reader) -> bool:
    """Say whether the reader's thermometers show Fahrenheit: where weights are in pounds."""
    return reader.weight_unit == "lb"


def degree_sign(reader: Reader) -> str:
    """Return what stands beside a field: °C or °F."""
    return "°F" if reads_fahrenheit(reader) else "°C"


def temperature_limits(lowest: int | None, highest: int | None, reader: Reader) -> str:
    """Return limits as people say them: at most 5 °C; empty where there are none."""
    if lowest is None and highest is None:
        return ""
    if lowest is None:
        return reader.gettext("at most %(highest)s", highest=temperature(highest, reader))
    if highest is None:
        return reader.gettext("at least %(lowest)s", lowest=temperature(lowest, reader))
    named = {"lowest": temperature(lowest, reader), "highest": temperature(highest, reader)}
    return reader.gettext("%(lowest)s to %(highest)s", **named)
