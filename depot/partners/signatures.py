"""A signature that was drawn on a screen: read, checked, and written anew as a plain picture."""

from __future__ import annotations

import base64
import binascii
import io
from typing import TYPE_CHECKING, Final

from depot.partners.errors import BadSignature

# Pictures are read by what is loaded with the first signature: a server starts without.
if TYPE_CHECKING:
    from PIL import Image

#: What a browser sends of a picture begins so.
_BEGINS: Final = "data:image/png;base64,"
#: Letters of what is sent, and dots of the drawing: no screen's signature is larger.
MAX_SENT: Final = 120_000
_MOST_WIDE: Final = 1600
_MOST_HIGH: Final = 800
#: So many dots at least are ink: an empty field is no signature.
_LEAST_INK: Final = 40
_DARK: Final = 128


def clean_signature(sent: str) -> str:
    """Return the drawing in black on white, as base64 of a PNG with nothing else in it.

    Raises BadSignature for what is no such drawing, is too large, or has nothing drawn on it.
    """
    from PIL import Image, UnidentifiedImageError  # loaded with the first signature

    if not sent.startswith(_BEGINS) or len(sent) > MAX_SENT:
        raise BadSignature(field="signature")
    try:
        raw = base64.b64decode(sent.removeprefix(_BEGINS), validate=True)
        drawn = Image.open(io.BytesIO(raw), formats=["PNG"])
        if drawn.width > _MOST_WIDE or drawn.height > _MOST_HIGH:
            raise BadSignature(field="signature")
        plain = _on_white(drawn)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise BadSignature(field="signature") from error
    except (binascii.Error, UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise BadSignature(field="signature") from error
    if plain.histogram()[0] < _LEAST_INK:
        raise BadSignature(field="signature")
    kept = io.BytesIO()
    plain.save(kept, "PNG", optimize=True)
    return base64.b64encode(kept.getvalue()).decode("ascii")


def signature_png(kept: str) -> bytes:
    """Return the picture of a signature that was kept."""
    return base64.b64decode(kept)


def _on_white(drawn: Image.Image) -> Image.Image:
    """Return the drawing as black and white dots: what is dark and not see-through is ink."""
    from PIL import Image

    inked = drawn.convert("RGBA")
    paper = Image.new("RGBA", inked.size, "white")
    paper.alpha_composite(inked)
    return paper.convert("L").point(lambda dot: 0 if dot < _DARK else 255).convert("1")
