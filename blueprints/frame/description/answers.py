"""What every operation may answer besides what it is for, said once for all of them."""

from __future__ import annotations

from copy import deepcopy
from http import HTTPStatus
from typing import Any, Final

from apispec import APISpec, BasePlugin

from blueprints.frame.description.names import operation_name

_SECONDS: Final = {"schema": {"type": "integer", "minimum": 1}}
#: Headers that come with a refusal.
REFUSAL_HEADERS: Final[dict[HTTPStatus, dict[str, Any]]] = {
    HTTPStatus.UNAUTHORIZED: {"WWW-Authenticate": {"schema": {"type": "string"}}},
    HTTPStatus.METHOD_NOT_ALLOWED: {
        "Allow": {"description": "What may be asked here.", "schema": {"type": "string"}}
    },
    HTTPStatus.SERVICE_UNAVAILABLE: {
        "Retry-After": {"description": "Seconds to wait before asking again."} | _SECONDS
    },
}
#: What may come of any request: no token that counts; a parameter or a field that cannot be taken;
#: too much going on, or no database.
ALWAYS: Final = (
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.SERVICE_UNAVAILABLE,
)
#: What may come of a body: no JSON, too slow, of no length, too large, of another type.
WITH_A_BODY: Final = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.LENGTH_REQUIRED,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
)
#: What may come of a command: it names what is not here; what is here does not allow it.
OF_A_COMMAND: Final = (HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT)
#: Statuses whose names Python changed with its version 3.13.
_NAMES: Final = {
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "REQUEST_ENTITY_TOO_LARGE",
    HTTPStatus.UNPROCESSABLE_ENTITY: "UNPROCESSABLE_ENTITY",
}
_REPEATED: Final = "The same command_id again: nothing is done, and the first answer is given."
_NULL: Final = "null"


class FrameAnswers(BasePlugin):
    """Adds to each operation its name, what the frame answers in its place, and to a repeat."""

    def init_spec(self, spec: APISpec) -> None:
        """Keep the document that is being made: bodies are told by reference to it."""
        super().init_spec(spec)
        self._spec = spec

    def operation_helper(
        self, path: str | None = None, operations: dict[str, Any] | None = None, **_kw: Any
    ) -> None:
        """Complete the operations of an address; their own schemas are resolved by now."""
        for method, operation in (operations or {}).items():
            operation["operationId"] = operation_name(method, path or "")
            answers = {str(key): value for key, value in operation["responses"].items()}
            operation["responses"] = answers
            for status in self._refusals(path or "", operation):
                answers[str(int(status))] = name_of(status)
            created = answers.get("201")
            if created is not None and self._is_command(operation):
                answers["200"] = deepcopy(created) | {"description": _REPEATED}
            for parameter in operation.get("parameters", ()):
                _without_null(parameter)

    def _refusals(self, path: str, operation: dict[str, Any]) -> tuple[HTTPStatus, ...]:
        found: tuple[HTTPStatus, ...] = ALWAYS
        if "{" in path:
            found += (HTTPStatus.NOT_FOUND,)
        if "requestBody" in operation:
            found += WITH_A_BODY
        return found + OF_A_COMMAND if self._is_command(operation) else found

    def _is_command(self, operation: dict[str, Any]) -> bool:
        """Say whether the body is a write, which bears a number of its own."""
        content = operation.get("requestBody", {}).get("content", {})
        schema = content.get("application/json", {}).get("schema", {})
        name = str(schema.get("$ref", "")).rpartition("/")[2]
        return "command_id" in self._spec.components.schemas.get(name, {}).get("properties", {})


def _without_null(parameter: dict[str, Any]) -> None:
    """Say nothing of null: what stands in an address is a word or is left out."""
    schema = parameter.get("schema", {}) if parameter.get("in") == "query" else {}
    kinds = schema.get("type")
    if isinstance(kinds, list) and _NULL in kinds:
        rest = [kind for kind in kinds if kind != _NULL]
        schema["type"] = rest[0] if len(rest) == 1 else rest
    if "enum" in schema:
        schema["enum"] = [word for word in schema["enum"] if word is not None]
    if schema.get("default", "") is None:
        del schema["default"]


def name_of(status: HTTPStatus) -> str:
    """Return what a refusal is called in the description, whichever Python writes it."""
    return _NAMES.get(status, status.name)


def name_refusals(spec: APISpec) -> None:
    """Give the refusals their names and headers, and tell the one that stands at no operation.

    A method that an address does not know is answered there too, with those that it knows.
    """
    lazy = spec.components.responses_lazy
    for status, name in _NAMES.items():
        lazy[name] = lazy.pop(status.name) | {"description": name.replace("_", " ").title()}
    for status, headers in REFUSAL_HEADERS.items():
        lazy[status.name]["headers"] = headers
    spec.components.get_ref("response", HTTPStatus.METHOD_NOT_ALLOWED.name)
