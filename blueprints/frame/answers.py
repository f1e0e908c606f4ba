"""What the API's answers have in common, whatever slice they come from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from marshmallow import Schema, fields

from blueprints.frame.fields import Within
from blueprints.frame.web import LARGEST_ID

MAX_PAGE: Final = 500
#: What is there at times alone says so with “Only” as its first word: clients are made of it.
NOTE_KEPT: Final = "Only if false: nothing was booked for the note to stand on."


class Opened(Schema):
    """Something a coordinator will look at."""

    id = fields.Integer()
    kind = fields.String()


class Posted(Schema):
    """What every answer to a write says; entry_id is null if nothing had to be booked."""

    entry_id = fields.Integer(allow_none=True)
    seq = fields.Integer(allow_none=True)
    discrepancies = fields.List(fields.Nested(Opened))
    note_kept = fields.Boolean(metadata={"description": NOTE_KEPT})


class SavedAnswer(Schema):
    """Something with a name was made or changed."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)


class GoodsSaid(Schema):
    """How much of an item a line was booked as, in its base unit."""

    item_id = fields.Integer()
    item = fields.String()
    quantity = fields.Integer()
    unit = fields.String()


class GoodsCounted(Schema):
    """What the book expected of an item, what was counted, and the difference."""

    item_id = fields.Integer()
    item = fields.String()
    unit = fields.String()
    expected_quantity = fields.Integer()
    counted_quantity = fields.Integer()
    variance = fields.Integer()


class PageQuery(Schema):
    """How lists are paged: after which id, how many."""

    after = fields.Integer(load_default=0, validate=Within(0, LARGEST_ID))
    limit = fields.Integer(load_default=100, validate=Within(1, MAX_PAGE))


def page_of(what: str, rows: Sequence[Any], limit: int, key: str = "id") -> dict[str, Any]:
    """Return a page of a list of which one row more than the limit was asked for."""
    shown = rows[:limit]
    following = getattr(shown[-1], key) if len(rows) > limit else None
    return {what: shown, "next": following}
