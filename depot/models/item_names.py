"""What items are called by who reads, and all that they are found by: parts of statements.

In which language names are read is a matter of the moment: a request's, or of who a paper is made
for. Nothing that is kept depends on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Text,
    bindparam,
    exists,
    func,
    or_,
    select,
    union,
)

from depot.base.names import name_key
from depot.models.goods import Item, ItemName

_LANGUAGE: Final[ContextVar[str]] = ContextVar("names_in", default="")


def names_in() -> str:
    """Return a catalogue's name; empty: names are the depot's own."""
    return _LANGUAGE.get()


def read_names_in(language: str) -> None:
    """Read names in that language from now on; empty: the depot's own."""
    _LANGUAGE.set(language)


@contextmanager
def naming_in(language: str) -> Iterator[None]:
    """Read names in that language, and as before afterwards."""
    token = _LANGUAGE.set(language)
    try:
        yield
    finally:
        _LANGUAGE.reset(token)


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


def items_named(depot_id: int, name: str) -> CompoundSelect[int]:
    """Return the statement for the items that are called just so, in any language."""
    key = name_key(name)
    return union(
        select(Item.id).where(Item.depot_id == depot_id, Item.name_key == key),
        select(ItemName.item_id).where(ItemName.depot_id == depot_id, ItemName.name_key == key),
    )
