"""How large a browser's letters are: remembered by a cookie, for whoever uses it."""

from __future__ import annotations

from typing import Final

from flask import Response, after_this_request, current_app, request

#: What the cookie and the form say.
LARGER: Final = "larger"
_YEAR_SECONDS: Final = 365 * 24 * 3600


def letters_are_larger() -> bool:
    """Say whether this browser asked for larger letters."""
    return request.cookies.get(_cookie_name()) == LARGER


def remember_letters(is_larger: bool) -> None:
    """Write to this browser in larger letters from now on, or in usual ones."""

    @after_this_request
    def _send(response: Response) -> Response:
        if not is_larger:
            response.delete_cookie(_cookie_name())
            return response
        response.set_cookie(
            _cookie_name(),
            LARGER,
            max_age=_YEAR_SECONDS,
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
        return response


def _cookie_name() -> str:
    return f"{current_app.config['SESSION_COOKIE_NAME']}-letters"
