"""Which words crates bear, and which of a depot's words are used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from functools import cache
from typing import Final

from sqlalchemy import Integer, Select, bindparam, func, select
from sqlalchemy.orm import Session

from depot.base.names import natural_sort_key
from depot.models import CrateTag

#: :depot, among :crates
_TAGS: Final = select(CrateTag.crate_id, CrateTag.tag).where(
    CrateTag.depot_id == bindparam("depot"),
    CrateTag.crate_id.in_(bindparam("crates", expanding=True)),
)
#: So many words, on the newest labels, are looked at for which are used.
_NEWEST: Final = 2_000


@cache
def _used() -> Select[str]:
    """Return the statement for the :limit words on the most crates of :depot."""
    newest = (
        select(CrateTag.tag, CrateTag.tag_key)
        .where(CrateTag.depot_id == bindparam("depot"))
        .order_by(CrateTag.crate_id.desc())
        .limit(_NEWEST)
        .subquery()
    )
    return (
        select(func.min(newest.c.tag))
        .group_by(newest.c.tag_key)
        .order_by(func.count().desc(), newest.c.tag_key)
        .limit(bindparam("limit", type_=Integer))
    )


def tags_of(
    session: Session, depot_id: int, crate_ids: Collection[int]
) -> dict[int, tuple[str, ...]]:
    """Return the words of each crate, by name; crates without any are left out (one statement)."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    if crate_ids:
        asked = {"depot": depot_id, "crates": list(crate_ids)}
        for crate_id, tag in session.connection().execute(_TAGS, asked):
            found[crate_id].append(tag)
    return {
        crate_id: tuple(sorted(words, key=natural_sort_key)) for crate_id, words in found.items()
    }


def used_tags(session: Session, depot_id: int, limit: int = 30) -> list[str]:
    """Return the words on the most crates, by name, each as some crate bears it (one statement).

    However many crates there are, the newest labels are looked at.
    """
    asked = {"depot": depot_id, "limit": limit}
    return sorted(session.connection().scalars(_used(), asked), key=natural_sort_key)
