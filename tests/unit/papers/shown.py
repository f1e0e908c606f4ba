"""Reading papers back: what is printed, letter by letter and dot by dot, by poppler's tools."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from PIL import Image

from tests.programs import need_program

#: How far a dot's colour may lie from the one looked for, each of red, green and blue.
_NEAR = 12


def text_of(pdf: bytes) -> str:
    """Return the text of a PDF as it lies on the page, every run of blanks one blank."""
    done = subprocess.run(
        [need_program("pdftotext", "poppler-utils"), "-layout", "-", "-"],
        input=pdf,
        capture_output=True,
        check=True,
    )
    return re.sub(r"[ \t]+", " ", done.stdout.decode())


def pictures(pdf: bytes, folder: Path, dpi: int = 60, *, grey: bool = False) -> list[Image.Image]:
    """Return each page of a PDF as a picture."""
    (folder / "paper.pdf").write_bytes(pdf)
    more = ["-gray"] if grey else []
    command = [
        need_program("pdftoppm", "poppler-utils"),
        "-r",
        str(dpi),
        *more,
        "paper.pdf",
        "page",
    ]
    subprocess.run(command, cwd=folder, check=True)
    found = []
    for file in sorted(folder.glob("page-*.p?m")):
        with Image.open(file) as picture:
            found.append(picture.copy())
    return found


def dots_of(picture: Image.Image, colour: tuple[int, int, int]) -> int:
    """Return how many dots of a picture have a colour, or one that no eye tells from it."""
    dots = iter(picture.convert("RGB").tobytes())
    return sum(
        all(abs(part - wanted) <= _NEAR for part, wanted in zip(dot, colour, strict=True))
        for dot in zip(dots, dots, dots, strict=True)
    )
