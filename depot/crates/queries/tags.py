"""Which words crates bear, and which of a depot's words are used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from depot.base.names import natural_sort_key
from depot.models import CrateTag


def tags_of(
    session: Session, depot_id: int, crate_ids: Collection[int]
) -> dict[int, tuple[str, ...]]:
    """Return the words of each crate, by name; crates without any are left out (one statement)."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    if crate_ids:
        rows = session.execute(
            select(CrateTag.crate_id, CrateTag.tag).where(
                CrateTag.depot_id == depot_id, CrateTag.crate_id.in_(crate_ids)
            )
        )
        for crate_id, tag in rows:
            found[crate_id].append(tag)
    return {
        crate_id: tuple(sorted(words, key=natural_sort_key)) for crate_id, words in found.items()
    }


def used_tags(session: Session, depot_id: int, limit: int = 30) -> list[str]:
    """Return the words on the most crates, by name, each as some crate bears it (one statement)."""
    rows = session.scalars(
        select(func.min(CrateTag.tag))
        .where(CrateTag.depot_id == depot_id)
        .group_by(CrateTag.tag_key)
        .order_by(func.count().desc(), CrateTag.tag_key)
        .limit(limit)
    )
    return sorted(rows, key=natural_sort_key)
