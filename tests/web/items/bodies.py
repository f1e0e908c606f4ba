"""A photo for the walks over all addresses."""

from __future__ import annotations

from uuid import uuid4

from depot.base.actors import Actor
from depot.items.commands.photos import KeepPhoto, keep_photo
from depot.items.photo_names import IN_ADDRESS


def photograph(who: Actor, item_id: int) -> dict[str, str]:
    """Give an item a photo; return what names it in addresses."""
    photo = KeepPhoto(command_id=uuid4(), item_id=item_id, picture=b"a photo", thumb=b"a small one")
    return {"digest": keep_photo(photo, who).answer.digest[:IN_ADDRESS]}
