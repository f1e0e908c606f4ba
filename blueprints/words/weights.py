"""Weights of goods in words: an estimated one says so."""

from __future__ import annotations

from flask_babel import gettext as _

from blueprints.frame.language import current_reader
from depot.kernel.weights import Total, Weight
from depot.words import figures


def weight_text(found: Weight) -> str:
    """Return a weight as people read it; an estimated one says so."""
    if found.is_estimated:
        return str(_("about %(weight)s", weight=figures.weight(found.grams, current_reader())))
    return figures.weight(found.grams, current_reader())


def total_text(found: Total) -> str:
    """Return the weight of several kinds; if part of it is estimated, it says about."""
    if found.kinds and found.not_weighed == found.kinds:
        return figures.weight(None, current_reader())
    if found.estimated_grams:
        return str(_("about %(weight)s", weight=figures.weight(found.grams, current_reader())))
    return figures.weight(found.grams, current_reader())
