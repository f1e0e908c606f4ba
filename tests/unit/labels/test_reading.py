from __future__ import annotations

import random
import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from labels.errors import NotAPicture, PictureTooLarge, UnreadablePicture
from labels.symbols.codes import code_url, new_code
from labels.symbols.reading import MAX_SIDE, open_photo, read_photo
from tests.unit.labels.photos import as_file, blur_photo, dark, on_table, symbol, turn_photo

CRATE = code_url("https://depot.example", "7K3M-9QX2")
OTHER = code_url("https://depot.example", new_code(random.Random(7)))
EAN = "5000112637922"


def texts(data: bytes) -> set[str]:
    return {one.text for one in read_photo(data)}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_crate_s_label_is_read_from_each_kind_of_photo(kind: str) -> None:
    (found,) = read_photo(as_file(on_table(symbol(CRATE)), kind))
    assert found.text == CRATE
    assert found.is_sure


@pytest.mark.parametrize("degrees", [17, 45, 90, 133, 180, 270])
def test_a_turned_label_is_read(degrees: int) -> None:
    assert texts(as_file(turn_photo(on_table(symbol(CRATE)), degrees))) == {CRATE}


@pytest.mark.parametrize("degrees", [28, 35, 58, -32])
def test_a_turned_product_code_is_read_by_turning_the_photo(degrees: int) -> None:
    assert EAN in texts(as_file(turn_photo(on_table(symbol(EAN, "ean", 4)), degrees)))


def test_a_blurred_label_is_read() -> None:
    assert texts(as_file(blur_photo(on_table(symbol(CRATE)), 3))) == {CRATE}


def test_a_label_in_the_dark_is_read() -> None:
    assert texts(as_file(dark(on_table(symbol(CRATE))))) == {CRATE}


def test_a_small_blurred_label_is_read_by_a_later_pass() -> None:
    assert texts(as_file(blur_photo(on_table(symbol(CRATE, scale=2)), 1.0))) == {CRATE}


def test_several_labels_in_one_photo_are_all_read() -> None:
    photo = on_table(symbol(CRATE), symbol(OTHER), symbol(EAN, "ean", 4))
    assert texts(as_file(photo)) == {CRATE, OTHER, EAN}


def test_what_gs1_symbols_hold_comes_as_a_scanner_sends_it() -> None:
    data = "(01)09501101020917(10)AB12(17)261231"
    (found,) = read_photo(as_file(on_table(symbol(data, "matrix"))))
    assert found.text == "]d2010950110102091710AB12\x1d17261231"


def test_two_passes_that_agree_make_a_product_code_sure() -> None:
    (found,) = read_photo(as_file(on_table(symbol(EAN, "ean", 4))))
    assert (found.text, found.is_sure) == (EAN, True)


def test_a_photo_lies_as_the_phone_was_held() -> None:
    photo = on_table(symbol(CRATE), size=(900, 600))
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter to the right to see it upright
    assert open_photo(as_file(photo, "JPEG", exif=exif)).size == (600, 900)


def test_a_large_photo_is_made_smaller_before_it_is_read() -> None:
    photo = on_table(symbol(CRATE, scale=20), size=(6000, 4000))
    found = open_photo(as_file(photo))
    assert max(found.size) == MAX_SIDE
    assert texts(as_file(photo)) == {CRATE}


def test_a_transparent_picture_lies_on_paper() -> None:
    ink = symbol(CRATE)
    clear = Image.new("RGBA", ink.size, (0, 0, 0, 0))
    clear.paste(Image.new("RGBA", ink.size, "black"), mask=ink.point([255 - s for s in range(256)]))
    assert texts(as_file(clear, "PNG")) == {CRATE}


def test_a_photo_without_a_label_has_nothing_in_it() -> None:
    assert read_photo(as_file(on_table())) == []


def test_no_pass_begins_after_the_budget_but_for_the_first_two() -> None:
    ticks = iter(range(0, 1000, 10))
    asked = []

    def clock() -> float:
        asked.append(1)
        return float(next(ticks))

    assert read_photo(as_file(on_table(size=(200, 200))), budget=25, clock=clock) == []
    assert len(asked) == 4  # at the start, then before the third, fourth and fifth pass


@pytest.mark.parametrize(
    "data", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"GIF89a" + b"\0" * 20]
)
def test_what_is_no_photo_is_refused(data: bytes) -> None:
    with pytest.raises(NotAPicture):
        read_photo(data)


def test_a_photo_that_was_cut_off_is_refused() -> None:
    whole = as_file(on_table(symbol(CRATE)))
    with pytest.raises(NotAPicture):
        read_photo(whole[: len(whole) // 2])


@pytest.mark.parametrize("brand", [b"heic", b"mif1", b"avif"])
def test_an_iphone_s_own_format_is_named(brand: bytes) -> None:
    with pytest.raises(UnreadablePicture):
        read_photo(b"\0\0\0\x18ftyp" + brand + b"\0" * 40)


def png_of(width: int, height: int) -> bytes:
    """Return a few bytes that unpack to so many pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [7_000, 10_000, 60_000])
def test_a_bomb_is_refused_before_it_is_unpacked(side: int) -> None:
    with pytest.raises(PictureTooLarge):
        read_photo(png_of(side, side))


@pytest.mark.parametrize(
    ("kind", "options"),
    [("JPEG", {"progressive": True, "quality": 10}), ("WEBP", {"lossless": True, "method": 0})],
)
def test_what_is_unpacked_whole_has_to_be_smaller(kind: str, options: dict[str, Any]) -> None:
    """A progressive JPEG of 100 million pixels took 650 megabytes, a WebP of 40 million 840."""
    file = BytesIO()
    Image.new("RGB", (5_000, 4_000)).save(file, kind, **options)
    with pytest.raises(PictureTooLarge):
        read_photo(file.getvalue())


def test_a_large_ordinary_photo_is_read() -> None:
    photo = Image.new("L", (11_000, 9_000), 255)
    photo.paste(symbol("5000112637922").resize((4_000, 4_000)), (3_000, 3_000))
    file = BytesIO()
    photo.save(file, "JPEG", quality=40)
    assert [found.text for found in read_photo(file.getvalue())] == ["5000112637922"]


def test_a_photo_that_the_camera_marked_as_turned_is_turned_upright() -> None:
    photo = Image.new("L", (4_000, 1_000), 255)
    exif = Image.Exif()
    exif[0x0112] = 6
    file = BytesIO()
    photo.save(file, "JPEG", exif=exif)
    assert open_photo(file.getvalue()).size == (500, 2_000)
