"""The address of a list with every crate on it ticked, for whom no script ticks them."""

from __future__ import annotations

from typing import Any

from flask import url_for

from blueprints.frame.web import query_text


def is_all_ticked() -> bool:
    """Say whether the address asks for every crate ticked."""
    return query_text("tick") == "all"


def tick_all(endpoint: str, **here: Any) -> str:
    """Return the address of this page with every crate ticked, or with none if all are."""
    return url_for(endpoint, **here, tick=None if is_all_ticked() else "all")
