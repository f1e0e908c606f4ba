"""Weights of goods in words: an estimated one says so."""

from __future__ import annotations

from flask_babel import gettext as _

from blueprints.words.filters import weight
from depot.kernel.weights import Total, Weight


def weight_text(found: Weight) -> str:
    """Return a weight as people read it; an estimated one says so."""
    if found.is_estimated:
        return str(_("about %(weight)s", weight=weight(found.grams)))
    return weight(found.grams)


def total_text(found: Total) -> str:
    """Return the weight of several kinds; if part of it is estimated, it says about."""
    if found.kinds and found.not_weighed == found.kinds:
        return weight(None)
    if found.estimated_grams:
        return str(_("about %(weight)s", weight=weight(found.grams)))
    return weight(found.grams)
