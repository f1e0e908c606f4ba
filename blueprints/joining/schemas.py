"""What is said of links to join by, and by who joins."""

from __future__ import annotations

from typing import Final

from marshmallow import Schema, fields

from blueprints.frame.fields import CommandSchema, Text, WholeNumber, WriteSchema
from blueprints.frame.web import LARGEST_ID
from depot.joining.commands.coming import Come, Leave, TakeBackMark
from depot.joining.commands.helpers import EndPhone, JoinByLink, LetInAgain
from depot.joining.commands.links import (
    MOST_USES,
    USES,
    CloseJoinLink,
    OpenJoinLink,
)
from depot.joining.names import MAX_NAME
from depot.people.commands.access import EndAccess

#: A number, or a routine's and a day.
_MAX_ACTIVITY: Final = 40


class JoinSchema(CommandSchema):
    """Who joins; the address has the secret."""

    makes = JoinByLink
    command_id = fields.UUID(required=True)
    secret = Text(required=True, max_length=200)
    name = Text(load_default="", max_length=MAX_NAME)
    again = WholeNumber(load_default=None, allow_none=True, most=LARGEST_ID)


class OpenJoinLinkSchema(CommandSchema):
    """A link that is to be made."""

    makes = OpenJoinLink
    command_id = fields.UUID(required=True)
    ends_at = fields.AwareDateTime(load_default=None, allow_none=True)
    uses_max = WholeNumber(load_default=USES, least=1, most=MOST_USES)
    replaces = WholeNumber(load_default=None, allow_none=True, most=LARGEST_ID)


class HangUpSchema(CommandSchema):
    """A link as the page asks for it: for how many days, and for how many people."""

    makes = OpenJoinLink
    command_id = fields.UUID(required=True)
    days = WholeNumber(required=True)
    uses_max = WholeNumber(required=True)
    replaces = WholeNumber(load_default=None, allow_none=True, most=LARGEST_ID)


class CloseJoinLinkSchema(CommandSchema):
    """A link by which nobody is to join any more; the address names it."""

    makes = CloseJoinLink
    command_id = fields.UUID(required=True)


class EndPhoneSchema(CommandSchema):
    """A phone that is to be signed out."""

    makes = EndPhone
    command_id = fields.UUID(required=True)
    session_id = fields.Integer(required=True)


class EndHelperSchema(CommandSchema):
    """Somebody who is to help no longer."""

    makes = EndAccess
    command_id = fields.UUID(required=True)
    person_id = fields.Integer(required=True)
    why = Text(load_default="")


class LetInAgainSchema(CommandSchema):
    """Somebody who may join again."""

    makes = LetInAgain
    command_id = fields.UUID(required=True)
    person_id = fields.Integer(required=True)


class MarkSchema(WriteSchema):
    """Of whom it is: oneself, a person of the depot, or who walked in and said a first name."""

    person_id = WholeNumber(load_default=None, allow_none=True, most=LARGEST_ID)
    name = Text(load_default="", max_length=MAX_NAME)
    activity = Text(load_default="", max_length=_MAX_ACTIVITY)


class ComeSchema(MarkSchema):
    """Somebody is here."""

    makes = Come


class LeaveSchema(MarkSchema):
    """Somebody goes."""

    makes = Leave


class TakeBackMarkSchema(CommandSchema):
    """A name that was tapped by mistake."""

    makes = TakeBackMark
    command_id = fields.UUID(required=True)


class MarkAnswer(Schema):
    """What was written of whom; `id` is what takes it back."""

    id = fields.Integer()
    person_id = fields.Integer()
    name = fields.String()
    kind = fields.String(metadata={"enum": ["come", "leave"]})


class HereRowSchema(Schema):
    """Somebody who is here."""

    person_id = fields.Integer()
    name = fields.String()
    since = fields.AwareDateTime()
    is_first_day = fields.Boolean()


class HereListSchema(Schema):
    """Who is here now."""

    here = fields.List(fields.Nested(HereRowSchema))
    next = fields.Integer(allow_none=True)


class JoinLinkAnswer(Schema):
    """The link that was made: what its QR code leads to."""

    id = fields.Integer()
    url = fields.String()


class ClosedJoinLinkAnswer(Schema):
    """The link that was closed."""

    id = fields.Integer()


class JoinLinkRowSchema(Schema):
    """A link that counts."""

    id = fields.Integer()
    url = fields.String()
    created_at = fields.AwareDateTime()
    ends_at = fields.AwareDateTime()
    uses = fields.Integer()
    uses_max = fields.Integer()


class JoinLinkListSchema(Schema):
    """The links by which people may join now."""

    join_links = fields.List(fields.Nested(JoinLinkRowSchema))
    next = fields.Integer(allow_none=True)
