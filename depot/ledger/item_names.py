"""What items are called by who reads, and all that they are found by: parts of statements."""

from __future__ import annotations

from typing import Final

from sqlalchemy import ColumnElement, Text, bindparam, exists, func, or_, select

from depot.base.names import name_key
from depot.db.speaking import names_in
from depot.models import Item, ItemName

#: An item's name in the language of who reads, else its own. For statements that read of Item; the
#: language is asked for when the statement is run, so that it can be put together once.
ITEM_NAME: Final[ColumnElement[str]] = func.coalesce(
    select(ItemName.name)
    .where(
        ItemName.depot_id == Item.depot_id,
        ItemName.item_id == Item.id,
        ItemName.language == bindparam("names_in", callable_=names_in, type_=Text),
    )
    .correlate(Item)
    .scalar_subquery(),
    Item.name,
)


def item_is_called(text: str) -> ColumnElement[bool]:
    """Return whether `text` is a part of an item's own name, or of one in another language."""
    part = name_key(text)
    other = exists().where(
        ItemName.depot_id == Item.depot_id,
        ItemName.item_id == Item.id,
        ItemName.name_key.contains(part, autoescape=True),
    )
    return or_(Item.name_key.contains(part, autoescape=True), other)
