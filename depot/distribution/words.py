"""From what the households that are expected were worked out, in words."""

from __future__ import annotations

from depot.distribution.series_rows import Expectation
from depot.words import figures
from depot.words.reader import Reader


def expected_words(expected: Expectation, reader: Reader) -> str:
    """Say from what the expected households were worked out."""
    if not expected.counts:
        return reader.gettext(
            "Nothing is expected yet: the first that is closed with its households says it."
        )
    counts = figures.listed([figures.number(count, reader) for count in expected.counts], reader)
    return reader.ngettext(
        "%(counts)s came to the last one.",
        "The average of the last %(num)s: %(counts)s.",
        len(expected.counts),
        counts=counts,
    )
