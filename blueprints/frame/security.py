"""What is answered with every page: its security policy; and whether a page of ours is asking."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request
from flask_babel import gettext as _
from werkzeug.exceptions import Forbidden

from blueprints.frame.api import base_url

#: 'self' alone: no inline script or style, no other host, no frame around us.
_EVERYWHERE = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
#: WebAssembly counts as evaluation; this allows it and no eval().
_WITH_WASM = f"{_EVERYWHERE}; script-src 'self' 'wasm-unsafe-eval'"


def policy(*, wasm: bool = False) -> str:
    """Return the policy; `wasm` only where the decoder of codes is loaded."""
    return _WITH_WASM if wasm else _EVERYWHERE


def require_own_page() -> None:
    """Raise Forbidden unless one of our own pages asks.

    It stands in for a form's CSRF token, which would not last as long as a phone may be offline:
    the browser says where a request comes from, and no page can make it say otherwise.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        if site != "same-origin":
            raise Forbidden(_("Only pages of this program may send this."))
        return
    # plain http: browsers name the origin alone
    origin = urlsplit(request.headers.get("Origin", ""))
    if not origin.netloc or origin.netloc not in (request.host, urlsplit(base_url()).netloc):
        raise Forbidden(_("Only pages of this program may send this."))
