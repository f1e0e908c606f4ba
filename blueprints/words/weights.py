"""Weights of goods in words: an estimated one says so."""

from __future__ import annotations

from depot.kernel.weights import Total, Weight
from depot.words import figures
from depot.words.reader import Reader


def weight_text(found: Weight, reader: Reader) -> str:
    """Return a weight as people read it; an estimated one says so."""
    if found.is_estimated:
        return reader.gettext("about %(weight)s", weight=figures.weight(found.grams, reader))
    return figures.weight(found.grams, reader)


def total_text(found: Total, reader: Reader) -> str:
    """Return the weight of several kinds; if part of it is estimated, it says about."""
    if found.kinds and found.not_weighed == found.kinds:
        return figures.weight(None, reader)
    if found.estimated_grams:
        return reader.gettext("about %(weight)s", weight=figures.weight(found.grams, reader))
    return figures.weight(found.grams, reader)
