"""Photos made small: upright, on paper, drawn anew with nothing of the file beside its picture."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from labels.errors import NotAPicture, PictureTooLarge, UnreadablePicture
from labels.photos.shrinking import PICTURE_SIDE, THUMB_SIDE, shrink_photo

ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825


def sent(picture: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    made = BytesIO()
    picture.save(made, kind, **options)
    return made.getvalue()


def opened(data: bytes) -> Image.Image:
    picture = Image.open(BytesIO(data))
    assert picture.format == "JPEG"
    return picture


def lying_portrait() -> bytes:
    """A phone's portrait: stored lying, red where the top is, with where it was taken."""
    lying = Image.new("RGB", (800, 600), "blue")
    lying.paste("red", (0, 0, 100, 600))
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[MAKE] = "Phonemaker"
    exif.get_ifd(GPS)[1] = "N"
    return sent(lying, exif=exif, comment=b"by Ada")


def test_a_portrait_stands_upright_and_says_nothing_of_where_it_was_taken() -> None:
    small = shrink_photo(lying_portrait())
    picture = opened(small.picture)
    assert picture.size == (240, 320)
    red, _green, blue = picture.convert("RGB").getpixel((120, 10))  # type: ignore[misc]
    assert red > 200 > 50 > blue
    for data in small:
        assert not dict(opened(data).getexif())
        assert not {"exif", "comment", "icc_profile"} & opened(data).info.keys()
        assert b"Phonemaker" not in data
        assert b"Ada" not in data


def test_both_are_small_and_the_thumb_is_a_square_of_the_middle() -> None:
    wide = Image.new("RGB", (1200, 300), "blue")
    wide.paste("red", (450, 0, 750, 300))
    small = shrink_photo(sent(wide))
    assert opened(small.picture).size == (PICTURE_SIDE, 80)
    thumb = opened(small.thumb)
    assert thumb.size == (THUMB_SIDE, THUMB_SIDE)
    red, _green, _blue = thumb.convert("RGB").getpixel((4, 48))  # type: ignore[misc]
    assert red > 150
    assert len(small.thumb) < len(small.picture) < 20_000


def test_what_is_transparent_is_paper() -> None:
    small = shrink_photo(sent(Image.new("RGBA", (50, 50), (255, 0, 0, 0)), "PNG"))
    assert opened(small.picture).getpixel((25, 25)) == (255, 255, 255)


@pytest.mark.parametrize("size", [(1, 1), (1, 5000), (5000, 1)])
def test_a_pixel_and_a_thread_are_photos_too(size: tuple[int, int]) -> None:
    small = shrink_photo(sent(Image.new("RGB", size, "red"), "PNG"))
    assert max(opened(small.picture).size) <= PICTURE_SIDE
    assert opened(small.thumb).size == (THUMB_SIDE, THUMB_SIDE)


def bomb(side: int) -> bytes:
    """A PNG of a few hundred bytes that unpacks to a gigabyte."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + parts + chunk(b"IEND", b"")


def test_a_bomb_is_not_unpacked() -> None:
    with pytest.raises(PictureTooLarge):
        shrink_photo(bomb(20_000))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Dear coordinator, this is a text.",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        sent(Image.new("RGB", (90, 90), "red"))[:200],
        sent(Image.new("RGB", (90, 90), "red"), "GIF"),
    ],
)
def test_what_is_no_photo_is_refused(data: bytes) -> None:
    with pytest.raises(NotAPicture):
        shrink_photo(data)


def test_heic_is_named() -> None:
    with pytest.raises(UnreadablePicture):
        shrink_photo(b"\0\0\0\x18ftypheic" + bytes(40))


def test_the_same_photo_is_made_the_same() -> None:
    assert shrink_photo(lying_portrait()) == shrink_photo(lying_portrait())


def odd_exif(orientation: int) -> bytes:
    """EXIF in which a number is given as letters: what would write it anew stumbles."""
    orientation_entry = struct.pack("<HHIHH", ORIENTATION, 3, 1, orientation, 0)
    resolution = struct.pack("<HHI", 0x011A, 2, 4) + b"abc\0"
    entries = struct.pack("<H", 2) + orientation_entry + resolution
    return b"Exif\0\0II*\0" + struct.pack("<I", 8) + entries + struct.pack("<I", 0)


@pytest.mark.parametrize(
    ("orientation", "size", "at"),
    [
        (1, (320, 213), (10, 10)),
        (2, (320, 213), (310, 10)),
        (3, (320, 213), (310, 203)),
        (4, (320, 213), (10, 203)),
        (5, (213, 320), (10, 10)),
        (6, (213, 320), (203, 10)),
        (7, (213, 320), (203, 310)),
        (8, (213, 320), (10, 310)),
        (9, (320, 213), (10, 10)),
    ],
)
def test_only_how_the_camera_was_held_is_read_of_its_exif(
    orientation: int, size: tuple[int, int], at: tuple[int, int]
) -> None:
    stored = Image.new("RGB", (900, 600), "blue")
    stored.paste("red", (0, 0, 200, 200))
    picture = opened(shrink_photo(sent(stored, exif=odd_exif(orientation))).picture)
    assert picture.size == size
    red, _green, blue = picture.convert("RGB").getpixel(at)  # type: ignore[misc]
    assert red > 200 > 50 > blue
