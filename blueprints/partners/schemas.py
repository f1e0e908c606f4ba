"""What is typed about partners, and what programs are told of them."""

from __future__ import annotations

from marshmallow import Schema, fields

from blueprints.frame.editor import EditSchema
from blueprints.frame.fields import MAX_NOTE, ChangeSchema, Choice, CommandSchema, Text
from blueprints.frame.language import Language, StatedLanguage
from depot.base.kinds import SOURCE_KINDS
from depot.partners.commands.erasing import ErasePartner
from depot.partners.commands.partners import ChangePartner, SavePartner


class PartnerForm(EditSchema):
    """A partner's form."""

    makes = SavePartner
    note = Text(load_default="", max_length=MAX_NOTE, multiline=True)
    source_kind = Choice(SOURCE_KINDS, required=True)
    mail_address = Text(load_default="", max_length=254)
    phone = Text(load_default="", max_length=60)
    is_agency = fields.Boolean(load_default=False)
    language = Language(load_default="")
    partner_id = fields.Integer(load_default=None)


class ErasePartnerSchema(CommandSchema):
    """A partner that asks to be forgotten; the address names it."""

    makes = ErasePartner
    command_id = fields.UUID(required=True)
    partner_id = fields.Integer(required=True)
    name = Text(load_default="")
    why = Text(load_default="")


class _PartnerFields(Schema):
    """What programs say of a partner."""

    source_kind = Choice(SOURCE_KINDS)
    note = Text(max_length=MAX_NOTE, multiline=True)
    mail_address = Text(max_length=254)
    phone = Text(max_length=60)
    is_agency = fields.Boolean()
    language = StatedLanguage()
    archived = fields.Boolean()


class NewPartnerSchema(_PartnerFields, CommandSchema):
    """A new partner."""

    makes = SavePartner
    command_id = fields.UUID(required=True)
    name = Text(required=True)


class PartnerChangeSchema(_PartnerFields, ChangeSchema):
    """What is to be another about a partner; what is not said stays as it is."""

    makes = ChangePartner
    name = Text()


class PartnerRow(Schema):
    """A partner."""

    id = fields.Integer()
    name = fields.String()
    source_kind = fields.String()
    note = fields.String()
    is_agency = fields.Boolean()
    archived = fields.Boolean()


class PartnerAnswer(PartnerRow):
    """A partner; how it is reached is told to coordinators' programs, empty to others."""

    mail_address = fields.String()
    phone = fields.String()
    language = fields.String()


class PartnersAnswer(Schema):
    """A page of partners."""

    partners = fields.List(fields.Nested(PartnerRow))
    next = fields.Integer(allow_none=True)
