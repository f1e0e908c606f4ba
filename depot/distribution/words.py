"""What is said of hand-outs: from what the households expected were worked out, age bands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from depot.distribution.ages import Band
from depot.distribution.queries.ages import BandSum
from depot.distribution.series.rows import Expectation
from depot.words import figures
from depot.words.figures import band_words
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


def band_facts(sums: Iterable[BandSum], reader: Reader) -> list[tuple[str, str]]:
    """Return each band in words with how many people of it."""
    return [
        (band_words(one.from_age, one.to_age, reader), figures.number(one.people, reader))
        for one in sums
    ]


@dataclass(frozen=True, slots=True)
class NamedBand:
    """A band as a page asks for it."""

    from_age: int
    words: str


def asked_bands(bands: Iterable[Band], reader: Reader) -> list[NamedBand]:
    """Return a depot's own bands in words; nothing where it asks by the usual ones."""
    return [
        NamedBand(one.from_age, band_words(one.from_age, one.to_age, reader))
        for one in bands
        if one.id is not None
    ]
