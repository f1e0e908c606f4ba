"""Signatures as a browser sends them."""

from __future__ import annotations

import base64
import io

from PIL import Image, ImageDraw, PngImagePlugin


def drawn(size: tuple[int, int] = (300, 120)) -> Image.Image:
    """Return a stroke of ink on nothing."""
    picture = Image.new("RGBA", size)
    ImageDraw.Draw(picture).line([(5, 10), (size[0] - 5, 15)], fill="black", width=3)
    return picture


def as_sent(picture: Image.Image, more: PngImagePlugin.PngInfo | None = None) -> str:
    """Return the data address of a picture."""
    found = io.BytesIO()
    picture.save(found, "PNG", pnginfo=more)
    return "data:image/png;base64," + base64.b64encode(found.getvalue()).decode()


SIGNED = as_sent(drawn())
