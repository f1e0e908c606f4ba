"""The token of forms, under a mask that is new in every page.

Pages are packed, and how much they shrink tells whether a guess that stands in the page (a search
that is shown again) is like something else in it. What is never written the same way twice cannot
be guessed at piece by piece.
"""

from __future__ import annotations

import base64
import secrets
from typing import Final

from flask import Flask, g
from flask_wtf.csrf import CSRFProtect, generate_csrf

#: Begins a masked token; the tokens themselves never do.
_MASKED: Final = "~"


class FormTokens(CSRFProtect):
    """Flask-WTF's protection of forms, which gives out masked tokens and takes them back."""

    def init_app(self, app: Flask) -> None:
        """Protect the application's forms."""
        super().init_app(app)
        app.jinja_env.globals["csrf_token"] = form_token
        app.context_processor(lambda: {"csrf_token": form_token})

    def _get_csrf_token(self) -> str | None:
        found: str | None = super()._get_csrf_token()
        return unmasked(found) if found else found


def form_token() -> str:
    """Return the token for the forms of this page, all with the same mask."""
    if "form_token" not in g:
        g.form_token = masked(generate_csrf())
    token: str = g.form_token
    return token


def masked(token: str) -> str:
    """Return the token mixed with as many random bytes, and these before it."""
    mask = secrets.token_bytes(len(token))
    mixed = bytes(one ^ other for one, other in zip(token.encode(), mask, strict=True))
    return _MASKED + base64.urlsafe_b64encode(mask + mixed).decode()


def unmasked(text: str) -> str:
    """Return the token under the mask; what has none, or is no token at all, as it is."""
    if not text.startswith(_MASKED):
        return text
    try:
        both = base64.b64decode(text[1:], altchars=b"-_", validate=True)
        half = len(both) // 2
        return bytes(a ^ b for a, b in zip(both[:half], both[half:], strict=True)).decode("ascii")
    except ValueError:
        return text
