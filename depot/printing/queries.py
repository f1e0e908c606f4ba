"""What labels are printed on: printers and own sheets, as pages and print jobs need them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from depot.base.names import name_key, natural_sort_key
from depot.models import LabelSheet, Printer
from labels.sheets.sheets import PAPERS, SHEETS, Sheet, sheet_of_micrometres


@dataclass(frozen=True, slots=True)
class PrinterRow:
    """A printer. Offsets and label sizes in tenths of a millimetre."""

    id: int
    name: str
    kind: str
    sheet: str
    offset_x_tenths: int
    offset_y_tenths: int
    label_width_tenths: int | None
    label_height_tenths: int | None
    dpi: int | None
    model: str
    is_native: bool
    host: str
    address: str
    port: int | None
    archived: bool

    @property
    def offset_mm(self) -> tuple[float, float]:
        """How far it is to print to the right and down, in mm."""
        return self.offset_x_tenths / 10, self.offset_y_tenths / 10

    @property
    def label_mm(self) -> tuple[float, float]:
        """The size of a label in it, in mm; nothing for a printer of sheets."""
        return (self.label_width_tenths or 0) / 10, (self.label_height_tenths or 0) / 10


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A sheet of the depot's own; lengths in thousandths of a millimetre."""

    id: int
    name: str
    page_width_micrometres: int
    page_height_micrometres: int
    label_width_micrometres: int
    label_height_micrometres: int
    across: int
    down: int
    left_micrometres: int
    top_micrometres: int
    pitch_x_micrometres: int
    pitch_y_micrometres: int
    archived: bool

    @property
    def sheet(self) -> Sheet:
        """Return its geometry, which was checked when it was saved."""
        return sheet_of_micrometres(
            self.name,
            (self.page_width_micrometres, self.page_height_micrometres),
            (self.label_width_micrometres, self.label_height_micrometres),
            (self.across, self.down),
            left=self.left_micrometres,
            top=self.top_micrometres,
            pitch_x=self.pitch_x_micrometres,
            pitch_y=self.pitch_y_micrometres,
        )


_PRINTER = tuple(getattr(Printer, name) for name in PrinterRow.__dataclass_fields__)
_SHEET = tuple(getattr(LabelSheet, name) for name in SheetRow.__dataclass_fields__)


def printers(session: Session, depot_id: int) -> list[PrinterRow]:
    """Return the depot's printers by name, those put away last."""
    rows = session.execute(_printers(depot_id))
    found = [PrinterRow(*row) for row in rows]
    return sorted(found, key=lambda row: (row.archived, natural_sort_key(row.name)))


def printer(session: Session, depot_id: int, printer_id: int) -> PrinterRow | None:
    """Return one printer of the depot."""
    row = session.execute(_printers(depot_id).where(Printer.id == printer_id)).one_or_none()
    return PrinterRow(*row) if row else None


def printer_named(session: Session, depot_id: int, name: str) -> PrinterRow | None:
    """Return the printer in use of that name, however it is spelled."""
    statement = _printers(depot_id).where(Printer.name_key == name_key(name), ~Printer.archived)
    row = session.execute(statement).one_or_none()
    return PrinterRow(*row) if row else None


def own_sheets(session: Session, depot_id: int) -> list[SheetRow]:
    """Return the depot's own label sheets by name, those put away last."""
    rows = [SheetRow(*row) for row in session.execute(_sheets(depot_id))]
    return sorted(rows, key=lambda row: (row.archived, natural_sort_key(row.name)))


def own_sheet(session: Session, depot_id: int, sheet_id: int) -> SheetRow | None:
    """Return one sheet of the depot's own."""
    row = session.execute(_sheets(depot_id).where(LabelSheet.id == sheet_id)).one_or_none()
    return SheetRow(*row) if row else None


def sheets(session: Session, depot_id: int) -> dict[str, Sheet]:
    """Return all sheets by what people call them: own ones, product codes, plain paper."""
    own = {row.name: row.sheet for row in own_sheets(session, depot_id) if not row.archived}
    return {**own, **SHEETS, **PAPERS}


def _printers(depot_id: int) -> Select[*tuple[Any, ...]]:
    return select(*_PRINTER).where(Printer.depot_id == depot_id)


def _sheets(depot_id: int) -> Select[*tuple[Any, ...]]:
    return select(*_SHEET).where(LabelSheet.depot_id == depot_id)
