"""Labels for Brother's printers: the job is taken apart again, and what it prints is read."""

from __future__ import annotations

import importlib.util

import pytest
from PIL import Image

from labels.printers import brother
from labels.printers.brother import (
    MODELS,
    TAPES,
    BrotherMissing,
    Tape,
    UnknownTape,
    find_tape,
    label_raster,
)
from labels.sheets.large import PlaceLabel
from tests.unit.labels.printed import make_filled_labels, make_labels, texts_in

LABEL = make_filled_labels(1)[0]
SHELF = PlaceLabel("Shelf B2", "https://DEPOT.EXAMPLE/P/12", "Norwood depot")


def model_for(tape: Tape) -> str:
    return "QL-1110NWB" if tape.wide else "QL-820NWB"


def prints(job: bytes) -> list[Image.Image]:
    """Take a job apart as Brother's manual of the raster language has it; one picture a label."""
    at = job.index(b"\x1b@") + 2
    rows: list[bytes] = []
    done = []
    while at < len(job):
        command = job[at : at + 1]
        if command == b"g":
            length = job[at + 2]
            rows.append(job[at + 3 : at + 3 + length])
            at += 3 + length
        elif command == b"Z":
            rows.append(b"")
            at += 1
        elif command in (b"\x0c", b"\x1a"):
            done.append(_picture(rows))
            rows = []
            at += 1
        else:
            at += _length(job, at)
    return done


def _length(job: bytes, at: int) -> int:
    if job[at : at + 3] == b"\x1bi" + b"z":
        return 13
    if job[at : at + 3] == b"\x1bid":
        return 5
    if job[at : at + 2] == b"\x1bi":
        return 4
    return 2 if job[at : at + 1] == b"M" else 1


def _picture(rows: list[bytes]) -> Image.Image:
    width = max(map(len, rows))
    data = b"".join(row.ljust(width, b"\x00") for row in rows)
    dark = Image.frombytes("1", (width * 8, len(rows)), bytes(255 - byte for byte in data))
    return dark.convert("L").transpose(Image.Transpose.FLIP_LEFT_RIGHT)


@pytest.mark.parametrize("tape", TAPES, ids=lambda tape: tape.name)
def test_what_comes_out_is_read(tape: Tape) -> None:
    for label in (LABEL, make_labels(1)[0], SHELF):
        (picture,) = prints(label_raster([label], tape, model_for(tape)))
        assert texts_in(picture) == [label.url]
        assert picture.height == tape.dots[1]


def test_each_label_is_cut_off() -> None:
    labels = make_labels(3)
    pictures = prints(label_raster(labels, find_tape(62, 29), "QL-700"))
    assert [texts_in(picture) for picture in pictures] == [[label.url] for label in labels]


def test_an_offset_moves_it() -> None:
    def left(offset: tuple[float, float]) -> int:
        (picture,) = prints(label_raster([LABEL], find_tape(62, 29), "QL-700", offset))
        found = picture.point(lambda grey: 255 - grey).getbbox()
        assert found is not None
        return found[0]

    assert left((1.0, 0.0)) - left((0.0, 0.0)) == pytest.approx(12, abs=1)


def test_a_narrow_printer_takes_no_wide_roll() -> None:
    with pytest.raises(UnknownTape):
        label_raster([LABEL], find_tape(102, 51), "QL-820NWB")
    with pytest.raises(UnknownTape):
        find_tape(50, 50)


def test_every_model_is_one_that_the_library_knows() -> None:
    for model in MODELS:
        tape = find_tape(62, 29)
        assert prints(label_raster([LABEL], tape, model)), model


def test_without_the_library_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert not brother.is_installed()
    with pytest.raises(BrotherMissing):
        label_raster([LABEL], find_tape(62, 29), "QL-700")


@pytest.mark.parametrize("text", ["^XA~JA", "بنك الطعام", "W" * 400, "🍎\x00\ud800"])
def test_no_text_breaks_it(text: str) -> None:
    shelf = PlaceLabel(text, SHELF.url, text, text)
    (picture,) = prints(label_raster([shelf], find_tape(62, 100), "QL-700"))
    assert texts_in(picture) == [SHELF.url]
