"""A crate and what is in it, in words: the chip on its tag, its rows, where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from markupsafe import Markup, escape

from blueprints.words.addresses import Address
from blueprints.words.entries import EntryText, code_markup, describe_entry, fill_sentence
from blueprints.words.listing.icons import category_icon, contents_icon
from blueprints.words.listing.places import MOST_BUTTONS
from depot.base.clock import utc_now
from depot.base.text import N_
from depot.base.units import PIECE
from depot.counts.commands.counts import CountedGoods
from depot.crates.queries.crate_lists import CrateLine, TargetChoice
from depot.crates.queries.crates import CrateHead, CrateOn, CrateView, LotInCrate, Step
from depot.entries.queries.figures import figure_of
from depot.entries.queries.ledger import EntryRow
from depot.kernel.answers import BookedGoods
from depot.kernel.once import Outcome
from depot.kernel.weights import Total
from depot.stock.commands.take_out import TakenOut
from depot.stock.commands.transfers import MovedGoods
from depot.words import figures
from depot.words.allergens import food_words
from depot.words.goods import name_goods
from depot.words.reader import Reader

STATE_WORDS: Final = {
    "blank": N_("blank label"),
    "filled": N_("filled"),
    "empty": N_("empty"),
    "retired": N_("retired"),
}
#: Goods with fewer days left than these are pointed at.
DATE_WARNING: Final = timedelta(days=3)
GIVE_OUT_SOON: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Chip:
    """A short remark with its colour."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class LotWords:
    """A lot as a row: the arguments of the component `row`, and what forms need of it."""

    lot_id: int
    item_id: int
    unit: str
    kind: str
    title: str
    small: str
    figure: str
    chip: Chip | None
    icon: str


@dataclass(frozen=True, slots=True)
class CrateWords:
    """A crate as a row of a list: what is in it first, then which crate it is."""

    code: str
    icon: str
    contents: str
    #: Its code, and the number painted on it.
    name: Markup
    #: Where it stands; empty where it need not be said.
    place: Markup
    tags: str
    weight: str | None
    #: By when its goods must go, with a warning where that is soon.
    until: Chip | None
    chips: tuple[Chip, ...]
    #: The items in it, each once.
    items: tuple[int, ...]


def today(reader: Reader) -> date:
    """Return the depot's calendar day."""
    return figures.to_local(utc_now(), reader).date()


def where_words(head: CrateHead, reader: Reader) -> str:
    """Say where a crate stands: Crate at Cold room; BOX12345 · Crate on 4FJH-22M8, Cold room."""
    box = f"{head.box_number} · " if head.box_number else ""
    return box + _standing(head, reader)


def _standing(head: CrateHead, reader: Reader) -> str:
    if not head.path:
        return reader.gettext("Crate, place not known")
    names = ", ".join(step.name for step in head.path)
    if head.path[0].is_crate:
        return reader.gettext("Crate on %(places)s", places=names)
    return reader.gettext("Crate at %(places)s", places=names)


def content_chip(crate: CrateView, reader: Reader) -> Chip:
    """Return what the tag says of the contents: 48 · 19.2 kg."""
    if crate.state != "filled":
        return Chip(
            "stop" if crate.state == "retired" else "plain",
            reader.gettext(STATE_WORDS[crate.state]),
        )
    parts = [_how_many(crate.lots, reader)] if crate.lots else []
    if crate.crates:
        count = len(crate.crates)
        parts.append(reader.ngettext("%(num)s crate on it", "%(num)s crates on it", count))
    if weight := crate_weight_words(crate.total, reader):
        parts.append(weight)
    return Chip("in", " · ".join(dict.fromkeys(parts)))


def crate_weight_words(total: Total, reader: Reader) -> str | None:
    """Return a total weight, said to be rough where part of it is an average."""
    if not total.grams:
        return None
    shown = figures.weight(total.grams, reader)
    return reader.gettext("about %(weight)s", weight=shown) if total.estimated_grams else shown


def _how_many(lots: Sequence[LotInCrate], reader: Reader) -> str:
    kinds = len({lot.item_id for lot in lots})
    amount = sum(lot.quantity for lot in lots)
    if all(lot.unit == PIECE for lot in lots):
        return reader.ngettext("%(num)s piece", "%(num)s pieces", amount)
    if kinds == 1:
        return figures.quantity(amount, lots[0].unit, reader)
    return reader.ngettext("%(num)s kind", "%(num)s kinds", kinds)


def lot_words(lot: LotInCrate, weight_unit: str, reader: Reader) -> LotWords:
    """Put a lot into words, its date with a warning where there is reason for one."""
    chip = held_chip(lot, reader) or date_chip(lot, reader)
    dates = (
        [] if lot.date_kind == "use_by" and chip and not lot.held_because else [_date(lot, reader)]
    )
    until = lot.give_out_until
    if until and lot.date_kind == "best_before" and until != lot.date_on:
        dates.append(reader.gettext("give out until %(day)s", day=figures.day(until, reader)))
    if lot.lot_code:
        dates.append(reader.gettext("lot %(code)s", code=lot.lot_code))
    if said := food_words(lot.food, reader):
        dates.append(said)
    return LotWords(
        lot.lot_id,
        lot.item_id,
        lot.unit,
        chip.kind if chip else "in",
        lot.item,
        " · ".join(dates),
        figures.quantity(lot.quantity, lot.unit, reader),
        chip,
        category_icon(lot.category),
    )


def _date(lot: LotInCrate, reader: Reader) -> str:
    return figures.lot_date(lot.date_kind, lot.date_text, reader)


def held_chip(lot: LotInCrate, reader: Reader) -> Chip | None:
    """Return that a lot is held back, if it is: that stands before any date."""
    return Chip("stop", reader.gettext("on hold")) if lot.held_because is not None else None


def date_chip(lot: LotInCrate, reader: Reader) -> Chip | None:
    """Return a warning about a lot's date, if there is one."""
    if lot.give_out_until is None:
        return None
    left = lot.give_out_until - today(reader)
    if lot.date_kind == "use_by" and left <= DATE_WARNING:
        return Chip("stop", f"{_date(lot, reader)} · {days_words(left.days, reader)}")
    if left.days < 0:
        return Chip("stop", reader.gettext("too late to give out"))
    if left <= GIVE_OUT_SOON:
        return Chip(
            "count", reader.gettext("give out soon · %(days)s", days=days_words(left.days, reader))
        )
    return None


def days_words(days: int, reader: Reader) -> str:
    """Say how long there is: 3 days, today, 2 days too late."""
    if days == 0:
        return reader.gettext("today")
    if days < 0:
        return reader.ngettext("%(num)s day too late", "%(num)s days too late", -days)
    return reader.ngettext("%(num)s day", "%(num)s days", days)


def nested_crate_words(crate: CrateOn, reader: Reader) -> CrateWords:
    """Put a crate that stands on another one into words."""
    goods = [(lot.item, lot.quantity, lot.unit) for lot in crate.lots]
    return CrateWords(
        crate.code,
        contents_icon(lot.category for lot in crate.lots),
        name_goods(goods, reader) or reader.gettext("nothing in it"),
        code_markup(crate.code),
        Markup(),
        "",
        None,
        None,
        (),
        tuple(dict.fromkeys(lot.item_id for lot in crate.lots)),
    )


def crate_words(line: CrateLine, reader: Reader) -> CrateWords:
    """Put a crate of a list into words."""
    name = code_markup(line.code)
    if line.box_number:
        name = fill_sentence(N_("%(code)s, %(box)s"), reader, code=name, box=line.box_number)
    return CrateWords(
        line.code,
        contents_icon(line.categories),
        _contents(line, reader),
        name,
        _place(line, reader),
        ", ".join(line.tags),
        crate_weight_words(line.total, reader),
        _until(line, reader),
        tuple(_line_chips(line, reader)),
        line.items,
    )


def _contents(line: CrateLine, reader: Reader) -> str:
    """Say what is in a crate or on it; of one with nothing, how it is."""
    if goods := name_goods(line.goods, reader):
        return goods
    if line.crates_on_it:
        return _on_it(line, reader)
    if line.state == "empty":
        return reader.gettext("nothing in it")
    return reader.gettext(STATE_WORDS[line.state])


def _on_it(line: CrateLine, reader: Reader) -> str:
    return reader.ngettext("%(num)s crate on it", "%(num)s crates on it", line.crates_on_it)


def _place(line: CrateLine, reader: Reader) -> Markup:
    if line.location is None:
        return escape(reader.gettext("place not known"))
    if line.location_is_crate:
        return fill_sentence(N_("on %(crate)s"), reader, crate=code_markup(line.location))
    return escape(line.location)


def _line_chips(line: CrateLine, reader: Reader) -> Iterator[Chip]:
    if line.is_held:
        yield Chip("stop", reader.gettext("on hold"))
    if line.goods and line.crates_on_it:
        yield Chip("plain", _on_it(line, reader))
    if line.state == "retired" and line.goods:
        yield Chip("stop", reader.gettext(STATE_WORDS[line.state]))


def _until(line: CrateLine, reader: Reader) -> Chip | None:
    day = today(reader)
    if line.use_by and line.use_by - day <= DATE_WARNING:
        return Chip("stop", reader.gettext("use by %(day)s", day=figures.day(line.use_by, reader)))
    until = line.give_out_until
    if until is None:
        return None
    told = reader.gettext("give out until %(day)s", day=figures.day(until, reader))
    if until < day:
        return Chip("stop", told)
    return Chip("count" if until - day <= GIVE_OUT_SOON else "", told)


def moved_goods_words(outcome: Outcome[MovedGoods | TakenOut], reader: Reader) -> str:
    """Name what a command moved."""
    return goods_words(outcome.answer.lines, reader)


def goods_words(lines: Sequence[BookedGoods], reader: Reader) -> str:
    """Name some goods that were booked, by item."""
    return name_goods([(line.item, line.quantity, line.unit) for line in lines], reader)


def count_result_words(outcome: Outcome[CountedGoods], reader: Reader) -> str:
    """Say how a count compared with the book, one difference in full."""
    apart = [line for line in outcome.answer.lines if line.variance]
    if not apart:
        return reader.gettext("just as the book says")
    if len(apart) > 1:
        return reader.ngettext("%(num)s difference", "%(num)s differences", len(apart))
    line = apart[0]
    amount = figures.quantity(abs(line.variance), line.unit, reader)
    if line.variance > 0:
        return reader.gettext(
            "%(item)s, %(amount)s more than the book", item=line.item, amount=amount
        )
    return reader.gettext("%(item)s, %(amount)s fewer than the book", item=line.item, amount=amount)


def target_picks(
    recent: Sequence[TargetChoice],
    places: Sequence[str],
    here: Step | None,
) -> list[tuple[str, str]]:
    """Return pick buttons of where a crate can go, lately used ones first, not where it stands."""
    names = dict.fromkeys([*(choice.name for choice in recent), *places])
    return [(name, name) for name in names if here is None or name != here.name][:MOST_BUTTONS]


def describe_for_crate(row: EntryRow, crate_id: int, reader: Reader, address: Address) -> EntryText:
    """Put an entry into words as far as it is about this crate.

    An entry that is about other crates too, like an import, is undone on its own page, where one
    sees all that would be undone.
    """
    lines = tuple(line for line in row.lines if crate_id in (line.source.id, line.target.id))
    placements = tuple(put for put in row.placements if put.crate.id == crate_id)
    if (lines, placements) == (row.lines, row.placements) or not (lines or placements):
        return describe_entry(row, reader, address)
    part = replace(
        row,
        lines=lines,
        placements=placements,
        figure=figure_of(row.act, row.kind == "reversal", lines),
        can_undo=False,
    )
    return describe_entry(part, reader, address)
