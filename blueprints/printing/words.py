"""What stands on labels and on test pages, and printers and sheets in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from depot.base.actors import Actor
from depot.base.allergens import put_together
from depot.base.text import N_
from depot.crates.queries.crates import CrateView, LotInCrate
from depot.printing.blanks import blank_label
from depot.printing.queries import PrinterRow
from depot.words import figures
from depot.words.allergens import food_words
from depot.words.reader import Reader
from labels.sheets.calibration import TestWords
from labels.sheets.large import PalletLabel, PlaceLabel
from labels.sheets.layout import CrateLabel
from labels.sheets.sheets import PAPERS, ROLL_NAMES, ROLLS, Sheet
from labels.symbols.addresses import place_url
from labels.symbols.codes import code_url

PRINTER_WORDS: Final = {
    "sheet": N_("label sheets"),
    "pdf_roll": N_("labels on a roll, PDF"),
    "zebra": N_("Zebra"),
    "brother": N_("Brother QL"),
}


def printer_words(row: PrinterRow, reader: Reader) -> str:
    """Say in a few words what a printer prints: Zebra, 102 × 152 mm."""
    kind = reader.gettext(PRINTER_WORDS[row.kind])
    if row.kind == "sheet":
        return f"{kind}, {row.sheet}" if row.sheet else kind
    width, height = row.label_mm
    return reader.gettext(
        "%(kind)s, %(width)s × %(height)s mm",
        kind=kind,
        width=figures.exact(width, reader),
        height=figures.exact(height, reader),
    )


def sheet_words(sheet: Sheet, reader: Reader) -> str:
    """Name a sheet with its paper: L7160, A4, 21 a sheet."""
    paper, count = sheet.page.name, sheet.capacity
    if sheet.code in ROLLS:
        width, height = sheet.label_width, sheet.label_height
        words = reader.gettext(
            "%(width)s × %(height)s mm, a label a page",
            width=figures.exact(width, reader),
            height=figures.exact(height, reader),
        )
        return f"{words} · {ROLL_NAMES[sheet.code]}" if sheet.code in ROLL_NAMES else words
    if sheet.code in PAPERS and count == 1:
        return reader.gettext("%(paper)s paper", paper=paper)
    if sheet.code in PAPERS:
        return reader.gettext("%(paper)s paper, cut into %(count)s", paper=paper, count=count)
    return reader.gettext(
        "%(code)s, %(paper)s, %(count)s a sheet", code=sheet.code, paper=paper, count=count
    )


def test_page_words(sheet: Sheet, printer: PrinterRow | None, reader: Reader) -> TestWords:
    """Return what stands on the test page of a sheet."""
    name = printer.name if printer else ""
    heading = reader.gettext("Test page for %(sheet)s", sheet=sheet.code)
    lines = [
        reader.gettext(
            "Print it at actual size on plain paper. Lay it on a sheet of labels and hold both"
            " against the light."
        ),
        reader.gettext(
            "Find the two crosses with figures. Where on their scales is the corner of the label"
            " beneath? Right and down is +, left and up is –."
        ),
        reader.gettext(
            "If it is not at 0, add what you read to the printer's offset and print this again."
        ),
        reader.gettext(
            "The rulers count from the page's edges. If 100 mm on them is not 100 mm, the printer"
            " changes the size: choose “actual size”."
        ),
    ]
    if printer:
        x, y = printer.offset_mm
        lines.append(
            reader.gettext(
                "%(printer)s, offset now: %(x)s mm to the right, %(y)s mm down.",
                printer=name,
                x=figures.exact(x, reader),
                y=figures.exact(y, reader),
            )
        )
    return TestWords(heading, tuple(lines))


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
        allergens=food_words(put_together(lot.food for lot in lots), reader),
    )


def label_texts(label: CrateLabel) -> tuple[str, ...]:
    """Return all that a label says in letters of a typeface."""
    return (label.depot, label.title, *label.details, label.date_text, label.allergens)


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
