from __future__ import annotations

import re
from io import BytesIO

import pytest
from PIL import Image

from labels.errors import TextTooLong
from labels.symbols.qr import QUIET_ZONE, qr_symbol
from tests.unit.labels.printed import texts_in

ADDRESS = "https://DEPOT.EXAMPLE/C/7K3M-9QX2"


@pytest.mark.parametrize(
    ("text", "modules"),
    [
        ("7K3M-9QX2", 21),
        (ADDRESS, 25),
        ("https://192.168.1.20:8443/C/7K3M-9QX2", 29),
        ("https://STOCK.MYFOODBANK.ORG.UK/C/7K3M-9QX2", 29),
    ],
)
def test_an_address_in_capitals_gives_a_small_symbol(text: str, modules: int) -> None:
    symbol = qr_symbol(text)
    assert symbol.modules == modules
    assert symbol.side == modules + 2 * QUIET_ZONE


def test_the_picture_is_read_back() -> None:
    picture = Image.open(BytesIO(qr_symbol(ADDRESS).png(module_px=3)))
    assert picture.size == (99, 99)
    assert texts_in(picture) == [ADDRESS]


def test_the_svg_path_paints_the_dark_modules_and_no_others() -> None:
    symbol = qr_symbol(ADDRESS)
    painted = set()
    for x, y, run, back in re.findall(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", symbol.svg_path):
        assert run == back
        painted |= {(int(x) + step, int(y)) for step in range(int(run))}
    dark = {
        (x + QUIET_ZONE, y + QUIET_ZONE)
        for y, row in enumerate(symbol.rows)
        for x, module in enumerate(row)
        if module == "1"
    }
    assert painted == dark
    assert re.fullmatch(r"(M\d+ \d+h\d+v1h-\d+z)+", symbol.svg_path)


def test_the_quiet_zone_is_white() -> None:
    symbol = qr_symbol(ADDRESS)
    for x, y, run in symbol.runs:
        assert QUIET_ZONE <= x < x + run <= symbol.side - QUIET_ZONE
        assert QUIET_ZONE <= y < symbol.side - QUIET_ZONE


def test_the_same_text_gives_the_same_symbol() -> None:
    assert qr_symbol(ADDRESS) == qr_symbol(ADDRESS)


def test_a_text_that_fits_no_symbol_is_refused() -> None:
    with pytest.raises(TextTooLong):
        qr_symbol("x" * 5000)
