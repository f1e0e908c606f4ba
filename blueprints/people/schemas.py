"""What coordinators send about people and programs."""

from __future__ import annotations

from marshmallow import fields

from blueprints.frame.fields import Choice, CommandSchema, Text, ToldSchema, WholeNumber
from blueprints.frame.web import LARGEST_ID
from depot.people.commands import access
from depot.people.commands.recovery import HelpBackIn
from depot.people.commands.second_factors import EndSecondFactor


class InviteSchema(CommandSchema):
    """Somebody who is to join."""

    makes = access.Invite
    command_id = fields.UUID(required=True)
    name = Text(required=True)
    role = Choice(access.ROLES, required=True)


class RevokeInvitationSchema(CommandSchema):
    """An invitation that is to count no longer."""

    makes = access.RevokeInvitation
    command_id = fields.UUID(required=True)
    invitation_id = fields.Integer(required=True)


class CreateTokenSchema(ToldSchema):
    """The name and the rights of a token."""

    makes = access.CreateToken
    command_id = fields.UUID(required=True)
    name = Text(required=True)
    role = Choice(access.ROLES, required=True)


class RevokeTokenSchema(ToldSchema):
    """A token that is to count no longer."""

    makes = access.RevokeToken
    command_id = fields.UUID(required=True)
    token_id = fields.Integer(required=True)


class EndAccessSchema(CommandSchema):
    """Somebody who is to work here no longer."""

    makes = access.EndAccess
    command_id = fields.UUID(required=True)
    person_id = fields.Integer(required=True)
    why = Text(load_default="")
    proposal_id = WholeNumber(load_default=None, allow_none=True, most=LARGEST_ID)


class ChangeRoleSchema(CommandSchema):
    """Somebody who is to be something else."""

    makes = access.ChangeRole
    command_id = fields.UUID(required=True)
    person_id = fields.Integer(required=True)
    role = Choice(access.ROLES, required=True)
    why = Text(load_default="")
    proposal_id = WholeNumber(load_default=None, allow_none=True, most=LARGEST_ID)


class HelpBackInSchema(CommandSchema):
    """Somebody who has forgotten the password."""

    makes = HelpBackIn
    command_id = fields.UUID(required=True)
    person_id = fields.Integer(required=True)


class EndSecondFactorSchema(CommandSchema):
    """Somebody who has lost what makes their codes."""

    makes = EndSecondFactor
    command_id = fields.UUID(required=True)
    person_id = fields.Integer(required=True)
