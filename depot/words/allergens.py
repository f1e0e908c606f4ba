"""Allergens in words, the same on pages and labels."""

from __future__ import annotations

from collections.abc import Iterable

from depot.base.allergens import ALLERGENS, sort_allergens
from depot.words.reader import Reader


def allergen_names(codes: Iterable[str], reader: Reader) -> str:
    """Name allergens in their order: milk, nuts. Empty without any."""
    return ", ".join(reader.gettext(ALLERGENS[code]) for code in sort_allergens(codes))


def contains(codes: Iterable[str], reader: Reader) -> str:
    """Say what goods contain: Contains: milk, nuts. Empty where nothing is known of."""
    names = allergen_names(codes, reader)
    return reader.gettext("Contains: %(allergens)s", allergens=names) if names else ""


def allergen_choices(reader: Reader) -> list[tuple[str, str]]:
    """Return every allergen as (code, name), for a form."""
    return [(code, reader.gettext(name)) for code, name in ALLERGENS.items()]
