"""What a person must see of her own: how far the database had come when she saved last.

It is kept in a cookie of its own, so that answers to scripts, which leave the session as it is,
tell it too. Who changes it deceives nobody else.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from flask import Flask, Response, current_app, g, request
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from depot.config import Config
from depot.db import reading
from depot.db.database import current_database, current_session
from depot.db.replica import written_position

Found = TypeVar("Found")
_COOKIE: Final = "depot-position"
#: A replica is never so far behind that more would matter (`replica.BEHIND_SECONDS`).
_KEPT_SECONDS: Final = 60
#: What stands for a position that could not be asked for: no replica has come so far.
_UNKNOWN: Final = "unknown"
_READING: Final = ("GET", "HEAD", "OPTIONS")
_LONGEST: Final = 19


def register(app: Flask) -> None:
    """Note after every request that may have saved something how far the database has come."""
    app.after_request(_note_position)


def _note_position(response: Response) -> Response:
    if request.method in _READING or _is_program() or current_database().replica is None:
        return response
    config: Config = current_app.config["DEPOT"]
    response.set_cookie(
        _cookie_name(config),
        _written(),
        max_age=_KEPT_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=config.is_secure,
    )
    return response


def _written() -> str:
    if g.get("storage_failed"):  # what waited too long must not wait for the database as well
        return _UNKNOWN
    try:
        return str(written_position(current_session()))
    except SQLAlchemyError:  # what was asked for is done all the same
        return _UNKNOWN


def read_report(make: Callable[[Session], Found]) -> Found:
    """Return what `make` reads, from a replica where it has what the person who asks saved.

    Programs keep no cookies: they read where everything is.
    """
    after = None if _is_program() else _own_position()
    return make(current_session()) if after is None else reading.read_report(make, after)


def _is_program() -> bool:
    return "token_actor" in g


def _own_position() -> int | None:
    """Return the position of the cookie, 0 without one, None for what is none of ours."""
    kept = request.cookies.get(_cookie_name(current_app.config["DEPOT"]), "0")
    return int(kept) if kept.isascii() and kept.isdigit() and len(kept) <= _LONGEST else None


def _cookie_name(config: Config) -> str:
    return f"__Host-{_COOKIE}" if config.is_secure else _COOKIE
