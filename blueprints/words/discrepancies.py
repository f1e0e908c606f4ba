"""What waits for a coordinator, in words: what was found, without blame."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from flask_babel import gettext as _
from markupsafe import Markup, escape

from blueprints.words import filters
from blueprints.words.entries import code_of, place_word, say
from depot.base.text import N_
from depot.entries.queries.discrepancies import DiscrepancyRow

#: How a settled one was settled.
RESOLUTION_WORDS: Final = {
    "accepted": N_("right as it is"),
    "undone": N_("entry undone"),
    "learned": N_("it is known now"),
    "adopted": N_("it is a crate now"),
    "ignored": N_("never mind"),
}


def thing_title(row: DiscrepancyRow) -> Markup:
    """Return in a few words what there is to look at; codes stand in their own letters."""
    return _TITLES[row.kind](row)


def thing_small(row: DiscrepancyRow) -> str:
    """Return who said it and when."""
    when = filters.ago(row.opened_at)
    return f"{row.person} · {when}" if row.person else when


def settled_words(row: DiscrepancyRow) -> str:
    """Return how it was settled, by whom and when."""
    how = _(RESOLUTION_WORDS.get(row.resolution, N_("looked at")))
    who, when = row.resolved_by, filters.moment(row.resolved_at)
    return " · ".join(part for part in (how, who, when) if part)


def _amount(row: DiscrepancyRow, value: int | None) -> str:
    return filters.quantity(value or 0, row.unit or "piece")


def _short_stock(row: DiscrepancyRow) -> Markup:
    more = row.more_than_book or 0
    shown = _amount(row, abs(more))
    difference = (
        _("%(count)s more than the book", count=shown)
        if more >= 0
        else _("%(count)s fewer than the book", count=shown)
    )
    if row.place is None:
        return say(N_("%(item)s: %(difference)s"), item=row.item or "", difference=difference)
    return say(
        N_("%(item)s, %(place)s: %(difference)s"),
        item=row.item or "",
        place=place_word(row.place),
        difference=difference,
    )


def _undo_short(row: DiscrepancyRow) -> Markup:
    return say(
        N_("%(item)s: only %(actual)s of %(expected)s were still at %(place)s to take back"),
        item=row.item or "",
        actual=_amount(row, row.actual),
        expected=_amount(row, row.expected),
        place=place_word(row.place),
    )


def _about_crate(sentence: str) -> Callable[[DiscrepancyRow], Markup]:
    return lambda row: say(sentence, crate=code_of(row.detail))


def _unknown_code(row: DiscrepancyRow) -> Markup:
    if row.entry_id is not None:
        return _about_crate(N_("%(crate)s was scanned, and nobody here had made that label"))(row)
    if row.place is None:
        return say(N_("%(code)s was scanned, and nobody knows it"), code=code_of(row.detail))
    return say(
        N_("%(code)s was scanned at %(place)s, and nobody knows it"),
        code=code_of(row.detail),
        place=place_word(row.place),
    )


def _crate_missing(row: DiscrepancyRow) -> Markup:
    return say(
        N_("%(crate)s was not found at %(place)s, where the book has it"),
        crate=code_of(row.detail),
        place=place_word(row.place),
    )


def _event_closed(row: DiscrepancyRow) -> Markup:
    return say(N_("Something was logged for “%(event)s” after it was closed"), event=row.detail)


_TITLES: Final[dict[str, Callable[[DiscrepancyRow], Markup]]] = {
    "short_stock": _short_stock,
    "undo_short": _undo_short,
    "crate_empty": _about_crate(N_("%(crate)s was used, and the book had nothing in it")),
    "crate_not_empty": _about_crate(N_("%(crate)s was filled, and the book had goods in it still")),
    "crate_retired": _about_crate(N_("%(crate)s is in use, and the book had it retired")),
    "crate_elsewhere": _about_crate(
        N_("%(crate)s had gone elsewhere, so undo left it where it stands")
    ),
    "crate_missing": _crate_missing,
    "unknown_code": _unknown_code,
    "event_closed": _event_closed,
}


def is_unknown_scan(row: DiscrepancyRow) -> bool:
    """Say whether it is a code that was kept because nobody knew it."""
    return row.kind == "unknown_code" and row.entry_id is None


def book_words(row: DiscrepancyRow) -> Markup | None:
    """Return both numbers, where there are two: the book said 8, it was 10."""
    if row.expected is None or row.actual is None or row.kind == "undo_short":
        return None
    return escape(
        _(
            "The book said %(expected)s, it was %(actual)s.",
            expected=_amount(row, row.expected),
            actual=_amount(row, row.actual),
        )
    )
