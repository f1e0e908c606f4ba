"""What a field takes, in the words of OpenAPI: from the very values that the field holds to."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from blueprints.frame.fields import MAX_NAME, Choice, NameOrId, Text, WholeNumber
from blueprints.frame.web import LARGEST_ID, IdConverter

#: At least one character that is no blank.
_NOT_BLANK = r"\S"


def field_bounds(_converter: object, field: fields.Field[Any], **_known: object) -> dict[str, Any]:
    """Return the bounds of one of our own fields; of others nothing, their validators are known."""
    if isinstance(field, WholeNumber):
        return {"minimum": field.least, "maximum": field.most}
    if isinstance(field, Choice):
        return {"enum": [*field.choices, *([None] if field.allow_none else [])]}
    if isinstance(field, NameOrId):
        text = {"maxLength": MAX_NAME, "minLength": 1, "pattern": _NOT_BLANK}
        return {"minimum": 1, "maximum": LARGEST_ID, **text}
    if isinstance(field, Text):
        least = {"minLength": 1, "pattern": _NOT_BLANK} if field.required else {}
        return {"maxLength": field.max_length, **least}
    return {}


def address_number(_converter: IdConverter) -> dict[str, Any]:
    """Return what a number in an address may be; another is no address of ours."""
    return {"type": "integer", "minimum": 0, "maximum": IdConverter.LARGEST}
