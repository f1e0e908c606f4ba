"""What is sent as a transfer's file: the file itself, a photo of its codes, or codes scanned."""

from __future__ import annotations

from typing import Final

from depot.base.errors import Invalid
from depot.base.text import N_
from depot.network.parts import join_parts
from depot.network.signing import MAX_FILE
from labels.errors import LabelError, PhotosBusy

#: How the pictures begin that cameras make, HEIC and the like by their fifth letter.
_PICTURES: Final = (b"\xff\xd8\xff", b"\x89PNG", b"RIFF")


def read_sent(data: bytes, codes: str) -> str:
    """Return the text of the file. Raises Invalid for nothing, and as `join_parts` does.

    The codes in a photo and those that were scanned are put together.
    """
    is_photo = data.startswith(_PICTURES) or data[4:8] == b"ftyp"
    texts = codes.splitlines()
    if data and not is_photo:
        return data[: MAX_FILE + 1].decode("utf-8", "replace")
    if is_photo:
        texts += _codes_in(data)
    if not any(text.strip() for text in texts):
        raise Invalid(field="file", problem=N_("Choose the file, or scan its QR codes."))
    return join_parts(texts)


def _codes_in(photo: bytes) -> list[str]:
    # with the first photo: a server that never sees one holds no library that reads them
    from labels.symbols.reading import read_in_turn

    try:
        found = [one.text for one in read_in_turn(photo)]
    except PhotosBusy as error:
        problem = N_("Other photos are being read just now. Send it again.")
        raise Invalid(field="file", problem=problem) from error
    except LabelError as error:
        problem = N_("That is no photo that can be read. A JPEG, PNG or WebP, please.")
        raise Invalid(field="file", problem=problem) from error
    if not found:
        raise Invalid(
            field="file", problem=N_("There is no QR code in that photo that can be read.")
        )
    return found
