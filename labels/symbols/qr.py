"""QR symbols as a matrix, as one SVG path and as a PNG."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Final

from labels.errors import TextTooLong

# Both are loaded with the first symbol and the first picture: a server starts without.
if TYPE_CHECKING:
    from PIL import Image

QUIET_ZONE: Final = 4
"""Modules of white that a QR symbol needs on every side (ISO/IEC 18004)."""

# Choosing the best of the eight masks costs seven times the symbol itself. Over random codes this
# mask's mean penalty (ISO/IEC 18004, 7.8.3) equals that of the best mask chosen for each: 464
# against 465, the other fixed ones have 476 to 630.
_MASK: Final = 3

_RUN: Final = re.compile("1+")


@dataclass(frozen=True)
class Symbol:
    """A QR symbol: `rows` are strings of 1 (dark) and 0, without the quiet zone."""

    text: str
    rows: tuple[str, ...]

    @property
    def modules(self) -> int:
        """Modules along one side without the quiet zone: 17 + 4 * version."""
        return len(self.rows)

    @property
    def side(self) -> int:
        """Modules along one side with the quiet zone."""
        return len(self.rows) + 2 * QUIET_ZONE

    @cached_property
    def runs(self) -> tuple[tuple[int, int, int], ...]:
        """Every horizontal run of dark modules as (column, row, length), quiet zone included."""
        return tuple(self._find_runs())

    def _find_runs(self) -> Iterator[tuple[int, int, int]]:
        for number, row in enumerate(self.rows):
            for run in _RUN.finditer(row):
                yield run.start() + QUIET_ZONE, number + QUIET_ZONE, run.end() - run.start()

    @property
    def svg_path(self) -> str:
        """The `d` of one SVG path for a `viewBox` of 0 0 side side, one module a unit.

        It is one path, so that a renderer that smooths edges leaves no hair lines inside.
        """
        return "".join(f"M{x} {y}h{length}v1h-{length}z" for x, y, length in self.runs)

    def image(self, module_px: int = 8) -> Image.Image:
        """Draw the symbol with its quiet zone, black on white, `module_px` pixels a module."""
        from PIL import Image

        dark = Image.new("1", (self.side, self.side), 1)
        for x, y, length in self.runs:
            dark.paste(0, (x, y, x + length, y + 1))
        side_px = self.side * module_px
        return dark.resize((side_px, side_px), Image.Resampling.NEAREST)

    def png(self, module_px: int = 8) -> bytes:
        """Return the symbol with its quiet zone as a PNG, `module_px` pixels a module."""
        file = BytesIO()
        self.image(module_px).save(file, "PNG", optimize=True)
        return file.getvalue()


@lru_cache(maxsize=512)
def qr_symbol(text: str) -> Symbol:
    """Make the smallest QR symbol that holds a text, with error correction level M (15 %).

    The same text always gives the same symbol. A label's address (`labels.symbols.codes.code_url`)
    fits version 2 (25 modules) for hosts of up to 13 letters, version 3 (29) for longer ones.

    Raises TextTooLong for a text that does not fit version 40.
    """
    import qrcode
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.exceptions import DataOverflowError

    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=_MASK)
    code.add_data(text)
    try:
        code.make(fit=True)
    except (DataOverflowError, ValueError) as error:
        raise TextTooLong(f"A text of {len(text)} letters fits no QR symbol.") from error
    rows = ("".join("1" if dark else "0" for dark in row) for row in code.modules)
    return Symbol(text, tuple(rows))
