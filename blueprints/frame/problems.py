"""What people and programs are told when something goes wrong, and nothing more; and the log.

The log has a line for each request: what was asked for by the name of its view, what was answered
and how long it took, under a number that the answer bears as well. It holds no address, no name and
no path, in which secrets of links stand.
"""

from __future__ import annotations

import logging
import time
from http import HTTPStatus
from uuid import uuid4

from flask import Flask, Response, g, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException

from blueprints.frame.api import http_body, http_words, is_api
from blueprints.frame.asked.telling import show_asked, tell_others
from blueprints.frame.errors import body_of, message_of, status_of
from blueprints.frame.guards import SessionEnded, Unauthenticated
from depot.base.errors import DepotError, TooManyTries
from depot.db.transaction import end_read, storage_failure
from depot.kernel.asked.errors import AwaitsSecond

log = logging.getLogger("depot")
requests_log = logging.getLogger("depot.requests")
#: Never shown again in a page that offers to send a form once more.
_SECRETS = frozenset({"csrf_token", "password", "old_password", "new_password"})


def register(app: Flask) -> None:
    """Attach the handlers to the application."""
    app.before_request(_begin)
    app.after_request(_log_request)
    app.register_error_handler(DepotError, _named)
    app.register_error_handler(DBAPIError, _storage)
    app.register_error_handler(Unauthenticated, _unauthenticated)
    app.register_error_handler(SessionEnded, _session_ended)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _bug)


def _begin() -> None:
    g.request_id, g.request_began = uuid4().hex[:16], time.perf_counter()


def _log_request(response: Response) -> Response:
    began = g.get("request_began")
    if began is None:
        return response
    response.headers["X-Request-ID"] = g.request_id
    told = {
        "request": g.request_id,
        "method": request.method,
        "view": request.endpoint or "",
        "status": response.status_code,
        "milliseconds": round((time.perf_counter() - began) * 1000, 1),
    }
    requests_log.info("%(method)s %(view)s %(status)s", told, extra={"told": told})
    return response


def _of_request() -> dict[str, dict[str, str]]:
    """Return what a line of the log needs to be found by the number that a person was shown."""
    return {"told": {"request": str(g.get("request_id", ""))}}


def _named(error: DepotError) -> ResponseReturnValue:
    if isinstance(error, AwaitsSecond):
        tell_others(error)
        if not is_api():
            return show_asked(error)
    status = status_of(error)
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        log.exception("unanswerable", exc_info=error, extra=_of_request())
    heads = {"Retry-After": str(error.params["seconds"])} if isinstance(error, TooManyTries) else {}
    if is_api():
        return jsonify(body_of(error)), status, heads
    return *_page(message_of(error), status), heads


def _storage(error: DBAPIError) -> ResponseReturnValue:
    failure = storage_failure(error)
    if failure is None:
        return _bug(error)
    g.storage_failed = True
    end_read()  # it failed; nothing was written
    return _named(failure)


def _unauthenticated(_error: Unauthenticated) -> ResponseReturnValue:
    body = {"code": "unauthenticated", "message": _("This needs a token that counts.")}
    return jsonify(body | {"errors": {}}), 401, {"WWW-Authenticate": "Bearer"}


def _session_ended(_error: SessionEnded) -> ResponseReturnValue:
    body = {"code": "signed_out", "message": _("Sign in to go on."), "errors": {}}
    return jsonify(body), 401


def _csrf(_error: CSRFError) -> ResponseReturnValue:
    if is_api():
        return jsonify({"code": "csrf", "message": _("Send a token."), "errors": {}}), 400
    return _page(_("This page was open for a long time. Send it once more."), 400)


def _http(error: HTTPException) -> ResponseReturnValue:
    heads = [head for head in error.get_headers() if head[0] != "Content-Type"]  # Allow and others
    if is_api():
        body, status = http_body(error)
        return jsonify(body), status, heads
    if error.response is not None or (error.code or 500) < 400:
        return error
    return *_page(http_words(error), error.code or 500), heads


def _bug(error: Exception) -> ResponseReturnValue:
    end_read()
    log.exception("a bug", exc_info=error, extra=_of_request())
    sentence = _("Something went wrong on our side. Nothing was saved.")
    if is_api():
        return jsonify({"code": "internal", "message": sentence, "errors": {}}), 500
    return _page(sentence, 500)


def _page(sentence: str, status: int) -> tuple[str, int]:
    """Show the sentence; a form that could not be saved is kept and can be sent once more."""
    kept: list[tuple[str, str]] = []
    if request.method == "POST" and status in (400, 503):
        kept = [pair for pair in request.form.items(multi=True) if pair[0] not in _SECRETS]
    offered = {
        "message": sentence,
        "status": status,
        "kept": kept,
        "action": request.full_path.rstrip("?"),
        "number": str(g.get("request_id", uuid4().hex))[:8],
    }
    return render_template("problem.html", **offered), status
