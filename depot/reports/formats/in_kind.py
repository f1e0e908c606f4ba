"""In-kind value on papers and in texts: by category, and the rates that it was reckoned by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from depot.base.text import N_
from depot.papers.paper import Column, Row, Table
from depot.papers.parts import figure_column
from depot.reports.sums.in_kind import InKind, ValueRate
from depot.words import figures
from depot.words.numbers import money
from depot.words.reader import Reader

#: What a rate is for.
PER_WORDS: Final[Mapping[str, str]] = {
    "kg": N_("%(amount)s a kilogram"),
    "lb": N_("%(amount)s a pound"),
    "piece": N_("%(amount)s a piece"),
}


def in_kind_table(found: InKind, reader: Reader) -> Table:
    """Return the value of what was given and handed out, by category, with its rates below."""
    _ = reader.gettext
    return Table(
        _(N_("In-kind value")),
        (
            Column(_(N_("Category"))),
            figure_column(_(N_("Given to us"))),
            figure_column(_(N_("Handed out"))),
        ),
        tuple(
            Row((line.category, *_amounts(found, line.given, line.handed_out, reader)))
            for line in found.lines
        ),
        (_(N_("All")), *_amounts(found, found.given, found.handed_out, reader)),
        empty=_(N_("No rate says anything about what came and went.")),
        note=" ".join(in_kind_words(found, reader)),
    )


def _amounts(found: InKind, given: int, handed_out: int, reader: Reader) -> tuple[str, str]:
    return money(given, found.currency, reader.locale), money(
        handed_out, found.currency, reader.locale
    )


def in_kind_words(found: InKind, reader: Reader) -> Iterator[str]:
    """Yield a sentence for each rate, and one for what no rate is about."""
    for rate in found.rates:
        yield reader.gettext(
            "%(about)s: %(rate)s from %(day)s on, by %(source)s.",
            about=rate.item or rate.category or reader.gettext("All goods"),
            rate=rate_words(rate, found.currency, reader),
            day=figures.dated_day(rate.valid_from, reader),
            source=rate.source,
        )
    if found.not_valued:
        count = figures.number(found.not_valued, reader)
        yield reader.gettext(
            "Items without a value, in none of these sums: %(count)s.", count=count
        )


def rate_words(rate: ValueRate, currency: str, reader: Reader) -> str:
    """Return a rate in words: $1.93 a pound."""
    return reader.gettext(PER_WORDS[rate.per], amount=money(rate.minor, currency, reader.locale))
