"""How much a request may send, by the view it is for: one table, for the server and for Flask."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from flask import Flask, Response, g, request
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException, LengthRequired, RequestTimeout, ServiceUnavailable
from werkzeug.routing import Map

#: What any form and any batch of commands fits in.
USUAL_BYTES: Final = 1024 * 1024
#: What is open to everybody takes a name, a password, a sentence.
OPEN_BYTES: Final = 64 * 1024
#: Where a file is sent: a photo, a spreadsheet, what a phone kept.
FILE_BYTES: Final = 12 * 1024 * 1024
#: By view, else by blueprint.
LIMITS: Final = {
    "imports.upload": FILE_BYTES,
    "items.keep_photo": FILE_BYTES,
    "photos.read": FILE_BYTES,
    "transfers.take_file": FILE_BYTES,
    "queue_file.load": FILE_BYTES,
    "account": OPEN_BYTES,
    "agency_public": OPEN_BYTES,
    "calendars_public": OPEN_BYTES,
    "dropoffs_public": OPEN_BYTES,
    "mails_public": OPEN_BYTES,
    "needs_public": OPEN_BYTES,
    "sharing_public": OPEN_BYTES,
}
#: In the environ of a request that the server could not take in: which of REFUSALS says why.
REFUSED: Final = "depot.refused"
#: Seconds after which it is worth while to ask again.
RETRY_SECONDS: Final = 5


def limit_of(endpoint: str | None) -> int:
    """Return how many bytes may be sent to a view, or to none."""
    if endpoint is None:
        return OPEN_BYTES
    return LIMITS.get(endpoint) or LIMITS.get(endpoint.partition(".")[0]) or USUAL_BYTES


def limit_at(addresses: Map, method: str, path: str) -> int:
    """Return how many bytes may be sent to an address, before the request is there."""
    try:
        endpoint, _values = addresses.bind("").match(path, method)
    except HTTPException:
        return limit_of(None)
    return limit_of(endpoint)


def register(app: Flask) -> None:
    """Hold every request to its limit, and answer those that the server could not take in.

    Before anything else looks at the request.
    """
    app.before_request(_hold)
    app.after_request(_say_when)


def _hold() -> None:
    request.max_content_length = limit_of(request.endpoint)
    refused = request.environ.get(REFUSED)
    if refused is not None:
        g.storage_failed = True  # what had to wait too long must not wait for the database as well
        g.answers_json = request.accept_mimetypes.best == "application/json"
        raise _refusal(refused)


def _refusal(status: int) -> HTTPException:
    if status == HTTPStatus.LENGTH_REQUIRED:
        return LengthRequired(_("Say how long it is, with Content-Length. Nothing was saved."))
    if status == HTTPStatus.REQUEST_TIMEOUT:
        return RequestTimeout(_("It came too slowly and broke off. Nothing was saved. Try again."))
    return ServiceUnavailable(
        _("Too much is going on here just now. Nothing was saved. Wait a moment, then try again.")
    )


def _say_when(response: Response) -> Response:
    if response.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers.setdefault("Retry-After", str(RETRY_SECONDS))
    return response
