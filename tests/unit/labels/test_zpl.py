"""Labels in ZPL, drawn by a renderer that is not ours and read back."""

from __future__ import annotations

from io import BytesIO

import pytest
import zplkit
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops
from zplkit.rendering import Limits

from labels.printers.zpl import DOTS_PER_MM, escape_text, image_zpl, label_zpl
from labels.sheets.large import Label, PalletLabel, PlaceLabel
from labels.sheets.layout import CrateLabel
from labels.sheets.png import label_image
from tests.unit.labels.printed import make_filled_labels, make_labels, texts_in

LIMITS = Limits().replace(graphic_bytes=4_000_000)
CRATE = make_filled_labels(1)[0]
BLANK = make_labels(1)[0]
PALLET = PalletLabel(CRATE.code, CRATE.url, CRATE.depot, CRATE.title)
SHELF = PlaceLabel("Shelf B2", "https://DEPOT.EXAMPLE/P/12", "Norwood depot")


def printed(job: bytes, dpi: int) -> list[Image.Image]:
    """Draw what a printer would print."""
    done = zplkit.render(job, zplkit.Options(dpi=dpi), limits=LIMITS)
    return [Image.open(BytesIO(scene.png())).convert("L") for scene in done.labels]


@pytest.mark.parametrize("native", [False, True], ids=["picture", "native"])
@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("size", [(62.0, 29.0), (102.0, 152.0), (51.0, 25.0)])
def test_labels_are_read_back(size: tuple[float, float], dpi: int, native: bool) -> None:
    for label in (CRATE, BLANK, PALLET, SHELF):
        (picture,) = printed(label_zpl([label], size, dpi, native=native), dpi)
        assert label.url in texts_in(picture)


@pytest.mark.parametrize("dpi", [203, 300, 600])
def test_a_picture_comes_out_dot_by_dot(dpi: int) -> None:
    dots = DOTS_PER_MM[dpi]
    image = label_image(CRATE, 62.0, 29.0, dots)
    job = image_zpl(image).encode()
    (picture,) = printed(job, dpi if dpi != 600 else 300)
    wanted = image.point(lambda grey: 0 if grey < 128 else 255)
    assert ImageChops.difference(picture.crop((0, 0, *wanted.size)), wanted).getbbox() is None
    assert len(job) < image.width * image.height // 4 // 2  # half of what plain digits take


def test_the_small_way_is_small() -> None:
    sizes = [len(label_zpl([BLANK], (62.0, 29.0), native=native)) for native in (False, True)]
    assert sizes[1] < 400
    assert sizes[0] > 10 * sizes[1]


def test_a_symbol_too_large_for_the_printer_is_drawn_for_it() -> None:
    job = label_zpl([PALLET], (102.0, 152.0), native=True)
    assert b"^GFA" in job
    assert b"^BQ" not in job


def test_letters_that_the_printer_lacks_are_drawn_for_it() -> None:
    for name, drawn in (("Norwood", False), ("Crème brûlée", True), ("Łódź", True), ("بنك", True)):
        label = CrateLabel(CRATE.code, CRATE.url, name)
        job = label_zpl([label], (62.0, 29.0), native=True)
        assert (b"^GFA" in job) is drawn, name
        (picture,) = printed(job, 203)
        assert texts_in(picture) == [label.url]


def test_each_label_is_a_label() -> None:
    labels: list[Label] = [*make_labels(3)]
    pictures = printed(label_zpl(labels, (62.0, 29.0)), 203)
    assert [texts_in(picture) for picture in pictures] == [[label.url] for label in labels]


@pytest.mark.parametrize("native", [False, True], ids=["picture", "native"])
def test_an_offset_moves_it(native: bool) -> None:
    def edges(offset: tuple[float, float]) -> tuple[int, int, int, int]:
        job = label_zpl([BLANK], (62.0, 29.0), 203, offset, native=native)
        assert (b"^BQ" in job) is native
        (picture,) = printed(job, 203)
        found = picture.point(lambda grey: 255 if grey < 128 else 0).getbbox()
        assert found is not None
        return found

    before, after = edges((0.0, 0.0)), edges((1.5, 0.5))
    assert after[0] - before[0] == pytest.approx(12, abs=1)
    assert after[1] - before[1] == pytest.approx(4, abs=1)


HOSTILE = [
    "^XZ^XA^JUF^XZ",
    "~JA~DG",
    "\\&_5E_",
    "<script>alert(1)</script>",
    "بنك الطعام",
    "🍎\x00\u202e\ud800",
    "W" * 500,
    "^FS^FO0,0^GB800,800,800^FS",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_taken_for_a_command(text: str) -> None:
    label = CrateLabel(CRATE.code, CRATE.url, text, text, (text,), text, text)
    for native in (False, True):
        job = label_zpl([label], (62.0, 29.0), native=native)
        assert job.isascii()
        (picture,) = printed(job, 203)
        assert texts_in(picture) == [label.url]
        black = picture.histogram()[0] / (picture.width * picture.height)
        assert black < 0.5


@settings(max_examples=200)
@given(st.text())
def test_a_field_holds_no_command_character(text: str) -> None:
    data = escape_text(text)
    assert data.isascii()
    assert data.isprintable()
    assert not set("^~\\") & set(data)
    parts = data.split("_")
    assert all(int(part[:2], 16) >= 0x20 for part in parts[1:])


@settings(max_examples=60)
@given(st.lists(st.lists(st.booleans(), min_size=40, max_size=40), min_size=1, max_size=12))
def test_any_picture_survives_the_short_way_of_writing_it(rows: list[list[bool]]) -> None:
    image = Image.new("L", (40, len(rows)), 255)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                image.putpixel((x, y), 0)
    (picture,) = printed(image_zpl(image).encode(), 203)
    assert ImageChops.difference(picture.crop((0, 0, *image.size)), image).getbbox() is None
