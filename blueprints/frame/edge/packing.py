"""Packing answers on their way: words become a quarter of their size, which a slow phone feels.

What else stands in a page that an attacker may guess at: docs/adr/0028-the-edge.md.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from flask import Flask, Response, request

#: What is words. Pictures, workbooks and PDFs are packed already.
PACKED_TYPES: Final = frozenset(
    {
        "text/html",
        "text/css",
        "text/csv",
        "text/javascript",
        "text/plain",
        "text/x-python",
        "application/json",
        "application/geo+json",
        "application/manifest+json",
        "application/atom+xml",
        "image/svg+xml",
    }
)
#: What is shorter fits into the packet that goes out anyway.
SMALLEST_BYTES: Final = 600
#: Fast, and within a twentieth of the best.
_LEVEL: Final = 6
#: zlib's number for its largest window with a head and a foot as gzip writes them.
_GZIP: Final = 16 + zlib.MAX_WBITS


def register(app: Flask) -> None:
    """Pack the answers of the application. The first that is registered is the last to see them."""
    app.after_request(pack)


def pack(response: Response) -> Response:
    """Return the answer packed with gzip, if it is of words and the asker takes that."""
    if response.mimetype not in PACKED_TYPES or "Content-Encoding" in response.headers:
        return response
    response.vary.add("Accept-Encoding")
    if not _may_pack(response):
        return response
    if response.is_streamed:
        plain: Any = response.response
        if hasattr(plain, "close"):
            response.call_on_close(plain.close)
        response.direct_passthrough = False  # else nobody closes what is sent
        response.response = _packed_pieces(plain)
        response.headers.pop("Content-Length", None)
    else:
        data = response.get_data()
        if len(data) < SMALLEST_BYTES:
            return response
        response.set_data(zlib.compress(data, _LEVEL, wbits=_GZIP))
    response.headers["Content-Encoding"] = "gzip"
    _weaken(response)
    return response


def may_be_kept(response: Response) -> Response:
    """Return the answer with a mark of what is in it, or 304 to who has that already."""
    if response.get_etag()[0] is None:
        response.add_etag()
    made: Any = response.make_conditional(request)
    kept: Response = made
    return kept


def _may_pack(response: Response) -> bool:
    has_body = response.status_code not in (204, 206, 304) and request.method != "HEAD"
    return has_body and request.accept_encodings["gzip"] > 0


def _packed_pieces(pieces: Iterable[bytes]) -> Iterator[bytes]:
    packing = zlib.compressobj(_LEVEL, wbits=_GZIP)
    for piece in pieces:
        if packed := packing.compress(piece):
            yield packed
    yield packing.flush()


def _weaken(response: Response) -> None:
    """Say that the mark is of the words and not of each byte: packed and plain are the same."""
    etag, _is_weak = response.get_etag()
    if etag is not None:
        response.set_etag(etag, weak=True)
    response.headers.pop("Accept-Ranges", None)


def digest_of(file: Path) -> str:
    """Return what tells a file's contents from others, for an address that may be kept for good."""
    return _digest(file, file.stat().st_mtime)


@lru_cache(maxsize=256)
def _digest(file: Path, _changed: float) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]
