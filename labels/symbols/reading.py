"""Reading the symbols in a photo: a ladder of passes, from quick to thorough, within a budget.

A sharp photo is read by the first pass; a blurred, dark or turned one by one of the later ones
(what each is good for was measured on synthetic photos under 16 conditions). The symbols of one
dimension have weak check digits, so one of them counts for sure only if two passes agree on it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import zxingcpp
from PIL import Image, ImageFilter, ImageOps

from labels.photos.opening import in_turn, open_upright

#: Seconds; a page that is waited for longer has been given up.
BUDGET: Final = 3.0
#: What a photo is made smaller to: more pixels than a symbol needs only cost time.
MAX_SIDE: Final = 2000
#: Passes that always run, so that symbols side by side are all found and votes are cast.
ALWAYS: Final = 2
MAX_SYMBOLS: Final = 40
_LINEAR: Final = frozenset({"EAN13", "EAN8", "UPCA", "Code128", "ITF", "ITF14"})


@dataclass(frozen=True, slots=True)
class ReadSymbol:
    """A symbol in a photo.

    `text` is what a scanner would send: the symbology identifier first where the data are GS1's.
    """

    text: str
    symbology: str
    #: Whether it may be trusted without a look: two passes agree, or it corrects errors itself.
    is_sure: bool


def read_photo(
    data: bytes, budget: float = BUDGET, clock: Callable[[], float] = time.monotonic
) -> list[ReadSymbol]:
    """Return the symbols in a photo (JPEG, PNG, WebP), those of two dimensions first.

    `budget` is in seconds of `clock`; a pass that has begun is ended. Raises NotAPicture,
    UnreadablePicture for a format that cannot be read here, PictureTooLarge.
    """
    until = clock() + budget
    picture = open_photo(data)
    votes: dict[tuple[str, str], int] = {}
    for number, one_pass in enumerate(_PASSES):
        if number >= ALWAYS and (_is_settled(votes) or clock() > until):
            break
        for found in set(_symbols(one_pass(picture))):
            votes[found] = votes.get(found, 0) + 1
    read = [
        ReadSymbol(text, symbology, symbology not in _LINEAR or count > 1)
        for (text, symbology), count in votes.items()
    ]
    return sorted(read, key=lambda one: (one.symbology in _LINEAR, not one.is_sure))[:MAX_SYMBOLS]


def read_in_turn(data: bytes) -> list[ReadSymbol]:
    """Read a photo when it is its turn; raises PhotosBusy if that takes too long, else as above."""
    return in_turn(lambda: read_photo(data))


def _is_settled(votes: dict[tuple[str, str], int]) -> bool:
    """Something was found, and everything that needs a second vote has it."""
    return bool(votes) and all(
        symbology not in _LINEAR or count > 1 for (_text, symbology), count in votes.items()
    )


def open_photo(data: bytes) -> Image.Image:
    """Return a photo in shades of grey, upright, at most MAX_SIDE long. Raises as `read_photo`."""
    return open_upright(data, MAX_SIDE, "L")


def _wanted() -> zxingcpp.BarcodeFormats:
    """Return the kinds that are read: without UPC-E, which is found where there is none.

    Made for each picture: one kept for good is a complaint of the library's when a server stops.
    """
    return zxingcpp.BarcodeFormats(
        [
            zxingcpp.BarcodeFormat.QRCode,
            zxingcpp.BarcodeFormat.DataMatrix,
            zxingcpp.BarcodeFormat.EAN13,
            zxingcpp.BarcodeFormat.EAN8,
            zxingcpp.BarcodeFormat.UPCA,
            zxingcpp.BarcodeFormat.Code128,
            zxingcpp.BarcodeFormat.ITF,
        ]
    )


def _symbols(picture: Image.Image) -> Iterator[tuple[str, str]]:
    found: Iterable[Any] = zxingcpp.read_barcodes(
        picture, formats=_wanted(), text_mode=zxingcpp.TextMode.Plain
    )
    for one in found:
        name = one.format.name
        is_gs1 = one.content_type == zxingcpp.ContentType.GS1
        yield (f"{one.symbology_identifier}{one.text}" if is_gs1 else one.text), name


def _plain(picture: Image.Image) -> Image.Image:
    return picture


def _sharper(picture: Image.Image) -> Image.Image:
    return ImageOps.autocontrast(
        picture.filter(ImageFilter.UnsharpMask(radius=2, percent=200, threshold=2)), cutoff=1
    )


def _less_noise(picture: Image.Image) -> Image.Image:
    return ImageOps.autocontrast(picture.filter(ImageFilter.MedianFilter(5)))


def _larger(picture: Image.Image) -> Image.Image:
    width, height = picture.size
    larger = picture.resize((width * 2, height * 2), Image.Resampling.BICUBIC)
    return larger.filter(ImageFilter.UnsharpMask(radius=3, percent=200, threshold=2))


def _turned(degrees: int) -> Callable[[Image.Image], Image.Image]:
    return lambda picture: picture.rotate(
        degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=255
    )


def _black_and_white(picture: Image.Image) -> Image.Image:
    histogram = picture.histogram()
    middle = sum(shade * count for shade, count in enumerate(histogram)) // max(1, sum(histogram))
    return picture.point([255 if shade > middle else 0 for shade in range(256)])


_PASSES: Final = (
    _plain,
    _sharper,
    _less_noise,
    _larger,
    _turned(30),
    _turned(60),
    _turned(-30),
    _black_and_white,
)
