"""Which words crates bear, and which of a depot's words are used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from depot.base.names import natural_sort_key
from depot.models import CrateTag

#: So many words, on the newest labels, are looked at for which are used.
_NEWEST: Final = 2_000


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
    """Return the words on the most crates, by name, each as some crate bears it (one statement).

    However many crates there are, the newest labels are looked at.
    """
    newest = (
        select(CrateTag.tag, CrateTag.tag_key)
        .where(CrateTag.depot_id == depot_id)
        .order_by(CrateTag.crate_id.desc())
        .limit(_NEWEST)
        .subquery()
    )
    rows = session.scalars(
        select(func.min(newest.c.tag))
        .group_by(newest.c.tag_key)
        .order_by(func.count().desc(), newest.c.tag_key)
        .limit(limit)
    )
    return sorted(rows, key=natural_sort_key)
