"""Prints labels as a printer would and reads them back."""

from __future__ import annotations

import random
import subprocess
from pathlib import Path

import zxingcpp
from PIL import Image

from labels.sheets.layout import CrateLabel
from labels.symbols.codes import code_url, new_code
from tests.programs import need_program

MM_PER_INCH = 25.4


def make_labels(count: int, *, seed: int = 1) -> list[CrateLabel]:
    """Make blank labels with different codes."""
    rng = random.Random(seed)
    codes = [new_code(rng) for _ in range(count)]
    return [
        CrateLabel(code, code_url("https://depot.example", code), "Norwood depot") for code in codes
    ]


def make_filled_labels(count: int, *, seed: int = 2) -> list[CrateLabel]:
    """Make labels that say all a label can say."""
    return [
        CrateLabel(
            blank.code,
            blank.url,
            blank.depot,
            "Long-life semi-skimmed milk, 1 litre carton",
            ("12 cartons · 12.4 kg", "contains: milk", "from SuperFresh rescue"),
            "best before 31 May 2027",
        )
        for blank in make_labels(count, seed=seed)
    ]


def pages(pdf: bytes, folder: Path, dpi: int) -> list[Image.Image]:
    """Rasterise a PDF, grey, one picture a page; skips (fails under CI) without pdftoppm."""
    program = need_program("pdftoppm", "poppler-utils")
    file = folder / "labels.pdf"
    file.write_bytes(pdf)
    subprocess.run([program, "-gray", "-r", str(dpi), file, folder / "page"], check=True)
    return [Image.open(picture) for picture in sorted(folder.glob("page-*.pgm"))]


def texts_in(picture: Image.Image) -> list[str]:
    """Read every QR symbol of a picture."""
    formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    return [found.text for found in zxingcpp.read_barcodes(picture, formats=formats)]


def darkest(picture: Image.Image) -> int:
    """Return the darkest grey of a picture, 0 for black."""
    return min(grey for grey, count in enumerate(picture.histogram()) if count)
