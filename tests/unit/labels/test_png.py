from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from labels.errors import SheetDoesNotFit
from labels.sheets.layout import CrateLabel
from labels.sheets.png import label_png
from labels.sheets.sheets import SHEETS
from tests.unit.labels.printed import darkest, make_filled_labels, make_labels, texts_in

LABEL = make_filled_labels(1)[0]


def opened(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png))


@pytest.mark.parametrize(
    ("width", "height"),
    [(62.0, 29.0), *((sheet.label_width, sheet.label_height) for sheet in SHEETS.values())],
)
def test_a_picture_of_a_label_is_read_back(width: float, height: float) -> None:
    for label in (LABEL, make_labels(1)[0]):
        picture = opened(label_png(label, width, height))
        assert picture.size == (round(width / 25.4 * 300), round(height / 25.4 * 300))
        assert texts_in(picture) == [label.url]


@pytest.mark.parametrize("with_fonts", [True, False], ids=["fonts", "no fonts"])
@pytest.mark.parametrize("name", ["Łódź «Ñ»", "Київ", "食物", "\ud800\x00", "W" * 500, ""])
def test_a_name_in_any_script_can_be_drawn(
    name: str, with_fonts: bool, request: pytest.FixtureRequest
) -> None:
    if not with_fonts:
        request.getfixturevalue("no_system_typefaces")
    label = CrateLabel(LABEL.code, LABEL.url, name, name, (name,), name)
    picture = opened(label_png(label))
    assert texts_in(picture) == [label.url]
    assert darkest(picture.crop((picture.width - 6, 0, *picture.size))) > 200


def test_a_picture_has_a_size() -> None:
    for width, height in ((0.0, 29.0), (2000.0, 2000.0)):
        with pytest.raises(SheetDoesNotFit):
            label_png(LABEL, width, height)
