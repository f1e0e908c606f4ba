"""The JSON API's frame: one shape of errors, JSON only, the description of the custom fields."""

from __future__ import annotations

from typing import Any

from flask import Flask, current_app, request
from flask_babel import gettext as _
from flask_smorest import Api
from marshmallow import Schema, fields
from werkzeug.exceptions import HTTPException, UnsupportedMediaType

from blueprints.fields import Choice, NameOrId, Text, WeightField, Whole
from blueprints.guards import actor, tokens
from depot.errors import Forbidden

_CODES = {400: "bad_request", 404: "not_found", 405: "method_not_allowed", 413: "too_large"}


class ErrorBody(Schema):
    """What every refusal looks like."""

    code = fields.String(required=True)
    message = fields.String(required=True)
    errors = fields.Dict(keys=fields.String(), values=fields.Raw())


class DepotApi(Api):
    """flask-smorest, with the program's own shape of errors."""

    ERROR_SCHEMA = ErrorBody

    def __init__(self, app: Flask) -> None:
        super().__init__(
            app,
            spec_kwargs={
                "info": {"description": "Every write carries a command_id: twice is once."},
                "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
                "security": [{"token": []}],
            },
        )
        self.register_field(Whole, "integer", None)
        self.register_field(Text, "string", None)
        self.register_field(Choice, "string", None)
        self.register_field(WeightField, "string", None)
        self.register_field(NameOrId, ["integer", "string"], None)

    def _register_error_handlers(self) -> None:
        """Errors are answered in blueprints/problems.py, for pages and API in one place."""


def is_api() -> bool:
    """Say whether the present request is one of a program, not of a person."""
    return request.path.startswith("/api/")


def http_body(error: HTTPException) -> tuple[dict[str, Any], int]:
    """Return the API's answer to an HTTP error, the fields of a refused body named."""
    status = error.code or 500
    data = getattr(error, "data", None) or {}
    if status == 422 and "messages" in data:
        messages = data["messages"]
        by_place = messages.get("json") or messages.get("query") or messages
        body = {"code": "invalid", "message": _("Something in it cannot be taken.")}
        return body | {"errors": by_place}, 422
    code = _CODES.get(status, error.name.lower().replace(" ", "_"))
    return {"code": code, "message": error.description or error.name, "errors": {}}, status


def writing_tokens() -> None:
    """Guard of the API: a token that counts, and JSON in what is written."""
    tokens()
    if request.method in ("POST", "PUT", "PATCH") and request.mimetype != "application/json":
        raise UnsupportedMediaType(_("Send JSON, with Content-Type: application/json."))


def need_coordinator_token() -> None:
    """Raise Forbidden unless the token is a coordinator's."""
    if not actor().is_coordinator:
        raise Forbidden()


def base_url() -> str:
    """Return the address that labels and links in papers point to."""
    address: str = current_app.config["DEPOT"].base_url
    return address
