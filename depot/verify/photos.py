"""Photos: each is what its name says, so that a damaged one is found before somebody misses it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.items.photo_names import digest_of
from depot.models import Item, ItemPhoto
from depot.verify.findings import Findings

#: Photos held in memory at once.
_AT_ONCE = 50


def check_photos(session: Session, depot_id: int, findings: Findings) -> None:
    """Compute the digest of every photo of the depot again."""
    rows = session.execute(
        select(Item.name, ItemPhoto.digest, ItemPhoto.picture, ItemPhoto.thumb)
        .join(Item, Item.id == ItemPhoto.item_id)
        .where(ItemPhoto.depot_id == depot_id)
        .order_by(ItemPhoto.id),
        execution_options={"yield_per": _AT_ONCE},
    )
    for name, digest, picture, thumb in rows:
        if digest_of(picture, thumb) != digest:
            findings.add("photo", f"The photo of {name} is not as it was kept.")
