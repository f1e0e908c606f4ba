"""What a Prometheus server is answered, if it brings the token of the settings."""

from __future__ import annotations

import hmac
from typing import Final

from flask import Response, abort, current_app, request

#: Where the serving process keeps what renders its counts (`depot.serving.metrics`).
EXTENSION: Final = "depot-metrics"
#: Prometheus' own text, which each of its versions reads.
_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"


def metrics() -> Response:
    """Answer with the counts; without a token in the settings there is no such page."""
    wanted = current_app.config["DEPOT"].metrics_token
    render = current_app.extensions.get(EXTENSION)
    if not wanted or render is None:
        abort(404)
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not hmac.compare_digest(
        token.strip().encode(), wanted.encode()
    ):
        return Response("a token is needed\n", 401, {"WWW-Authenticate": "Bearer"}, "text/plain")
    return Response(render(), content_type=_TYPE)
