"""Printers and label sheets for tests."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from depot.base.actors import Actor
from depot.printing.commands.label_sheets import SaveLabelSheet
from depot.printing.commands.printers import SavePrinter, save_printer
from depot.printing.queries import PrinterRow, printer
from tests.builders import clock
from tests.current import db


def label_sheet_command(name: str = "Own", **change: Any) -> SaveLabelSheet:
    """Return a sheet of 2 by 5 labels, 90 by 50 mm, with gutters, on A4."""
    values: dict[str, Any] = {
        "page_width_micrometres": 210_000,
        "page_height_micrometres": 297_000,
        "label_width_micrometres": 90_000,
        "label_height_micrometres": 50_000,
        "across": 2,
        "down": 5,
        "left_micrometres": 10_000,
        "top_micrometres": 20_000,
        "pitch_x_micrometres": 95_000,
        "pitch_y_micrometres": 52_000,
    }
    return SaveLabelSheet(command_id=uuid4(), name=name, **(values | change))


def zebra_command(name: str = "Zebra", **change: Any) -> SavePrinter:
    """Return a Zebra that gets files, with labels of 102 by 152 mm in it."""
    values: dict[str, Any] = {
        "kind": "zebra",
        "dpi": 203,
        "label_width_tenths": 1020,
        "label_height_tenths": 1520,
    }
    return SavePrinter(command_id=uuid4(), name=name, **(values | change))


def resolve_to_home(host: str, port: int) -> str:
    """Resolve every name to an address of a private network, without asking anybody."""
    return "192.168.1.50"


def add_printer(who: Actor, command: SavePrinter) -> PrinterRow:
    """Save a printer and return its row."""
    made = save_printer(command, who, clock, resolve_to_home)
    found = printer(db.session(), who.depot_id, made.body["id"])
    assert found is not None
    return found
