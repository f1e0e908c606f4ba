"""The addresses of labels, and of printers and label sheets."""

from __future__ import annotations

from flask import Blueprint

from blueprints.frame.web import add_routes
from blueprints.printing import lists, packed, pages, printers

bp = Blueprint("printing", __name__)
#: For coordinators.
printers_bp = Blueprint("printers", __name__)

add_routes(
    bp,
    ("GET", "/labels", "labels", pages.labels),
    ("GET", "/crates/labels/again", "old_address", pages.old_address),
    ("GET", "/crates/labels", "old_address", pages.old_address),
    ("POST", "/labels", "make_labels", pages.make_labels),
    ("GET", "/labels/again", "print_again", pages.print_again),
    ("POST", "/labels/again", "send_again", pages.send_again),
    ("GET", "/crates/ticked/labels", "ticked", packed.ask_ticked),
    ("POST", "/crates/ticked/labels", "print_ticked", packed.print_ticked),
    ("GET", "/crates/<code>/labels", "packed", packed.ask_packed),
    ("POST", "/crates/<code>/labels", "print_packed", packed.print_packed),
    ("GET", "/crates/<code>/label", "crate", pages.crate),
    ("POST", "/crates/<code>/label", "print_crate", pages.print_crate),
    ("GET", "/crates/<code>/label.pdf", "crate_pdf", pages.crate_pdf),
    ("GET", "/crates/<code>/label.png", "crate_png", pages.crate_png),
)

add_routes(
    printers_bp,
    ("GET", "", "index", printers.index),
    ("POST", "/<int:printer_id>/test", "print_test", printers.print_test),
    ("GET", "/sheets/<int:sheet_id>/test", "sheet_test", printers.sheet_test),
    ("GET", "/new", "new_printer", printers.PRINTER_EDITOR.new),
    ("POST", "/new", "create_printer", printers.PRINTER_EDITOR.create),
    ("GET", "/<int:printer_id>", "edit_printer", printers.PRINTER_EDITOR.edit),
    ("POST", "/<int:printer_id>", "update_printer", printers.PRINTER_EDITOR.update),
    ("GET", "/sheets/new", "new_sheet", printers.SHEET_EDITOR.new),
    ("POST", "/sheets/new", "create_sheet", printers.SHEET_EDITOR.create),
    ("GET", "/sheets/<int:sheet_id>", "edit_sheet", printers.SHEET_EDITOR.edit),
    ("POST", "/sheets/<int:sheet_id>", "update_sheet", printers.SHEET_EDITOR.update),
    ("GET", "/list.<ending>", "index_file", lists.index_file),
    ("GET", "/sheets/list.<ending>", "sheets_file", lists.sheets_file),
)
