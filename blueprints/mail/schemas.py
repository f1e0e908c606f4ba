"""What is typed about mails: an address, an hour."""

from __future__ import annotations

from marshmallow import fields

from blueprints.frame.fields import CommandSchema, Text, ToldSchema, WholeNumber
from depot.mail.commands.queue import DropMail, RetryMail
from depot.mail.commands.subscriptions import AskForReport, EndReport, SaveMailHour


class AskSchema(ToldSchema):
    """An address that is to get the weekly report."""

    makes = AskForReport
    command_id = fields.UUID(required=True)
    address = Text(required=True, max_length=254)
    is_own = fields.Boolean(load_default=False)


class EndSchema(ToldSchema):
    """An address that is to get it no longer."""

    makes = EndReport
    command_id = fields.UUID(required=True)
    subscription_id = fields.Integer(required=True)


class HourSchema(ToldSchema):
    """The hour of Mondays."""

    makes = SaveMailHour
    command_id = fields.UUID(required=True)
    hour = WholeNumber(required=True, least=0, most=23)


class RetrySchema(CommandSchema):
    """A mail that is to be tried again."""

    makes = RetryMail
    command_id = fields.UUID(required=True)
    mail_id = fields.Integer(required=True)


class DropSchema(CommandSchema):
    """A mail that is not to be tried any more."""

    makes = DropMail
    command_id = fields.UUID(required=True)
    mail_id = fields.Integer(required=True)
