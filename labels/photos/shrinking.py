"""A photo made small, twice: to be looked at, and to stand in a row of a list.

Nothing of what was sent is kept but its shapes and colours: it is drawn anew, so that neither where
and with what it was taken, nor anything hidden in the file, comes along.
"""

from __future__ import annotations

from io import BytesIO
from typing import Final, NamedTuple

from PIL import Image, ImageOps

from labels.photos.opening import in_turn, open_upright

#: Pixels of the longer side of the photo, and of both sides of the small one.
PICTURE_SIDE: Final = 320
THUMB_SIDE: Final = 96
_QUALITY: Final = 80


class SmallPhoto(NamedTuple):
    """A photo as two JPEGs; the small one is a square of its middle."""

    picture: bytes
    thumb: bytes


def shrink_photo(data: bytes) -> SmallPhoto:
    """Return a photo (JPEG, PNG, WebP) made small, when it is its turn.

    Raises PhotosBusy, NotAPicture, UnreadablePicture, PictureTooLarge.
    """
    return in_turn(lambda: _shrink(data))


def _shrink(data: bytes) -> SmallPhoto:
    picture = open_upright(data, PICTURE_SIDE, "RGB")
    thumb = ImageOps.fit(picture, (THUMB_SIDE, THUMB_SIDE))
    return SmallPhoto(_as_jpeg(picture), _as_jpeg(thumb))


def _as_jpeg(picture: Image.Image) -> bytes:
    drawn = Image.new("RGB", picture.size)  # without what the file said beside its pixels
    drawn.paste(picture)
    made = BytesIO()
    drawn.save(made, "JPEG", quality=_QUALITY, optimize=True)
    return made.getvalue()
