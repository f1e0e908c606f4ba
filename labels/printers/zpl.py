"""Labels in ZPL, the language of Zebra's printers and of many others.

The sure way is a picture (`^GFA`): the same symbol and letters as on paper, in any script. The
small way lets the printer draw (`^BQ` and its built-in letters): a twentieth of the bytes, but
only the letters that the printer has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from labels.sheets.large import Label, arrange_any
from labels.sheets.marks import LineMark, Mark, SymbolMark
from labels.sheets.typefaces import tidy_line
from labels.symbols.qr import qr_symbol

# Pictures are drawn by what is loaded with the first label: a server starts without.
if TYPE_CHECKING:
    from PIL import Image

DOTS_PER_MM: Final = {203: 8.0, 300: 300 / 25.4, 600: 600 / 25.4}
"""Dots of the print heads there are: 203, 300 and 600 to the inch (203 is 8 to the mm)."""

_DARK_BELOW: Final = 128
_LARGEST_MODULE: Final = 10  # dots, of ^BQ
_BQ_DROP: Final = 10  # dots that printers draw a ^BQ below its origin
#: Letters that every printer has, whatever fonts were put into it.
_HAS_LETTERS: Final = re.compile("[ -~]*")
_LEAST_LETTER: Final = 10  # dots, of the built-in font
#: How many of the next digit: G to Y are 1 to 19, g to z are 20 to 400 in twenties.
_ONES: Final = "GHIJKLMNOPQRSTUVWXY"
_TWENTIES: Final = "ghijklmnopqrstuvwxyz"
_MOST_REPEATED: Final = 400 + 19
_SAME: Final = re.compile(r"(.)\1*")


def label_zpl(
    labels: Sequence[Label],
    size_mm: tuple[float, float],
    dpi: int = 203,
    offset_mm: tuple[float, float] = (0.0, 0.0),
    *,
    native: bool = False,
) -> bytes:
    """Return the labels as ZPL for a head of `dpi`, each `size_mm` wide and high.

    `offset_mm` moves everything to the right and down. With `native` the printer draws symbols
    and letters itself, unless a module would have to be larger than `^BQ` has them, or a text has
    letters beyond the English ones: such a label is drawn for it. The bytes are
    ASCII: what else a text holds is written in hexadecimal (`^FH`), and so are `^`, `~`, `_` and
    the backslash, so that no text is taken for a command.

    Raises KeyError for another dpi, SheetDoesNotFit and TextTooLong as
    `labels.sheets.png.label_image`.
    """
    from labels.sheets.png import label_image

    dots = DOTS_PER_MM[dpi]
    parts = []
    for label in labels:
        drawn = _native(label, size_mm, dots, offset_mm) if native else None
        if drawn is None:
            image = label_image(label, *size_mm, dots, offset_mm)
            parts.append(image_zpl(image))
        else:
            parts.append(drawn)
    return "".join(parts).encode("ascii")


def image_zpl(image: Image.Image) -> str:
    """Return one label that is a grey picture as ZPL, dark from half grey on."""
    dark = image.point(lambda grey: 255 if grey < _DARK_BELOW else 0).convert("1")
    rows = _rows(dark)
    bytes_a_row = len(rows[0]) // 2
    total = bytes_a_row * len(rows)
    data = "".join(_compressed(rows))
    return (
        f"^XA^CI28^PW{image.width}^LL{image.height}^LH0,0"
        f"^FO0,0^GFA,{total},{total},{bytes_a_row},{data}^FS^XZ\n"
    )


def _rows(dark: Image.Image) -> list[str]:
    raw, bytes_a_row = dark.tobytes(), (dark.width + 7) // 8
    return [raw[at : at + bytes_a_row].hex().upper() for at in range(0, len(raw), bytes_a_row)]


def _compressed(rows: Sequence[str]) -> Iterator[str]:
    """Write rows of digits the short way: counted runs, a comma for zeros, a colon for the same."""
    before = None
    for row in rows:
        yield ":" if row == before else _short(row)
        before = row


def _short(row: str) -> str:
    kept = row.rstrip("0")
    if len(kept) % 2:
        kept += "0"
    runs = "".join(_run(match[1], len(match[0])) for match in _SAME.finditer(kept))
    return runs + ("," if len(kept) < len(row) else "")


def _run(digit: str, count: int) -> str:
    written = ""
    while count > _MOST_REPEATED:
        written += "z" + "Y" + digit
        count -= _MOST_REPEATED
    if count == 1:
        return written + digit
    twenties, ones = divmod(count, 20)
    some = (_TWENTIES[twenties - 1] if twenties else "") + (_ONES[ones - 1] if ones else "")
    return written + some + digit


def _native(
    label: Label, size_mm: tuple[float, float], dots: float, offset_mm: tuple[float, float]
) -> str | None:
    """Return a label that the printer draws itself; None where it lacks letters or size."""
    from labels.sheets.png import measure_text

    fields = []
    for mark in arrange_any(label, *size_mm, measure_text):
        field = _field(mark, dots, offset_mm)
        if field is None:
            return None
        fields.append(field)
    width, height = (round(side * dots) for side in size_mm)
    return f"^XA^CI28^PW{width}^LL{height}^LH0,0{''.join(fields)}^XZ\n"


def _field(mark: Mark, dots: float, offset: tuple[float, float]) -> str | None:
    x, y = (mark.x + offset[0]) * dots, (mark.y + offset[1]) * dots
    if isinstance(mark, SymbolMark):
        return _symbol(mark, x, y, dots)
    if isinstance(mark, LineMark):
        return ""
    # the top of a code's letters, but the foot of a text's
    is_code = not hasattr(mark, "size")
    text = mark.text.replace("…", "...")
    if not _HAS_LETTERS.fullmatch(text):
        return None
    height = mark.height if is_code else mark.size  # type: ignore[union-attr]  # is_code says which
    size = max(_LEAST_LETTER, round(height * dots))
    origin = "FO" if is_code else "FT"
    return f"^{origin}{_at(x)},{_at(y)}^A0N,{size},{size}^FH^FD{escape_text(text)}^FS"


def _symbol(mark: SymbolMark, x: float, y: float, dots: float) -> str | None:
    symbol = qr_symbol(mark.text)
    module = int(mark.side * dots / symbol.side)
    if module > _LARGEST_MODULE:
        return None
    spare = (mark.side * dots - module * symbol.modules) / 2
    top = max(0.0, y + spare - _BQ_DROP)
    return f"^FO{_at(x + spare)},{_at(top)}^BQN,2,{module}^FH^FDMA,{escape_text(mark.text)}^FS"


def _at(dots: float) -> int:
    return max(0, round(dots))


def escape_text(text: str) -> str:
    """Return a text as the data of a field after `^FH`: plain ASCII, nothing that is a command."""
    return "".join(
        chr(byte) if 0x20 <= byte < 0x7F and byte not in b"^~\\_" else f"_{byte:02X}"
        for byte in tidy_line(text).encode()
    )
