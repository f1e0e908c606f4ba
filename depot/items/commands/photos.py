"""An item's photo: kept, replaced, taken away."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, exists, insert, select

from depot.base.actors import Actor
from depot.base.clock import Clock, utc_now
from depot.base.errors import NotFound
from depot.base.text import N_
from depot.items.photo_names import digest_of
from depot.kernel.answers import Answer
from depot.kernel.once import Outcome, Work, need_coordinator, run_once
from depot.models import Item, ItemPhoto


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepPhoto:
    """An item is known by this photo from now on: two JPEGs, made small already."""

    command_id: UUID
    item_id: int = 0
    picture: bytes
    thumb: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovePhoto:
    """An item has no photo any more."""

    command_id: UUID
    item_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemShown(Answer):
    """An item, and the digest of its photo; empty without one."""

    item_id: int
    digest: str = ""


def keep_photo(command: KeepPhoto, actor: Actor, clock: Clock = utc_now) -> Outcome[ItemShown]:
    """Keep an item's photo; the one it had goes. Raises Forbidden, NotFound."""
    need_coordinator(actor)
    return run_once(command, actor, clock, _keep, ItemShown)


def remove_photo(command: RemovePhoto, actor: Actor, clock: Clock = utc_now) -> Outcome[ItemShown]:
    """Take an item's photo away; of one that has none, nothing. Raises Forbidden, NotFound."""
    need_coordinator(actor)
    return run_once(command, actor, clock, _remove, ItemShown)


def _keep(command: KeepPhoto, work: Work) -> ItemShown:
    _clear(work, command.item_id)
    digest = digest_of(command.picture, command.thumb)
    work.session.execute(
        insert(ItemPhoto).values(
            depot_id=work.depot_id,
            item_id=command.item_id,
            digest=digest,
            added_at=work.recorded_at,
            added_by_id=work.actor.person_id,
            thumb=command.thumb,
            picture=command.picture,
        )
    )
    return ItemShown(item_id=command.item_id, digest=digest)


def _remove(command: RemovePhoto, work: Work) -> ItemShown:
    _clear(work, command.item_id)
    return ItemShown(item_id=command.item_id)


def _clear(work: Work, item_id: int) -> None:
    """Delete the photo of one of the depot's items. Raises NotFound for any other."""
    known = exists().where(Item.depot_id == work.depot_id, Item.id == item_id)
    if not work.session.scalar(select(known)):
        raise NotFound(what=N_("item"), name=item_id)
    work.session.execute(
        delete(ItemPhoto).where(ItemPhoto.depot_id == work.depot_id, ItemPhoto.item_id == item_id)
    )
