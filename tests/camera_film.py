"""Films for Chromium's pretended camera: labels that move and turn over a noisy table.

The camera plays a file of JPEGs, one after another, thirty a second, and begins anew at its end.
"""

from __future__ import annotations

import io
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import zxingcpp
from PIL import Image, ImageDraw, ImageFilter

from labels.sheets.layout import CrateLabel
from labels.sheets.png import label_png

SIZE = (1280, 720)
FRAMES_A_SECOND = 30
#: The camera's own arguments, with the film's path at the end.
CAMERA = (
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
)


@dataclass(frozen=True, slots=True)
class Scene:
    """One label passing by, or nothing, for so many frames."""

    picture: Image.Image | None
    frames: int
    #: Degrees at the beginning and at the end.
    turn: tuple[float, float] = (-12.0, 14.0)
    #: How far it travels, as a part of the picture's width.
    travel: float = 0.12


def crate_picture(code: str, url: str, wide: int = 760) -> Image.Image:
    """Return a crate's label as it is printed, so wide in pixels of the film."""
    printed = Image.open(io.BytesIO(label_png(CrateLabel(code=code, url=url, depot="Norwood"))))
    return printed.convert("L").resize((wide, round(wide * printed.height / printed.width)))


def barcode_picture(text: str, kind: zxingcpp.BarcodeFormat, scale: int = 4) -> Image.Image:
    """Return a bar code as it stands on a package, with paper around it."""
    # Its stubs do not say that it is a buffer.
    drawn: Any = zxingcpp.create_barcode(text, kind).to_image(scale=scale, add_quiet_zones=True)
    bars = Image.frombytes("L", (drawn.shape[1], drawn.shape[0]), memoryview(drawn).tobytes())
    paper = Image.new("L", (bars.width + 80, max(bars.height, 160) + 60), 255)
    paper.paste(
        bars.resize((bars.width, max(bars.height, 160)), Image.Resampling.NEAREST), (40, 30)
    )
    return paper


def write_film(path: Path, scenes: Sequence[Scene], seed: int = 7) -> Path:
    """Write the scenes one after another and return the path."""
    table = _table(seed)
    with path.open("wb") as out:
        for scene in scenes:
            for frame in _frames(scene, table):
                out.write(frame)
    return path


def _frames(scene: Scene, table: Image.Image) -> Iterator[bytes]:
    if scene.picture is None:
        yield from [_jpeg(table)] * scene.frames
        return
    for number in range(scene.frames):
        part = number / max(1, scene.frames - 1)
        yield _jpeg(_placed(scene, table, part))


def _placed(scene: Scene, table: Image.Image, part: float) -> Image.Image:
    assert scene.picture is not None
    first, last = scene.turn
    angle = first + (last - first) * part
    paper = Image.new("L", scene.picture.size, 255)
    turned, mask = (
        image.rotate(angle, expand=True, resample=Image.Resampling.BICUBIC)
        for image in (scene.picture, paper)
    )
    away = (part - 0.5) * scene.travel * SIZE[0]
    corner = (
        round(SIZE[0] / 2 - turned.width / 2 + away),
        round(SIZE[1] / 2 - turned.height / 2 + 20 * math.sin(part * math.pi)),
    )
    frame = table.copy()
    frame.paste(turned, corner, mask)
    return frame.filter(ImageFilter.GaussianBlur(0.7))


def _table(seed: int) -> Image.Image:
    """A table with stripes, scribbles and noise on it, the same for the same seed."""
    rng = random.Random(seed)
    table = Image.new("L", SIZE, 120)
    pen = ImageDraw.Draw(table)
    for _ in range(260):
        x, y = rng.randrange(SIZE[0]), rng.randrange(SIZE[1])
        end = (x + rng.randint(-160, 160), y + rng.randint(-60, 60))
        pen.line([(x, y), end], fill=rng.randint(40, 210), width=rng.randint(1, 9))
    noise = Image.frombytes(
        "L", (SIZE[0] // 2, SIZE[1] // 2), rng.randbytes(SIZE[0] * SIZE[1] // 4)
    )
    return Image.blend(table, noise.resize(SIZE), 0.18)


def _jpeg(frame: Image.Image) -> bytes:
    kept = io.BytesIO()
    frame.convert("RGB").save(kept, "JPEG", quality=85)
    return kept.getvalue()
