"""When a series is: its rule, its time, its place."""

from __future__ import annotations

from blueprints.words.repeating.rules import rule_words, time_words
from depot.distribution.queries.series import SeriesRow
from depot.words.reader import Reader


def series_words(row: SeriesRow, reader: Reader) -> str:
    """Say when and where a series is."""
    rule, at = rule_words(row.rule, reader), time_words(row.begins_minute, row.from_on, reader)
    said = reader.gettext("%(rule)s, %(time)s", rule=rule, time=at)
    return f"{said} · {row.place}" if row.place else said
