"""What a coordinator says of a printer and of a label sheet."""

from __future__ import annotations

from typing import Any, Final

from flask_babel import gettext as _
from marshmallow import ValidationError, fields, post_load

from blueprints.frame.editor import EditSchema
from blueprints.frame.fields import Choice, Text, ToldSchema, WholeNumber
from blueprints.printing.lengths import Length, typed_length
from depot.models.printing import PRINTER_KINDS
from depot.printing.commands.label_sheets import MAX_IN_A_ROW, SaveLabelSheet
from depot.printing.commands.printers import SavePrinter
from depot.printing.queries import PrinterRow, SheetRow
from labels.printers import brother, network
from labels.sheets.sheets import ROLLS, single_label_sheet

TENTHS: Final = 10
MICROMETRES: Final = 1000
OWN_SIZE: Final = "own"
DPI_CHOICES: Final = ("203", "300", "600")
#: What goes round the page's size when none of the usual ones is chosen.
PAGE_SIZES: Final = {
    "A4": (210_000, 297_000),
    "Letter": (215_900, 279_400),
    "A5": (148_000, 210_000),
}


class PrinterSchema(ToldSchema, EditSchema):
    """A printer's form; `size` is one of ROLLS, or its own width and height."""

    makes = SavePrinter
    kind = Choice(PRINTER_KINDS, required=True)
    sheet = Text(load_default="")
    offset_x_tenths = Length(load_default=0, parts=TENTHS, signed=True, data_key="offset_x")
    offset_y_tenths = Length(load_default=0, parts=TENTHS, signed=True, data_key="offset_y")
    size = Text(load_default="")
    own_width = Length(load_default=None, parts=TENTHS)
    own_height = Length(load_default=None, parts=TENTHS)
    dpi = WholeNumber(load_default=None)
    model = Text(load_default="")
    is_native = fields.Boolean(load_default=False)
    host = Text(load_default="", max_length=253)
    port = WholeNumber(load_default=None, most=65_535)
    printer_id = fields.Integer(load_default=None)

    @post_load
    def _make(self, data: dict[str, Any], **_options: Any) -> SavePrinter:
        size, width, height = (data.pop(name) for name in ("size", "own_width", "own_height"))
        if data["kind"] != "sheet":
            data |= _label_size(size, width, height)
        return SavePrinter(**data)


def _label_size(size: str, width: int | None, height: int | None) -> dict[str, int | None]:
    """Return the label's size in tenths. Raises ValidationError for a size that is not known."""
    if size == OWN_SIZE:
        return {"label_width_tenths": width, "label_height_tenths": height}
    tape = next((tape for tape in brother.TAPES if tape.name == size), None)
    if tape is not None and size not in ROLLS:
        return {
            "label_width_tenths": round(tape.width_mm * TENTHS),
            "label_height_tenths": round(tape.height_mm * TENTHS),
        }
    if size not in ROLLS:
        raise ValidationError(_("Say how large a label is, in millimetres."), "size")
    label = ROLLS[size]
    return {
        "label_width_tenths": round(label.label_width * TENTHS),
        "label_height_tenths": round(label.label_height * TENTHS),
    }


def printer_values(row: PrinterRow) -> dict[str, Any]:
    """Return what a printer's form shows at first."""
    width, height = row.label_mm
    code = single_label_sheet(width, height).code if row.kind != "sheet" else ""
    if row.kind == "brother":
        code = brother.find_tape(width, height).name
    is_known = code in ROLLS or row.kind == "brother"
    return {
        "name": row.name,
        "kind": row.kind,
        "sheet": row.sheet,
        "offset_x": typed_length(row.offset_x_tenths, TENTHS),
        "offset_y": typed_length(row.offset_y_tenths, TENTHS),
        "size": code if is_known else OWN_SIZE,
        "own_width": "" if is_known else typed_length(row.label_width_tenths, TENTHS),
        "own_height": "" if is_known else typed_length(row.label_height_tenths, TENTHS),
        "dpi": str(row.dpi or ""),
        "model": row.model,
        "is_native": "yes" if row.is_native else "",
        "host": row.host,
        "port": row.port or network.PORTS.start,
        "archived": "yes" if row.archived else "",
    }


class SheetSchema(ToldSchema, EditSchema):
    """A sheet's form: as one measures it with a ruler."""

    makes = SaveLabelSheet
    page = Choice((*PAGE_SIZES, OWN_SIZE), required=True)
    page_width = Length(load_default=None, parts=MICROMETRES)
    page_height = Length(load_default=None, parts=MICROMETRES)
    label_width_micrometres = Length(required=True, parts=MICROMETRES, data_key="label_width")
    label_height_micrometres = Length(required=True, parts=MICROMETRES, data_key="label_height")
    across = WholeNumber(required=True, most=MAX_IN_A_ROW)
    down = WholeNumber(required=True, most=MAX_IN_A_ROW)
    left_micrometres = Length(required=True, parts=MICROMETRES, data_key="left")
    top_micrometres = Length(required=True, parts=MICROMETRES, data_key="top")
    pitch_x_micrometres = Length(load_default=None, parts=MICROMETRES, data_key="pitch_x")
    pitch_y_micrometres = Length(load_default=None, parts=MICROMETRES, data_key="pitch_y")
    sheet_id = fields.Integer(load_default=None)

    @post_load
    def _make(self, data: dict[str, Any], **_options: Any) -> SaveLabelSheet:
        page, width, height = (data.pop(name) for name in ("page", "page_width", "page_height"))
        if page != OWN_SIZE:
            width, height = PAGE_SIZES[page]
        if not width or not height:
            raise ValidationError(_("Say how large the page is, in millimetres."), "page_width")
        return SaveLabelSheet(page_width_micrometres=width, page_height_micrometres=height, **data)


#: Where the command names a field otherwise than the form.
FIELD_OF: Final = {
    "page_width_micrometres": "page_width",
    "page_height_micrometres": "page_height",
    "label_width_micrometres": "label_width",
    "label_height_micrometres": "label_height",
    "left_micrometres": "left",
    "top_micrometres": "top",
    "pitch_x_micrometres": "pitch_x",
    "pitch_y_micrometres": "pitch_y",
    "offset_x_tenths": "offset_x",
    "offset_y_tenths": "offset_y",
    "label_width_tenths": "size",
    "label_height_tenths": "size",
}


def sheet_values(row: SheetRow) -> dict[str, Any]:
    """Return what a sheet's form shows at first."""
    size = (row.page_width_micrometres, row.page_height_micrometres)
    page = next((name for name, known in PAGE_SIZES.items() if known == size), OWN_SIZE)
    lengths = {
        short: typed_length(getattr(row, name), MICROMETRES)
        for name, short in FIELD_OF.items()
        if name.endswith("_micrometres")
    }
    if page != OWN_SIZE:
        lengths |= {"page_width": "", "page_height": ""}
    return lengths | {
        "name": row.name,
        "page": page,
        "across": row.across,
        "down": row.down,
        "archived": "yes" if row.archived else "",
    }
