"""The API's description, as it was put together with the application."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def api_description(extensions: Mapping[str, Any]) -> dict[str, Any]:
    """Return the OpenAPI document of the application that has these extensions."""
    described: dict[str, Any] = extensions["flask-smorest"]["apis"][""]["ext_obj"].spec.to_dict()
    return described
