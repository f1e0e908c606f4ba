"""Hours and who was here, in words."""

from __future__ import annotations

from decimal import Decimal

from depot.joining.attendance import AttendanceRow
from depot.words import figures
from depot.words.reader import Reader


def hours_words(minutes: int, reader: Reader) -> str:
    """Return minutes as hours, to the tenth: 12.5 h."""
    return reader.gettext("%(number)s h", number=figures.decimal(hours_number(minutes), reader))


def hours_number(minutes: int) -> Decimal:
    """Return minutes as hours, to the hundredth."""
    return round(Decimal(minutes) / 60, 2)


def left_words(row: AttendanceRow, reader: Reader) -> str:
    """Return when somebody left; with their shift, if nobody said it."""
    if row.left_at is None:
        return ""
    when = figures.clock_time(row.left_at, reader)
    return when if row.is_said else reader.gettext("with the shift, %(when)s", when=when)


def attendance_cells(row: AttendanceRow, reader: Reader) -> tuple[str, ...]:
    """Return a line of the paper of who was here; the last cell is signed."""
    return (
        reader.name(row.name),
        figures.clock_time(row.came_at, reader),
        left_words(row, reader),
        "",
    )
