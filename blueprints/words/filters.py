"""Figures and dates in templates: those of depot/words, for who reads the page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Final

from blueprints.frame.language import current_reader
from depot.words import figures


def _for_reader(write: Callable[..., str]) -> Callable[..., str]:
    @wraps(write)
    def filtered(*values: object) -> str:
        return write(*values, current_reader())

    return filtered


FILTERS: Final = {
    write.__name__: _for_reader(write)
    for write in (
        figures.number,
        figures.quantity,
        figures.weight,
        figures.signed_number,
        figures.day,
        figures.long_day,
        figures.today_day,
        figures.moment,
        figures.clock_time,
        figures.ago,
        figures.lot_date,
        figures.unit_sign,
    )
}
