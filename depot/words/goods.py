"""Goods with their quantities, named in a line: Rice: 12; Beans: 4; and 2 more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from depot.base.text import N_
from depot.words import figures
from depot.words.reader import Reader

_NAMED: Final = 3


def name_goods(goods: Sequence[tuple[str, int, str]], reader: Reader) -> str:
    """Name some goods: item, quantity in base units and base unit of each. Empty for none."""
    named = "; ".join(name_item(*one, reader) for one in goods[:_NAMED])
    more = len(goods) - _NAMED
    if more <= 0:
        return named
    return reader.gettext(N_("%(named)s; and %(count)s more"), named=named, count=more)


def name_item(item: str, amount: int, unit: str, reader: Reader) -> str:
    """Name an item with its quantity: Rice: 12."""
    shown = figures.quantity(amount, unit, reader)
    return reader.gettext(N_("%(item)s: %(amount)s"), item=item, amount=shown)
