"""A list that is read whole, shown page by page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

Row = TypeVar("Row")


def page_after(
    rows: Sequence[Row], id_of: Callable[[Row], int], after: int | None, size: int
) -> tuple[Sequence[Row], int | None]:
    """Return the `size` rows that come after the one with that id, and the id the next begin after.

    Without one, or where it is there no more, the first; None: there are no more.
    """
    ids = [id_of(row) for row in rows]
    start = ids.index(after) + 1 if after in ids else 0
    end = start + size
    return rows[start:end], ids[end - 1] if end < len(rows) else None
