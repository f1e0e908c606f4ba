"""The tables of a report that are charts as well: each line with a bar and its share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from depot.papers.paper import RankedLine
from depot.reports.formats.paper_words import share_words
from depot.reports.sums.report import People, Report
from depot.reports.sums.words import PEOPLE, reason_word, source_word
from depot.words import figures
from depot.words.reader import Reader
from depot.words.weights import round_list

#: Of the longest bar.
BAR_WIDTH: Final = 100
_AGES: Final = ("adults", "children", "seniors")
Ranked = tuple[RankedLine, ...]


def ranked_sources(report: Report, reader: Reader) -> Ranked:
    """Return what came in by source, the heaviest first."""
    pairs = [
        (reader.gettext(source_word(share.kind)), share.weight_grams) for share in report.sources
    ]
    return _ranked_weights(pairs, report.totals.sourced, report, reader)


def ranked_categories(report: Report, reader: Reader) -> Ranked:
    """Return what was handed out by category, the heaviest first."""
    pairs = [(line.category, line.grams.handed_out) for line in report.categories]
    told = sorted((pair for pair in pairs if pair[1]), key=lambda pair: -pair[1])
    return _ranked_weights(told, report.totals.handed_out, report, reader)


def ranked_losses(report: Report, reader: Reader) -> Ranked:
    """Return what was lost by reason, the heaviest first."""
    pairs = [
        (reader.gettext(reason_word(share.kind)), share.weight_grams) for share in report.losses
    ]
    return _ranked_weights(pairs, report.totals.lost, report, reader)


def ranked_ages(people: People, reader: Reader) -> Ranked:
    """Return the people helped by age, as far as anybody asked."""
    known = [
        (reader.gettext(PEOPLE[band]), number)
        for band in _AGES
        if (number := getattr(people, band)) is not None
    ]
    longest = max((number for _name, number in known), default=0)
    shares = _shares([number for _name, number in known], people.individuals or 0, reader)
    return tuple(
        RankedLine(name, _width(number, longest), figures.number(number, reader), share)
        for (name, number), share in zip(known, shares, strict=True)
    )


def _ranked_weights(
    pairs: Sequence[tuple[str, int]], whole: int, report: Report, reader: Reader
) -> Ranked:
    amounts = [grams for _name, grams in pairs]
    longest = max(amounts, default=0)
    shown, _sum = figures.weight_list(amounts, report.depot.weight_unit, reader)
    shares = _shares(amounts, whole, reader)
    return tuple(
        RankedLine(name, _width(grams, longest), figure, share)
        for (name, grams), figure, share in zip(pairs, shown, shares, strict=True)
    )


def _shares(amounts: Sequence[int], whole: int, reader: Reader) -> list[str]:
    """Return shares in whole percent that add up to a hundred, where the amounts are all of it."""
    if whole <= 0:
        return ["" for _amount in amounts]
    percents = round_list([100 * max(amount, 0) for amount in amounts], whole)
    return [
        share_words(percent, amount, reader)
        for percent, amount in zip(percents, amounts, strict=True)
    ]


def _width(value: int, longest: int) -> int:
    return max(value, 0) * BAR_WIDTH // longest if longest > 0 else 0
