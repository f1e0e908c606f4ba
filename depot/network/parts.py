"""The signed file of a small transfer as texts for QR codes, and those put together again. Pure.

What is signed is the file: the parts need no protection of their own, only to fit together. Each
says which it is, of how many, and of which file.
"""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from collections.abc import Iterable, Sequence
from typing import Final

from depot.network.errors import FileNotSigned, OtherParts, PartsMissing
from depot.network.signing import MAX_FILE

#: What a part begins with, so that no other code is taken for one.
MARK: Final = "DEPOT-T1"
#: So many letters a part has: a code that a phone still reads from another phone's screen.
LETTERS: Final = 500
#: A transfer that needs more is carried as a file.
MOST_PARTS: Final = 8
_DIGEST: Final = 8
_PART: Final = re.compile(rf"{MARK}:(\d)/(\d):([0-9a-f]{{{_DIGEST}}}):([A-Za-z0-9_-]+)", re.ASCII)


def split_file(text: str) -> tuple[str, ...]:
    """Return the parts of a file; none if it is too large for them."""
    packed = base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")
    pieces = [packed[at : at + LETTERS] for at in range(0, len(packed), LETTERS)]
    if len(pieces) > MOST_PARTS:
        return ()
    digest = _digest(packed)
    return tuple(
        f"{MARK}:{number}/{len(pieces)}:{digest}:{piece}"
        for number, piece in enumerate(pieces, start=1)
    )


def join_parts(texts: Iterable[str]) -> str:
    """Return the file whose parts were read, in any order, some of them more than once.

    Raises FileNotSigned for what is no part, or fits none; OtherParts for those of two files, and
    PartsMissing.
    """
    read = [_PART.fullmatch(text.strip()) for text in texts if text.strip()]
    found = [one.groups() for one in read if one is not None]
    if not found or len(found) < len(read):
        raise FileNotSigned(field="codes")
    if len({(count, digest) for _number, count, digest, _piece in found}) > 1:
        raise OtherParts(field="codes")
    count = int(found[0][1])
    pieces = {int(number): piece for number, _count, _digest, piece in found}
    missing = [number for number in range(1, count + 1) if number not in pieces]
    if missing:
        raise PartsMissing(field="codes", numbers=", ".join(map(str, missing)), count=count)
    return _unpack([pieces[number] for number in range(1, count + 1)], found[0][2])


def _unpack(pieces: Sequence[str], digest: str) -> str:
    packed = "".join(pieces)
    if _digest(packed) != digest:
        raise FileNotSigned(field="codes")
    try:
        unpacking = zlib.decompressobj()
        data = base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
        text = unpacking.decompress(data, MAX_FILE)  # a small code must not become a large file
        return text.decode()
    except (ValueError, zlib.error) as error:
        raise FileNotSigned(field="codes") from error


def _digest(packed: str) -> str:
    return hashlib.sha256(packed.encode()).hexdigest()[:_DIGEST]
