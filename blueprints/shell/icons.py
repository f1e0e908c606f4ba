"""The program's picture on a phone's home screen: a crate, paper on ink, drawn when asked for."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL import ImageDraw

INK: Final = "#1d1a15"
PAPER: Final = "#f7f3ea"
#: name: side in pixels, and whether a phone may cut it to any shape, so that the edge is bare.
ICONS: Final = {
    "icon-192": (192, False),
    "icon-512": (512, False),
    "maskable-512": (512, True),
    "apple-180": (180, True),
}
#: The drawing's lines on a field of 32 by 32, the same as on the tab.
_LINES: Final = (
    ((4.5, 11), (27.5, 11), (25.5, 26), (6.5, 26), (4.5, 11)),
    ((5.3, 17.5), (26.7, 17.5)),
    ((12.5, 21.8), (19.5, 21.8)),
    ((8.5, 11), (11.5, 6.5), (20.5, 6.5), (23.5, 11)),
)
_FIELD: Final = 32
_CORNER: Final = 7
_STROKE: Final = 2.4
#: Drawn so much larger, then made small: smooth edges.
_FINE: Final = 4


@lru_cache(maxsize=len(ICONS))
def icon(name: str) -> bytes:
    """Return the PNG of an icon. Raises KeyError for a name that ICONS does not hold."""
    from PIL import Image, ImageDraw  # with the first icon, not with the program

    side, is_cut = ICONS[name]
    large = side * _FINE
    image = Image.new("RGBA", (large, large), INK if is_cut else "#0000")
    draw = ImageDraw.Draw(image)
    if not is_cut:
        draw.rounded_rectangle((0, 0, large - 1, large - 1), large * _CORNER / _FIELD, fill=INK)
    # a phone shows at least the middle four fifths of what it may cut
    scale = large / _FIELD * (0.72 if is_cut else 1)
    shift = (large - scale * _FIELD) / 2
    for line in _LINES:
        _stroke(draw, [(shift + x * scale, shift + y * scale) for x, y in line], scale * _STROKE)
    file = io.BytesIO()
    image.resize((side, side), Image.Resampling.LANCZOS).save(file, "PNG", optimize=True)
    return file.getvalue()


def _stroke(draw: ImageDraw.ImageDraw, points: list[tuple[float, float]], width: float) -> None:
    draw.line(points, fill=PAPER, width=round(width), joint="curve")
    for x, y in (points[0], points[-1]):
        half = width / 2
        draw.ellipse((x - half, y - half, x + half, y + half), fill=PAPER)
