"""Photos of items: which items have one, and the picture itself."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.db.few import in_portions
from depot.items.photo_names import IN_ADDRESS
from depot.models import ItemPhoto


@dataclass(frozen=True, slots=True)
class PhotoView:
    """A photo as it is kept."""

    digest: str
    picture: bytes
    thumb: bytes


def photos_of(session: Session, depot_id: int, items: Collection[int]) -> dict[int, str]:
    """Return the name of the photo of each of these items that has one (one statement)."""
    found: dict[int, str] = {}
    for some in in_portions(items):
        rows = session.execute(
            select(ItemPhoto.item_id, ItemPhoto.digest).where(
                ItemPhoto.depot_id == depot_id, ItemPhoto.item_id.in_(some)
            )
        )
        found |= {item_id: digest[:IN_ADDRESS] for item_id, digest in rows}
    return found


def photo_of(session: Session, depot_id: int, item_id: int) -> PhotoView | None:
    """Return an item's photo; None if it has none, or is no item of the depot."""
    row = session.execute(
        select(ItemPhoto.digest, ItemPhoto.picture, ItemPhoto.thumb).where(
            ItemPhoto.depot_id == depot_id, ItemPhoto.item_id == item_id
        )
    ).one_or_none()
    return None if row is None else PhotoView(*row)


def find_picture(
    session: Session, depot_id: int, item_id: int, name: str, size: Literal["picture", "thumb"]
) -> bytes | None:
    """Return the JPEG of an item's photo; None if it has none of that name now."""
    column = ItemPhoto.thumb if size == "thumb" else ItemPhoto.picture
    row = session.execute(
        select(ItemPhoto.digest, column).where(
            ItemPhoto.depot_id == depot_id, ItemPhoto.item_id == item_id
        )
    ).one_or_none()
    return row[1] if row is not None and row[0][:IN_ADDRESS] == name else None
