"""What labels are printed on: the depot's printers and the label sheets it measured itself."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from depot.db.columns import STRICT, Base, Flag, Int

PRINTER_KINDS = ("sheet", "pdf_roll", "zebra", "brother")


class LabelSheet(Base):
    """A sheet of labels that has no product code here. Lengths as on the sheet, gutters in."""

    __tablename__ = "label_sheet"
    __table_args__ = (
        UniqueConstraint("depot_id", "name_key"),
        CheckConstraint(
            "page_width_micrometres > 0 AND page_height_micrometres > 0"
            " AND label_width_micrometres > 0 AND label_height_micrometres > 0",
            name="sizes",
        ),
        CheckConstraint("left_micrometres >= 0 AND top_micrometres >= 0", name="margins"),
        CheckConstraint("across BETWEEN 1 AND 100 AND down BETWEEN 1 AND 100", name="grid"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    name: Mapped[str] = mapped_column(Text)
    name_key: Mapped[str] = mapped_column(Text)
    page_width_micrometres: Mapped[int] = mapped_column(Int)
    page_height_micrometres: Mapped[int] = mapped_column(Int)
    label_width_micrometres: Mapped[int] = mapped_column(Int)
    label_height_micrometres: Mapped[int] = mapped_column(Int)
    #: From the page's edges to the first label's.
    left_micrometres: Mapped[int] = mapped_column(Int)
    top_micrometres: Mapped[int] = mapped_column(Int)
    #: From one label's left or top edge to the next one's.
    pitch_x_micrometres: Mapped[int] = mapped_column(Int)
    pitch_y_micrometres: Mapped[int] = mapped_column(Int)
    #: Labels side by side, and one below the other.
    across: Mapped[int] = mapped_column(Int)
    down: Mapped[int] = mapped_column(Int)
    archived: Mapped[bool] = mapped_column(Flag, default=False)


class Printer(Base):
    """A printer that labels come out of, and how far off it prints."""

    __tablename__ = "printer"
    __table_args__ = (
        UniqueConstraint("depot_id", "name_key"),
        CheckConstraint("kind IN ('sheet', 'pdf_roll', 'zebra', 'brother')", name="kind"),
        CheckConstraint(
            "offset_x_tenths BETWEEN -200 AND 200 AND offset_y_tenths BETWEEN -200 AND 200",
            name="offset",
        ),
        CheckConstraint(
            "kind = 'sheet' OR (label_width_tenths > 0 AND label_height_tenths > 0)",
            name="label_size",
        ),
        CheckConstraint(
            "(host = '') = (address = '') AND (host = '') = (port IS NULL)", name="whole_address"
        ),
        CheckConstraint(
            "host = '' OR (kind IN ('zebra', 'brother') AND port BETWEEN 9100 AND 9109)",
            name="port",
        ),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    name: Mapped[str] = mapped_column(Text)
    name_key: Mapped[str] = mapped_column(Text)
    #: sheet: any printer with label sheets; pdf_roll: labels on a roll, by its own driver;
    #: zebra, brother: spoken to in their own language, as a file or over the network.
    kind: Mapped[str] = mapped_column(Text)
    #: The sheet that usually lies in it: a product code or an own sheet's name; empty: not said.
    sheet: Mapped[str] = mapped_column(Text, default="")
    #: Tenths of a millimetre that what it prints is moved by, to the right and down.
    offset_x_tenths: Mapped[int] = mapped_column(Int, default=0)
    offset_y_tenths: Mapped[int] = mapped_column(Int, default=0)
    #: The label in it, where it is not a sheet: tenths of a millimetre.
    label_width_tenths: Mapped[int | None] = mapped_column(Int)
    label_height_tenths: Mapped[int | None] = mapped_column(Int)
    dpi: Mapped[int | None] = mapped_column(Int)
    model: Mapped[str] = mapped_column(Text, default="")
    #: A Zebra draws symbol and letters itself: smaller and faster, but only its own letters.
    is_native: Mapped[bool] = mapped_column(Flag, default=False)
    #: Where it listens; empty: it gets files. `host` as typed, `address` as it resolved then.
    host: Mapped[str] = mapped_column(Text, default="")
    address: Mapped[str] = mapped_column(Text, default="")
    port: Mapped[int | None] = mapped_column(Int)
    archived: Mapped[bool] = mapped_column(Flag, default=False)
