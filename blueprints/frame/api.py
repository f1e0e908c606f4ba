"""The JSON API's frame: one shape of errors, JSON only, the description of the custom fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from http import HTTPStatus
from threading import Lock
from typing import Any, Final, TypeVar

from apispec import APISpec
from flask import Blueprint, Flask, Request, current_app, g, request
from flask_babel import gettext as _
from flask_smorest import Api
from flask_smorest import Blueprint as SmorestBlueprint
from marshmallow import Schema, fields
from webargs.flaskparser import FlaskParser, abort
from werkzeug.exceptions import BadRequest, HTTPException, UnsupportedMediaType

from blueprints.frame.description.answers import FrameAnswers, name_refusals
from blueprints.frame.description.bounds import address_number, field_bounds
from blueprints.frame.edge.bodies import FILE_BYTES
from blueprints.frame.fields import MAX_NAME, Choice, NameOrId, Text, WeightField, WholeNumber
from blueprints.frame.guards import require_token
from blueprints.frame.language import LANGUAGE
from blueprints.frame.web import IdConverter
from depot.base.text import N_

View = TypeVar("View", bound=Callable[..., object])
_CODES = {400: "bad_request", 404: "not_found", 405: "method_not_allowed", 413: "too_large"}


class _BodyParser(FlaskParser):
    """webargs' parser, which knows only some of the ways in which reading JSON can fail."""

    def _raw_load_json(self, req: Request) -> Any:
        try:
            return super()._raw_load_json(req)
        except (ValueError, RecursionError) as error:  # no JSON; numbers, nesting without end
            if not req.get_data():
                raise  # no body at all: webargs names the fields that are missing
            raise BadRequest(_("That JSON cannot be read.")) from error


class ApiBlueprint(SmorestBlueprint):
    """A slice of the API; whatever body it is sent, it is read or refused."""

    ARGUMENTS_PARSER = _BodyParser()

    def arguments(
        self, schema: Schema, *, location: str = "json", **options: Any
    ) -> Callable[[View], View]:
        """Have what is sent read by the schema; a view keeps which parameters its address takes."""
        take = super().arguments(schema, location=location, **options)

        def keep_names(view: View) -> View:
            taken: Any = take(view)
            if location == "query":
                taken.parameters = frozenset(
                    field.data_key or name for name, field in schema.fields.items()
                )
            described: View = taken
            return described

        return keep_names

    def also_as(self, media_types: Iterable[str]) -> Callable[[View], View]:
        """Say in the description that what is answered comes in other forms too."""

        def describe(view: View) -> View:
            for media_type in media_types:
                text = {"type": "string"}
                view = self.alt_response(200, schema=text, content_type=media_type)(view)
            return view

        return describe

    def may_take_two(self, view: View) -> View:
        """Say in the description that a depot may want a second person to agree: 202 then."""
        described: View = self.alt_response(202, schema=AskedBody)(view)
        return described

    def not_for_everybody(self, view: View) -> View:
        """Say in the description that some are answered 403; the command sees to it who."""
        described: View = self.alt_response(403, response=HTTPStatus.FORBIDDEN.name)(view)
        return described


class ErrorBody(Schema):
    """What every refusal looks like."""

    code = fields.String(required=True)
    message = fields.String(required=True)
    errors = fields.Dict(keys=fields.String(), values=fields.Raw())
    questions = fields.List(
        fields.Dict(keys=fields.String(), values=fields.String(allow_none=True)),
        metadata={
            "description": "With `unconfirmed`: {confirm, code, field, message} of each question."
            " Send the same body again with each `confirm` in `confirmed` to say yes."
        },
    )


class AskedFor(Schema):
    """What waits for a second person, under its number, and until when."""

    id = fields.Integer()
    until = fields.AwareDateTime()


class AskedBody(ErrorBody):
    """Nothing was done yet: another coordinator has to agree, on a page."""

    asked = fields.Nested(AskedFor)


_ABOUT: Final = (
    "Every write carries a command_id: twice is once, and the second time answers 200 with what the"
    " first answered. A method that an address does not know is answered 405, with Allow; a"
    " parameter that it does not list 422, with its name. `language` is known at each."
)


class DepotApi(Api):
    """flask-smorest, with the program's own shape of errors; described when somebody asks."""

    ERROR_SCHEMA = ErrorBody

    def __init__(self, app: Flask) -> None:
        self._described: Any = None
        self._undescribed: list[Any] = []
        self._describing = Lock()
        super().__init__(
            app,
            spec_kwargs={
                "extra_plugins": [FrameAnswers()],
                "info": {"description": _ABOUT},
                "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
                "security": [{"token": []}],
            },
        )
        self.register_field(WholeNumber, "integer", None)
        self.register_field(Text, "string", None)
        self.register_field(Choice, "string", None)
        self.register_field(WeightField, "string", None)
        self.register_field(NameOrId, ["integer", "string"], None)
        self.register_converter(IdConverter, address_number)
        self.ma_plugin.converter.add_attribute_function(field_bounds)

    def _register_responses(self) -> None:
        super()._register_responses()
        if self._described is not None:
            name_refusals(self._described)

    def register_blueprint(self, blp: Blueprint, **options: Any) -> None:
        """Mount a slice of the API; its description waits."""
        self._app.extensions["flask-smorest"]["blp_name_to_api"][blp.name] = self
        self._app.register_blueprint(blp, **options)
        self._undescribed.append(blp)

    @property
    def spec(self) -> APISpec:
        """The description; who asks first has the slices written into it, which few starts need."""
        told: APISpec = self._described
        with self._describing:
            while self._undescribed:
                self._describe(self._undescribed.pop(0), told)
        return told

    @spec.setter
    def spec(self, described: APISpec) -> None:
        self._described = described

    def _describe(self, slice_: Any, told: APISpec) -> None:
        name = slice_.name
        slice_.register_views_in_doc(self, self._app, told, name=name, parameters=None)
        told.tag({"name": name, "description": slice_.description})

    def _register_error_handlers(self) -> None:
        """Errors are answered in blueprints/frame/problems.py, for pages and API in one place."""


def is_api() -> bool:
    """Say whether the present request is one of a program, not of a person."""
    return request.path.startswith("/api/") or bool(g.get("answers_json"))


_HTTP_WORDS: Final = {
    404: N_("There is no such page here."),
    413: N_("That is too large. At most 12 MB at once, please."),
    429: N_("Too many tries. Wait some minutes, then try again."),
}


def http_words(error: HTTPException) -> str:
    """Return what an HTTP error says: never the framework's own words, which are English."""
    if error.code == 413 and (request.max_content_length or 0) < FILE_BYTES:
        return str(_("That is too large to send here."))
    if error.code in _HTTP_WORDS:
        return str(_(_HTTP_WORDS[error.code]))
    if error.description and error.description != type(error).description:
        return error.description
    return str(_("That is not possible at this address."))


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
    return {"code": code, "message": http_words(error), "errors": {}}, status


def writing_tokens() -> None:
    """Guard of the API: a token that counts, JSON in what is written, parameters that are known."""
    require_token()
    _refuse_unknown_parameters()
    if request.method in ("POST", "PUT", "PATCH") and request.mimetype != "application/json":
        raise UnsupportedMediaType(_("Send JSON, with Content-Type: application/json."))


def _refuse_unknown_parameters() -> None:
    """Refuse a filter that is misspelt: unread, it would answer with more than was asked for."""
    view = current_app.view_functions.get(request.endpoint or "")
    unknown = request.args.keys() - getattr(view, "parameters", frozenset()) - {LANGUAGE}
    if unknown:
        sentence = _("There is no such parameter at this address.")
        abort(422, messages={"query": {name[:MAX_NAME]: [sentence] for name in sorted(unknown)}})


def base_url() -> str:
    """Return the address that labels and links in papers point to."""
    address: str = current_app.config["DEPOT"].base_url
    return address
