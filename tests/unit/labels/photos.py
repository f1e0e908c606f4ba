"""Photos of labels, made up: turned, blurred, dark, noisy, several labels side by side."""

from __future__ import annotations

import random
from io import BytesIO
from typing import Any

import zxingcpp
from PIL import Image, ImageChops, ImageEnhance, ImageFilter

FORMATS: dict[str, Any] = {
    "qr": zxingcpp.BarcodeFormat.QRCode,
    "matrix": zxingcpp.BarcodeFormat.DataMatrix,
    "ean": zxingcpp.BarcodeFormat.EAN13,
    "128": zxingcpp.BarcodeFormat.Code128,
}


def symbol(text: str, kind: str = "qr", scale: int = 6) -> Image.Image:
    """Return a symbol as it is printed; a text that begins with a bracket is GS1's."""
    made = zxingcpp.create_barcode(text, FORMATS[kind], gs1=text.startswith("("))
    return Image.fromarray(zxingcpp.write_barcode_to_image(made, scale=scale)).convert("L")


def on_table(*symbols: Image.Image, size: tuple[int, int] = (1280, 960)) -> Image.Image:
    """Return a grey table with the labels side by side."""
    table = Image.new("L", size, 150)
    left = (size[0] - sum(one.width + 60 for one in symbols)) // 2
    for one in symbols:
        table.paste(one, (left, (size[1] - one.height) // 2))
        left += one.width + 60
    return table


def turn_photo(photo: Image.Image, degrees: float) -> Image.Image:
    return photo.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=150)


def blur_photo(photo: Image.Image, radius: float) -> Image.Image:
    return photo.filter(ImageFilter.GaussianBlur(radius))


def dark(photo: Image.Image, seed: int = 1) -> Image.Image:
    """Return the photo with a third of its contrast and grain all over."""
    chance = random.Random(seed)
    faint = (
        ImageEnhance.Contrast(photo).enhance(0.3).point([shade * 6 // 10 for shade in range(256)])
    )
    grain = bytes(chance.randrange(0, 18) for _ in range(photo.width * photo.height))
    return ImageChops.add(faint, Image.frombytes("L", photo.size, grain))


def as_file(photo: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    """Return the photo as a phone sends it."""
    out = BytesIO()
    photo.save(out, kind, **options)
    return out.getvalue()
