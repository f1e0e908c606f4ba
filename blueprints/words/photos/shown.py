"""What things are shown by: the photo of an item where there is one, else a drawing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from flask import url_for

from blueprints.frame.web import reader
from depot.items.queries.photos import photos_of


@dataclass(frozen=True, slots=True)
class Photos:
    """The photos of some items: their names, by the items' ids."""

    names: Mapping[int, str]

    def thumb(self, item_id: int) -> str:
        """Return the address of the small square; empty for an item without a photo."""
        name = self.names.get(item_id)
        return "" if name is None else url_for("items.thumb", item_id=item_id, digest=name)

    def of_only(self, items: Collection[int]) -> str:
        """Return the thumb of the one item there is; of several no photo shows what they are."""
        return self.thumb(next(iter(items))) if len(items) == 1 else ""

    def picture(self, item_id: int) -> str:
        """Return the address of the photo; empty for an item without one."""
        name = self.names.get(item_id)
        return "" if name is None else url_for("items.picture", item_id=item_id, digest=name)


def photos(items: Collection[int]) -> Photos:
    """Return the photos of these items of the actor's depot (one statement)."""
    session, who = reader()
    return Photos(photos_of(session, who.depot_id, items))
