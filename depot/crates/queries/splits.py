"""What a crate bears and where it came from: its tags, its splits, what was made with it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, CompoundSelect, bindparam, literal, select, union_all
from sqlalchemy.orm import Session, aliased

from depot.base.names import natural_sort_key
from depot.models import Crate, CrateTag

#: More of them the page does not name.
_MOST = 20


@dataclass(frozen=True, slots=True)
class CrateRelations:
    """The words on a crate, the crate it was split from, and those that were split from it."""

    tags: tuple[str, ...]
    source: str | None
    into: tuple[str, ...]


def relations_of(session: Session, depot_id: int, crate_id: int) -> CrateRelations:
    """Return a crate's tags by name, and codes of its splits, the newest first (one statement)."""
    asked = {"depot": depot_id, "crate": crate_id}
    found: dict[str, list[tuple[int, str]]] = {"tag": [], "source": [], "into": []}
    for kind, text, number in session.connection().execute(_relations(), asked):
        found[kind].append((number, text))
    into = [code for _number, code in sorted(found["into"], reverse=True)]
    tags = sorted((tag for _number, tag in found["tag"]), key=natural_sort_key)
    source = found["source"][0][1] if found["source"] else None
    return CrateRelations(tuple(tags), source, tuple(into[:_MOST]))


@cache
def _relations() -> CompoundSelect[*tuple[Any, ...]]:
    """Return the statement for :crate in :depot; asked with every crate's page."""
    new, old = aliased(Crate), aliased(Crate)
    depot_id: BindParameter[int] = bindparam("depot")
    crate_id: BindParameter[int] = bindparam("crate")
    mine = new.depot_id == depot_id
    return union_all(
        select(literal("tag").label("kind"), CrateTag.tag.label("text"), CrateTag.crate_id).where(
            CrateTag.depot_id == depot_id, CrateTag.crate_id == crate_id
        ),
        select(literal("source"), old.code, new.location_id)
        .join(old, old.location_id == new.split_from_id)
        .where(mine, new.location_id == crate_id),
        select(literal("into"), new.code, new.location_id).where(
            mine, new.split_from_id == crate_id
        ),
    )


def packed_with(session: Session, depot_id: int, crate_id: int) -> list[str]:
    """Return the codes of the crates in use that were made together with one, itself among them."""
    made = select(Crate.created_at).where(Crate.location_id == crate_id).scalar_subquery()
    return list(
        session.scalars(
            select(Crate.code)
            .where(Crate.depot_id == depot_id, Crate.state == "in_use", Crate.created_at == made)
            .order_by(Crate.location_id)
        )
    )
