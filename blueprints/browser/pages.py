"""Serves what was built for the browser: named after its contents, so it is fetched only once."""

from __future__ import annotations

from typing import Final

from flask import Response, abort, request, send_file

from blueprints.browser.bundles import FOLDER, built_file, built_names
from blueprints.frame.edge.packing import may_be_kept
from blueprints.frame.security import policy

TYPES: Final = {".js": "text/javascript", ".wasm": "application/wasm"}
#: Content-Encoding, and the ending of the twin that was packed when it was built.
PACKED: Final = (("br", ".br"), ("gzip", ".gz"))


def show(name: str) -> Response:
    """Answer with a built file, packed as the browser likes it best."""
    if name not in built_names():
        abort(404)
    coding, ending = _packing()
    path = FOLDER / name
    answer = send_file(f"{path}{ending}", mimetype=TYPES[path.suffix], etag=f"{name}{ending}")
    if coding:
        answer.headers["Content-Encoding"] = coding
    answer.headers["Vary"] = "Accept-Encoding"
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    if name == built_file("decoder"):
        answer.headers["Content-Security-Policy"] = policy(wasm=True)
    return may_be_kept(answer)


def _packing() -> tuple[str | None, str]:
    for coding, ending in PACKED:
        if request.accept_encodings[coding] > 0:
            return coding, ending
    return None, ""
