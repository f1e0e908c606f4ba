"""Allergens in words, the same on pages and labels."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _

from depot.base.allergens import ALLERGENS, in_order


def allergen_names(codes: Iterable[str]) -> str:
    """Name allergens in their order: milk, nuts. Empty without any."""
    return ", ".join(_(ALLERGENS[code]) for code in in_order(codes))


def contains(codes: Iterable[str]) -> str:
    """Say what goods contain: Contains: milk, nuts. Empty where nothing is known of."""
    names = allergen_names(codes)
    return str(_("Contains: %(allergens)s", allergens=names)) if names else ""


def allergen_choices() -> list[tuple[str, str]]:
    """Return every allergen as (code, name), for a form."""
    return [(code, _(name)) for code, name in ALLERGENS.items()]
