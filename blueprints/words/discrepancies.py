"""What waits for a coordinator, in words: what was found, without blame."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from markupsafe import Markup, escape

from blueprints.words.entries import code_markup, fill_sentence, place_markup
from depot.base.kinds import UNSAFE_KINDS
from depot.base.questions import ToldDoubt
from depot.base.text import N_
from depot.entries.clock_jumps import ClockJump, read_jump
from depot.entries.queries.discrepancies import DiscrepancyRow
from depot.ledger.doubts.rules import read_detail
from depot.words import figures
from depot.words.doubts import doubt_words
from depot.words.reader import Reader

#: Its own sentence says the numbers, and is asked as "Is it right?".
UNLIKELY: Final = "unlikely_number"
#: How a settled one was settled.
RESOLUTION_WORDS: Final = {
    "accepted": N_("right as it is"),
    "undone": N_("entry undone"),
    "learned": N_("it is known now"),
    "adopted": N_("it is a crate now"),
    "ignored": N_("never mind"),
    "mended": N_("it was set right"),
    "explained": N_("explained by what was written later"),
}


def discrepancy_title(row: DiscrepancyRow, reader: Reader) -> Markup:
    """Return in a few words what there is to look at; codes stand in their own letters."""
    return _TITLES[row.kind](row, reader)


def discrepancy_note(row: DiscrepancyRow, reader: Reader) -> str:
    """Return who said it and when."""
    when = figures.ago(row.opened_at, reader)
    return f"{reader.name(row.person)} · {when}" if row.person else when


def resolution_words(row: DiscrepancyRow, reader: Reader) -> str:
    """Return how it was settled, by whom and when."""
    how = reader.gettext(RESOLUTION_WORDS.get(row.resolution, N_("looked at")))
    who, when = reader.name(row.resolved_by), figures.moment(row.resolved_at, reader)
    return " · ".join(part for part in (how, who, when) if part)


def _amount(row: DiscrepancyRow, value: int | None, reader: Reader) -> str:
    return figures.quantity(value or 0, row.unit or "piece", reader)


def _short_stock(row: DiscrepancyRow, reader: Reader) -> Markup:
    more = row.more_than_book or 0
    shown = _amount(row, abs(more), reader)
    difference = (
        reader.gettext("%(count)s more than the book", count=shown)
        if more >= 0
        else reader.gettext("%(count)s fewer than the book", count=shown)
    )
    if row.place is None:
        return fill_sentence(
            N_("%(item)s: %(difference)s"), reader, item=row.item or "", difference=difference
        )
    return fill_sentence(
        N_("%(item)s, %(place)s: %(difference)s"),
        reader,
        item=row.item or "",
        place=place_markup(row.place, reader),
        difference=difference,
    )


def _undo_short(row: DiscrepancyRow, reader: Reader) -> Markup:
    return fill_sentence(
        N_("%(item)s, %(place)s: only %(actual)s of %(expected)s were still here to take back"),
        reader,
        item=row.item or "",
        actual=_amount(row, row.actual, reader),
        expected=_amount(row, row.expected, reader),
        place=place_markup(row.place, reader),
    )


def _counted_since(row: DiscrepancyRow, reader: Reader) -> Markup:
    """A count stands, whatever is written about the time before it: its difference is another."""
    return fill_sentence(
        N_(
            "%(item)s, %(place)s: was counted after this. The stock stays as counted;"
            " the count’s difference was %(before)s and is %(after)s now"
        ),
        reader,
        item=row.item or "",
        place=place_markup(row.place, reader),
        before=figures.signed_number(row.expected or 0, row.unit or "piece", reader),
        after=figures.signed_number(row.actual or 0, row.unit or "piece", reader),
    )


def _large_difference(row: DiscrepancyRow, reader: Reader) -> Markup:
    more = row.more_than_book or 0
    shown = _amount(row, abs(more), reader)
    sentence = (
        N_("%(item)s, %(place)s: the count found %(amount)s more than the book")
        if more >= 0
        else N_("%(item)s, %(place)s: the count found %(amount)s fewer than the book")
    )
    return fill_sentence(
        sentence,
        reader,
        item=row.item or "",
        place=place_markup(row.place, reader),
        amount=shown,
    )


def _unsafe(of_date: str, on_hold: str) -> Callable[[DiscrepancyRow, Reader], Markup]:
    """Goods that must not go out did, or may have; the detail is their use-by date, if any."""

    def title(row: DiscrepancyRow, reader: Reader) -> Markup:
        return fill_sentence(
            of_date if row.detail else on_hold,
            reader,
            item=row.item or "",
            amount=_amount(row, row.actual, reader),
            date=figures.lot_date("use_by", row.detail, reader) if row.detail else "",
        )

    return title


def _too_much_promised(row: DiscrepancyRow, reader: Reader) -> Markup:
    """Hand-outs were promised more than there is for them now."""
    return fill_sentence(
        N_("%(item)s: %(promised)s is promised to hand-outs, and only %(here)s is here for them"),
        reader,
        item=row.item or "",
        promised=_amount(row, row.expected, reader),
        here=_amount(row, row.actual, reader),
    )


def _picked_gone(row: DiscrepancyRow, reader: Reader) -> Markup:
    """What was fetched for a hand-out went elsewhere; the detail is the hand-out's name."""
    return fill_sentence(
        N_("%(amount)s of %(item)s was fetched for “%(event)s” from %(place)s, and went elsewhere"),
        reader,
        amount=_amount(row, (row.expected or 0) - (row.actual or 0), reader),
        item=row.item or "",
        event=row.detail,
        place=place_markup(row.place, reader),
    )


def _past_day(row: DiscrepancyRow, reader: Reader) -> Markup:
    """Goods went out later than they are to here; the detail is their best-before date."""
    return fill_sentence(
        N_("%(amount)s of %(item)s went out, %(date)s: later than is usual here"),
        reader,
        item=row.item or "",
        amount=_amount(row, row.actual, reader),
        date=figures.lot_date("best_before", row.detail, reader),
    )


def _recalled_missing(row: DiscrepancyRow, reader: Reader) -> Markup:
    """Goods that are called back were not there; the detail is the recall's name."""
    return fill_sentence(
        N_("%(recall)s: %(amount)s of %(item)s were not found at %(place)s, and may have gone out"),
        reader,
        recall=row.detail,
        item=row.item or "",
        amount=_amount(row, row.expected, reader),
        place=place_markup(row.place, reader),
    )


def _recalled_gone(row: DiscrepancyRow, reader: Reader) -> Markup:
    """Goods had gone when they were called back; the detail is the recall's name."""
    return fill_sentence(
        N_("%(recall)s: %(amount)s of %(item)s had gone before the recall. Tell who got it"),
        reader,
        recall=row.detail,
        item=row.item or "",
        amount=_amount(row, row.actual, reader),
    )


def _above_limit(row: DiscrepancyRow, reader: Reader) -> Markup:
    """More was written off than one person may alone, and it had happened already."""
    return fill_sentence(
        N_("%(weight)s were written off, and above %(limit)s it takes two: look at it as well"),
        reader,
        weight=figures.weight(row.actual or 0, reader),
        limit=figures.weight(row.expected or 0, reader),
    )


def _about_crate(sentence: str) -> Callable[[DiscrepancyRow, Reader], Markup]:
    return lambda row, reader: fill_sentence(sentence, reader, crate=code_markup(row.detail))


def _unknown_code(row: DiscrepancyRow, reader: Reader) -> Markup:
    if row.entry_id is not None:
        about = _about_crate(N_("%(crate)s was scanned, and nobody here had made that label"))
        return about(row, reader)
    if row.place is None:
        return fill_sentence(
            N_("%(code)s was scanned, and nobody knows it"), reader, code=code_markup(row.detail)
        )
    return fill_sentence(
        N_("%(code)s was scanned at %(place)s, and nobody knows it"),
        reader,
        code=code_markup(row.detail),
        place=place_markup(row.place, reader),
    )


def _crate_missing(row: DiscrepancyRow, reader: Reader) -> Markup:
    return fill_sentence(
        N_("%(crate)s was not found at %(place)s, where the book has it"),
        reader,
        crate=code_markup(row.detail),
        place=place_markup(row.place, reader),
    )


def _event_closed(row: DiscrepancyRow, reader: Reader) -> Markup:
    return fill_sentence(
        N_("Something was logged for “%(event)s” after it was closed"), reader, event=row.detail
    )


def after_closing_title(event: str, count: int, reader: Reader) -> Markup:
    """Return what several entries have in common that came after one hand-out was closed."""
    return fill_sentence(
        N_("For “%(event)s”, %(count)s entries came after it was closed"),
        reader,
        event=event,
        count=figures.number(count, reader),
    )


def _unlikely(row: DiscrepancyRow, reader: Reader) -> Markup:
    sort, text = read_detail(row.detail)
    said = ToldDoubt(
        sort=sort,
        item=row.item or "",
        unit=row.unit or "",
        found=row.actual or 0,
        usual=row.expected,
        text=text,
    )
    return escape(doubt_words(said, reader))


def _clock_jump(row: DiscrepancyRow, reader: Reader) -> Markup:
    return escape(clock_words(read_jump(row.detail), reader))


def clock_words(jump: ClockJump, reader: Reader) -> str:
    """Return what the machine's clock showed, and what it should have."""
    times = {
        "shown": figures.dated_moment(jump.shown_at, reader),
        "expected": figures.dated_moment(jump.expected_at, reader),
    }
    if jump.until_seq is None:
        said = N_("The clock of the server jumped from %(expected)s to %(shown)s")
    else:
        said = N_(
            "The clock of the server jumped from %(expected)s to %(shown)s, and is right again"
        )
    return reader.gettext(said, **times)


def _transfer_difference(row: DiscrepancyRow, reader: Reader) -> Markup:
    """More or less came to another depot than was sent; the detail is the transfer's number."""
    return fill_sentence(
        N_("%(item)s: %(sent)s were sent, %(came)s came (transfer %(number)s)"),
        reader,
        item=row.item or reader.gettext("Goods"),
        sent=_amount(row, row.expected, reader),
        came=_amount(row, row.actual, reader),
        number=row.detail,
    )


_TITLES: Final[dict[str, Callable[[DiscrepancyRow, Reader], Markup]]] = {
    "short_stock": _short_stock,
    "undo_short": _undo_short,
    "crate_empty": _about_crate(N_("%(crate)s was used, and the book had nothing in it")),
    "crate_not_empty": _about_crate(N_("%(crate)s was filled, and the book had goods in it still")),
    "crate_retired": _about_crate(N_("%(crate)s is in use, and the book had it retired")),
    "crate_elsewhere": _about_crate(
        N_("%(crate)s had gone elsewhere, so it was left where it stands")
    ),
    "crate_missing": _crate_missing,
    "unknown_code": _unknown_code,
    "event_closed": _event_closed,
    UNLIKELY: _unlikely,
    "counted_since": _counted_since,
    "clock_jump": _clock_jump,
    "large_difference": _large_difference,
    "unsafe_out": _unsafe(
        N_("%(amount)s of %(item)s went out, %(date)s: it was past that day"),
        N_("%(amount)s of %(item)s went out, and was on hold"),
    ),
    "past_day_out": _past_day,
    "too_much_promised": _too_much_promised,
    "picked_gone": _picked_gone,
    "recalled_missing": _recalled_missing,
    "recalled_gone": _recalled_gone,
    "above_limit": _above_limit,
    "transfer_difference": _transfer_difference,
    "unsafe_likely": _unsafe(
        N_("%(amount)s of %(item)s probably went out, %(date)s: it was past that day"),
        N_("%(amount)s of %(item)s probably went out, and was on hold"),
    ),
}
#: Kinds whose two numbers are in the title, or are no quantities of stock.
_TOLD_IN_THE_TITLE: Final = frozenset(
    {
        "undo_short",
        "counted_since",
        "past_day_out",
        "recalled_missing",
        "too_much_promised",
        "picked_gone",
        "transfer_difference",
        "above_limit",
        UNLIKELY,
        *UNSAFE_KINDS,
    }
)


def is_unknown_scan(row: DiscrepancyRow) -> bool:
    """Say whether it is a code that was kept because nobody knew it."""
    return row.kind == "unknown_code" and row.entry_id is None


def both_numbers_words(row: DiscrepancyRow, reader: Reader) -> Markup | None:
    """Return both numbers, where there are two: the book said 8, it was 10."""
    if row.expected is None or row.actual is None or row.kind in _TOLD_IN_THE_TITLE:
        return None
    return escape(
        reader.gettext(
            "The book said %(expected)s, it was %(actual)s.",
            expected=_amount(row, row.expected, reader),
            actual=_amount(row, row.actual, reader),
        )
    )
