"""What stands on the labels of crates, pallets and shelves, from what the book says of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from depot.base.actors import Actor
from depot.crates.queries.crates import CrateView, LotInCrate
from depot.printing.blanks import blank_label
from depot.words import figures
from depot.words.allergens import contains
from depot.words.reader import Reader
from labels.sheets.large import PalletLabel, PlaceLabel
from labels.sheets.layout import CrateLabel
from labels.symbols.addresses import place_url
from labels.symbols.codes import code_url

_DETAILS: Final = 4


def crate_label(
    view: CrateView, who: Actor, address: str, reader: Reader, kind: type[CrateLabel] = CrateLabel
) -> CrateLabel:
    """Return a crate's own label: what is in and on it, its first date and the allergens.

    An empty crate's is a blank one.
    """
    lots = [*view.lots, *(lot for crate in view.crates for lot in crate.lots)]
    code = view.head.code
    if not lots:
        return blank_label(code, who.depot.name, address, kind)
    goods = _goods(lots, reader)
    return kind(
        code=code,
        url=code_url(address, code),
        depot=who.depot.name,
        title=goods[0],
        details=tuple(goods[1 : 1 + _DETAILS]),
        date_text=_first_date(lots, reader),
        allergens=contains([code for lot in lots for code in lot.allergens], reader),
    )


def _goods(lots: Iterable[LotInCrate], reader: Reader) -> list[str]:
    """Name what is in it with its amount, each item once, in the order of the lots."""
    amounts: dict[tuple[str, str], int] = {}
    for lot in lots:
        amounts[lot.item, lot.unit] = amounts.get((lot.item, lot.unit), 0) + lot.quantity
    return [
        reader.gettext(
            "%(item)s: %(amount)s",
            item=item,
            amount=figures.quantity(amount, unit, reader),
        )
        for (item, unit), amount in amounts.items()
    ]


def _first_date(lots: Iterable[LotInCrate], reader: Reader) -> str:
    """Return the date on the goods that have to go first."""
    dated = [lot for lot in lots if lot.date_on]
    if not dated:
        return ""
    first = min(dated, key=lambda lot: (lot.give_out_until or date.max, lot.date_on or date.max))
    return figures.lot_date(first.date_kind, first.date_text, reader)


def sample_label(kind: str, address: str, reader: Reader) -> PlaceLabel | PalletLabel:
    """Return a label of that kind, to see which sheets it fits."""
    if kind == "shelves":
        return PlaceLabel(reader.gettext("Shelf"), place_url(address, 99_999))
    return PalletLabel("7K3M-9QX2", code_url(address, "7K3M-9QX2"))
