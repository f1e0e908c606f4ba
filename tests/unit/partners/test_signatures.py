"""A drawn signature is read, checked, and written anew as a plain picture."""

from __future__ import annotations

import base64
import io
import struct
import zlib

import pytest
from PIL import Image, PngImagePlugin

from depot.partners.errors import BadSignature
from depot.partners.signatures import clean_signature, signature_png
from tests.signatures import as_sent, drawn


def test_a_drawing_is_kept_in_black_and_white_with_nothing_else_in_it() -> None:
    more = PngImagePlugin.PngInfo()
    more.add_text("Comment", "taken at 51.5 N")
    kept = signature_png(clean_signature(as_sent(drawn(), more)))
    assert b"51.5" not in kept
    with Image.open(io.BytesIO(kept)) as picture:
        assert (picture.format, picture.mode, picture.size) == ("PNG", "1", (300, 120))
        assert picture.info == {}


def a_claim_of(side: int) -> str:
    """Return a picture that says it has so many dots on each side, and hardly has any."""
    head = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    png = b"\x89PNG\r\n\x1a\n"
    for kind, data in ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(9))), (b"IEND", b"")):
        crc = struct.pack(">I", zlib.crc32(kind + data))
        png += struct.pack(">I", len(data)) + kind + data + crc
    return "data:image/png;base64," + base64.b64encode(png).decode()


@pytest.mark.parametrize(
    "sent",
    [
        "data:image/png;base64,",
        "data:image/png;base64,%%%",
        "data:image/svg+xml;base64,PHN2Zz4=",
        "<script>alert(1)</script>",
        "data:image/png;base64," + base64.b64encode(b"GIF89a" + bytes(40)).decode(),
        as_sent(Image.new("RGBA", (300, 120))),  # nothing is drawn
        as_sent(drawn((1601, 20))),
        as_sent(drawn())[:200],
        "data:image/png;base64," + "A" * 200_000,
        a_claim_of(100_000),  # a picture that Pillow does not open
        a_claim_of(10_000),  # one of which it warns
    ],
)
def test_what_is_no_drawing_is_refused(sent: str) -> None:
    with pytest.raises(BadSignature):
        clean_signature(sent)
