"""The typeface that comes with the program, on a machine that has no other."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from depot.papers.paper import Paper, Words
from depot.papers.pdf import paper_as_pdf
from labels.printers.brother import find_tape, label_raster
from labels.printers.zpl import label_zpl
from labels.sheets import typefaces
from labels.sheets.layout import CrateLabel
from labels.sheets.pdf import label_pdf
from labels.sheets.png import label_image, label_png
from labels.sheets.typefaces import font_and_text, font_for, own_font
from tests.unit.labels.printed import darkest, make_labels

SCRIPTS = {
    "Latin": "Łódź žluťoučký Ñandú fiğ ơ",
    "Greek": "Τράπεζα τροφίμων",
    "Cyrillic": "Продовольчий ґанок",
    "Arabic": "بنك الطعام",
    "Hebrew": "בנק מזון",
}
BLANK = make_labels(1)[0]

pytestmark = pytest.mark.usefixtures("no_system_typefaces")


@pytest.mark.parametrize("bold", [False, True], ids=["regular", "bold"])
@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
def test_these_scripts_need_nothing_of_the_machine(text: str, bold: bool) -> None:
    assert font_and_text(text, bold=bold) == (own_font(bold=bold), text)


def test_its_licence_lies_beside_it() -> None:
    for bold in (False, True):
        assert "Bitstream" in (own_font(bold=bold).parent / "LICENSE").read_text()


def test_a_file_that_is_not_there_is_never_chosen(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(typefaces, "_OF_SYSTEMS", ((str(tmp_path / "No"), ".ttf", ".ttf"),))
    font = font_for("", bold=False)  # a label without a date sets nothing
    assert font is not None
    assert font.is_file()
    assert font_for("食", bold=False) is None


def test_only_letters_that_no_typeface_has_are_replaced() -> None:
    assert font_and_text("食 Київ é", bold=False)[1] == "? Київ é"


DRAWERS: dict[str, Callable[[CrateLabel], bytes]] = {
    "PNG": label_png,
    "PDF": label_pdf,
    "ZPL": lambda label: label_zpl([label], (62, 29)),
    "Brother": lambda label: label_raster([label], find_tape(62, 29), "QL-700"),
}


@pytest.mark.parametrize("draw", DRAWERS.values(), ids=DRAWERS)
@pytest.mark.parametrize("text", ["", "食物", *SCRIPTS.values()])
def test_every_printer_gets_its_label(draw: Callable[[CrateLabel], bytes], text: str) -> None:
    assert draw(CrateLabel(BLANK.code, BLANK.url, text, text, (text,), text))


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
def test_the_letters_are_on_the_label(text: str) -> None:
    named, unnamed = (
        label_image(CrateLabel(BLANK.code, BLANK.url, "", name, (), ""), 62, 29, 8)
        for name in (text, "")
    )
    assert named.tobytes() != unnamed.tobytes()
    assert darkest(Image.open(BytesIO(label_png(BLANK)))) == 0


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
def test_a_paper_is_set_in_it(text: str) -> None:
    pdf = paper_as_pdf(Paper(title=text, owner=text, blocks=(Words(text),), size="A4", foot=text))
    assert pdf.startswith(b"%PDF")
    assert b"DejaVuSans" in pdf
