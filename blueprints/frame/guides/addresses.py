"""Where a guide and its picture are to be had."""

from __future__ import annotations

from typing import Final

from flask import url_for

from blueprints.frame.edge.packing import digest_of
from depot.guides.shelf import find_picture, names

#: The guides of pages that open without a connection, and what those lead to.
AT_THE_DOOR: Final = (
    *("scan", "donation", "hand-out", "passing-on", "offline", "shifts", "today"),
    *("crates", "undo", "amounts", "product-codes", "who-is-here"),
)


def guides_of_the_door() -> list[str]:
    """Return the addresses of the guides that a phone keeps, and of their pictures."""
    found = [url_for("guides.show", name=name) for name in AT_THE_DOOR]
    return found + [url for name in AT_THE_DOOR if (url := picture_url(name))]


def guide_url(name: str) -> str | None:
    """Return the address of a guide, if there is one of that name."""
    return url_for("guides.show", name=name) if name in names() else None


def picture_url(name: str) -> str | None:
    """Return the address of a guide's picture, if there is one."""
    found = find_picture(name)
    if found is None:
        return None
    return url_for("guides.picture", name=name, v=digest_of(found))
