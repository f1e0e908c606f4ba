"""Marking of user-visible English text in modules that do not know the web."""

from __future__ import annotations


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for a marker
    """Mark `message` for translation and return it unchanged; the edge translates it."""
    return message
