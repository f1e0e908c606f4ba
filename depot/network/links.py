"""Which depots work together, as commands look them up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from depot.base.errors import Invalid
from depot.base.kinds import SharedStock
from depot.base.names import name_key
from depot.base.text import N_
from depot.models import Depot, DepotLink, NetworkPeer
from depot.network.errors import NotLinked


class LinkedDepot(NamedTuple):
    """Another depot of the network: what is known of it."""

    id: int
    slug: str
    name: str
    #: What this depot shows it.
    shares: SharedStock


def linked_depots(session: Session, depot_id: int) -> list[LinkedDepot]:
    """Return the depots that this one works with, by name (one statement)."""
    rows = session.execute(
        select(Depot.id, Depot.slug, Depot.name, DepotLink.shares)
        .join(DepotLink, DepotLink.other_id == Depot.id)
        .where(DepotLink.depot_id == depot_id, DepotLink.ended_at.is_(None))
    )
    return sorted((LinkedDepot(*row) for row in rows), key=lambda one: name_key(one.name))


def need_linked(session: Session, depot_id: int, ref: int | str, field: str) -> LinkedDepot:
    """Return the depot named by id, slug or name. Raises NotLinked for one it does not work with.

    Raises Invalid for a name that two of them bear.
    """
    found = _named(linked_depots(session, depot_id), ref)
    if len(found) > 1:
        raise Invalid(field=field, problem=N_("Two depots are called so. Name it by its address."))
    if not found:
        raise NotLinked(field=field, name=ref)
    return found[0]


def _named(links: Iterable[LinkedDepot], ref: int | str) -> list[LinkedDepot]:
    known = list(links)
    if isinstance(ref, int):
        return [one for one in known if one.id == ref]
    by_slug = [one for one in known if one.slug == ref]
    return by_slug or [one for one in known if name_key(one.name) == name_key(ref)]


class Destination(NamedTuple):
    """Where goods are sent: a depot on this server, or a peer on another."""

    name: str
    other_id: int | None = None
    peer_id: int | None = None


#: How a form names a peer: by this and its number.
PEER: Final = "peer:"


def peers(session: Session, depot_id: int) -> list[NetworkPeer]:
    """Return the depots on other servers whose keys were accepted, by name (one statement)."""
    rows = session.scalars(
        select(NetworkPeer).where(NetworkPeer.depot_id == depot_id, NetworkPeer.ended_at.is_(None))
    )
    return sorted(rows, key=lambda one: name_key(one.name))


def need_destination(session: Session, depot_id: int, ref: int | str, field: str) -> Destination:
    """Return where goods are to go. Raises NotLinked, Invalid."""
    if isinstance(ref, str) and ref.startswith(PEER):
        found = next((one for one in peers(session, depot_id) if f"{PEER}{one.id}" == ref), None)
        if found is None:
            raise NotLinked(field=field, name=ref)
        return Destination(found.name, peer_id=found.id)
    other = need_linked(session, depot_id, ref, field)
    return Destination(other.name, other_id=other.id)
