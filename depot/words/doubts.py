"""Doubts in words: what was said, and the most there was of it before. Pure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from depot.base.questions import ToldDoubt
from depot.base.units import MILLIGRAMS_PER_GRAM, MILLILITRE
from depot.words import figures
from depot.words.reader import Reader


def doubt_words(said: ToldDoubt, reader: Reader) -> str:
    """Return what is unlikely, with the numbers in it and without blame."""
    return _SENTENCES[said.sort](said, reader)


def _amount(said: ToldDoubt, reader: Reader) -> str:
    amount = figures.quantity(said.found, said.unit, reader)
    if said.usual is None:
        return reader.gettext(
            "%(item)s, %(amount)s at once: that is a lot", amount=amount, item=said.item
        )
    return reader.gettext(
        "%(item)s, %(amount)s: it was %(usual)s at most",
        amount=amount,
        item=said.item,
        usual=figures.quantity(said.usual, said.unit, reader),
    )


def _product_code(said: ToldDoubt, reader: Reader) -> str:
    return reader.gettext(
        "%(item)s, %(amount)s: that looks like a product code",
        amount=figures.quantity(said.found, said.unit, reader),
        item=said.item,
    )


def _unit_weight(said: ToldDoubt, reader: Reader) -> str:
    weight = one_weighs(said.found, said.unit, reader)
    if said.unit == MILLILITRE:
        return reader.gettext(
            "%(item)s: a litre would weigh %(weight)s", item=said.item, weight=weight
        )
    return reader.gettext("%(item)s: one would weigh %(weight)s", item=said.item, weight=weight)


def one_weighs(milligrams: int, unit: str, reader: Reader) -> str:
    """Return what one piece weighs, or a litre of what is counted in millilitres."""
    grams = milligrams if unit == MILLILITRE else milligrams // MILLIGRAMS_PER_GRAM
    if grams:
        return figures.weight(grams, reader)
    return reader.gettext("less than %(weight)s", weight=figures.weight(1, reader))


def _far_date(said: ToldDoubt, reader: Reader) -> str:
    return reader.gettext(
        "%(item)s, %(date)s: that is far away", item=said.item, date=_package_date(said, reader)
    )


def _past_date(said: ToldDoubt, reader: Reader) -> str:
    return reader.gettext(
        "%(item)s, %(date)s: that was over when it came in",
        item=said.item,
        date=_package_date(said, reader),
    )


def _package_date(said: ToldDoubt, reader: Reader) -> str:
    kind, _, written = said.text.partition(" ")
    return figures.lot_date("use_by" if kind == "use_by" else "best_before", written, reader)


def _long_ago(said: ToldDoubt, reader: Reader) -> str:
    return reader.gettext(
        "It is said to have happened on %(day)s, long before it was written down",
        day=figures.dated_day(date.fromisoformat(said.text), reader),
    )


def _households(said: ToldDoubt, reader: Reader) -> str:
    count = figures.number(said.found, reader)
    if said.usual is None:
        return reader.gettext(
            "“%(event)s”, %(count)s households at once: that is a lot", count=count, event=said.text
        )
    return reader.gettext(
        "“%(event)s”, %(count)s households: it was %(usual)s at most",
        count=count,
        event=said.text,
        usual=figures.number(said.usual, reader),
    )


def _people(said: ToldDoubt, reader: Reader) -> str:
    households = reader.ngettext("%(num)s household", "%(num)s households", said.usual or 0)
    return reader.gettext(
        "“%(event)s”: %(count)s people of %(households)s",
        count=figures.number(said.found, reader),
        households=households,
        event=said.text,
    )


def _name(said: ToldDoubt, reader: Reader) -> str:
    return reader.gettext(
        "%(item)s is new here, and almost the same as %(known)s", item=said.item, known=said.text
    )


_SENTENCES: Final[dict[str, Callable[[ToldDoubt, Reader], str]]] = {
    "amount": _amount,
    "product_code": _product_code,
    "unit_weight": _unit_weight,
    "far_date": _far_date,
    "past_date": _past_date,
    "long_ago": _long_ago,
    "households": _households,
    "people": _people,
    "name": _name,
}
