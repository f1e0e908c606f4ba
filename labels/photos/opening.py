"""Opening what is sent as a photo: its kind and size are looked at before it is unpacked."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from threading import BoundedSemaphore
from typing import Final, Literal, TypeVar

from PIL import ExifTags, Image, UnidentifiedImageError

from labels.errors import NotAPicture, PhotosBusy, PictureTooLarge, UnreadablePicture

#: An ordinary JPEG, as cameras make them, is made smaller while it is unpacked.
MAX_PIXELS: Final = 110_000_000
#: Others are unpacked whole, up to 20 bytes a pixel: a small machine has no gigabytes to spare.
MAX_PIXELS_WHOLE: Final = 16_000_000
#: A photo keeps a processor busy for seconds; others wait their turn, but not for so long that all
#: of the server's few threads do nothing else.
_AT_ONCE: Final = BoundedSemaphore(2)
_PATIENCE: Final = 4.0

#: Else Pillow warns of what is not refused here; at twice as many it refuses by itself.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS

#: A JPEG may be an MPO, which some phones make: several pictures, of which the first counts.
_FORMATS: Final = ("JPEG", "PNG", "WEBP")
#: What iPhones and new Androids store, which cannot be read without further libraries.
_OTHER_BRANDS: Final = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis")

#: What undoes each orientation of EXIF 2.3 (table 6) but the first, which is upright.
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

Made = TypeVar("Made")


def open_upright(data: bytes, side: int, mode: Literal["L", "RGB"]) -> Image.Image:
    """Return a photo (JPEG, PNG, WebP) in shades or colours, upright, at most `side` pixels long.

    A transparent background is paper. Raises NotAPicture, UnreadablePicture for a format that
    cannot be read here, PictureTooLarge.
    """
    if data[4:8] == b"ftyp" and data[8:12] in _OTHER_BRANDS:
        raise UnreadablePicture("HEIC or AVIF")
    try:
        picture = Image.open(BytesIO(data), formats=_FORMATS)
        if picture.width * picture.height > _most_pixels(picture):
            raise PictureTooLarge(picture.width, picture.height)
        picture.draft(mode, (side, side))
        picture.thumbnail((side, side))
        return _on_paper(_turned(picture), mode)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureTooLarge(0, 0) from error
    except (UnidentifiedImageError, OSError, SyntaxError, TypeError, ValueError, EOFError) as error:
        if isinstance(error, PictureTooLarge):
            raise
        raise NotAPicture(str(error)[:80]) from error


def in_turn(read: Callable[[], Made]) -> Made:
    """Return what `read` makes of a photo when it is its turn; raises PhotosBusy if not soon."""
    if not _AT_ONCE.acquire(timeout=_PATIENCE):
        raise PhotosBusy("other photos are being read")
    try:
        return read()
    finally:
        _AT_ONCE.release()


def _most_pixels(picture: Image.Image) -> int:
    """Return how large a picture of this kind may be; a progressive JPEG is kept whole too."""
    is_ordinary = picture.format in ("JPEG", "MPO") and not picture.info.get("progressive")
    return MAX_PIXELS if is_ordinary else MAX_PIXELS_WHOLE


def _turned(picture: Image.Image) -> Image.Image:
    """Return a photo as its camera was held. Pillow's own would write all that EXIF says anew."""
    turn = _TURNS.get(picture.getexif().get(ExifTags.Base.Orientation, 1))
    return picture if turn is None else picture.transpose(turn)


def _on_paper(picture: Image.Image, mode: str) -> Image.Image:
    if "A" in picture.getbands() or "transparency" in picture.info:
        coloured = picture.convert("RGBA")
        paper = Image.new("RGBA", coloured.size, "white")
        return Image.alpha_composite(paper, coloured).convert(mode)
    return picture.convert(mode)
