"""Small things that a browser keeps for whoever uses it, signed in or not; no script reads them."""

from __future__ import annotations

from typing import Any, Final

from flask import Response, after_this_request, current_app, request

_YEAR_SECONDS: Final = 365 * 24 * 3600


def kept_cookie(kind: str) -> str | None:
    """Return what this browser keeps of that kind, None for nothing."""
    return request.cookies.get(_name(kind))


def keep_cookie(kind: str, value: str) -> None:
    """Have this browser keep a value for a year, or forget it where the value is empty."""
    told: dict[str, Any] = {
        "secure": current_app.config["SESSION_COOKIE_SECURE"],
        "httponly": True,
        "samesite": "Lax",
    }

    @after_this_request
    def _send(response: Response) -> Response:
        if value:
            response.set_cookie(_name(kind), value, max_age=_YEAR_SECONDS, **told)
        else:  # told alike: over https a browser heeds nothing less about a `__Host-` cookie
            response.delete_cookie(_name(kind), **told)
        return response


def _name(kind: str) -> str:
    return f"{current_app.config['SESSION_COOKIE_NAME']}-{kind}"
