"""A drawn signature is read, checked, and written anew as a plain picture."""

from __future__ import annotations

import base64
import io

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
    ],
)
def test_what_is_no_drawing_is_refused(sent: str) -> None:
    with pytest.raises(BadSignature):
        clean_signature(sent)
